"""Browsers on other machines, which Playwright's own servers start.

The remote browser reaches this machine's loopback, where the landing site and the stand-in listen,
through the connection to its server. Nothing else of this machine's network is exposed.
"""

import json
import os
import re
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, BrowserType, Error

from suite.settings.endpoint import Endpoint

CONNECT_S: Final = 30.0
EXPOSED: Final = "<loopback>"
#: Key of a test's note on servers that could not be used.
LOST: Final = "lost browser servers"
_NAMES: Final = Path(__file__).with_name("local_names.cjs")
_START: Final = "docs/guide/browser-servers.md says how to start one"
#: Patterns of Playwright's errors, with what is wrong and how to cure it.
_REASONS: Final = (
    (
        "Executable doesn't exist|Cannot find|Failed to launch",
        "could not start the browser: install it there, or start the server with --unsafe and set"
        " CHROMIUM_PATH or FIREFOX_PATH to the browser's path there",
    ),
    ("ECONNREFUSED", f"refused the connection: start a browser server there ({_START})"),
    ("ENOTFOUND|EAI_AGAIN", "has a host that this machine cannot resolve: correct the address"),
    (r"\b40[13] ", "did not accept the credentials: correct them in the address"),
    (r"\b[45]\d\d ", "answered like a web server: correct the path of the address"),
    (
        "EPROTO|CERT|certificate|SSL",
        "could not be reached over TLS: begin the address of a server without TLS with ws://, and"
        " give one with TLS a certificate that this machine trusts",
    ),
    ("ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|Timeout", "did not answer: is the machine up, and may"
     " this one reach it?"),
    (
        "ERR_|NS_ERROR_",
        "started a browser that does not reach this machine: use a server that supports"
        " Playwright's option exposeNetwork",
    ),
)  # fmt: skip
_MISMATCH: Final = re.compile(r"server version: v(\S+)")


class NoBrowserServer(Exception):
    """No browser server is left; the message has a sentence for each."""

    category = "target problem"


def know_local_names() -> None:
    """Let each Playwright that starts from now on resolve names below localhost."""
    option = f'--require "{_NAMES.as_posix()}"'
    former = os.environ.get("NODE_OPTIONS", "")
    if option not in former:
        os.environ["NODE_OPTIONS"] = f"{former} {option}".strip()


class BrowserServers:
    """The browser servers of a run, as one of its processes uses them.

    A server that fails once is not used again.

    Attributes:
        lost: a sentence for each server that failed.
    """

    def __init__(
        self,
        endpoints: Sequence[Endpoint],
        *,
        first: int,
        launch: Mapping[str, Any],
        reachable: str,
    ) -> None:
        """Connect to nothing yet.

        Args:
            endpoints: of the servers.
            first: number of the server to begin with; processes begin with different ones.
            launch: options for ``BrowserType.launch`` on the server's machine.
            reachable: a page of this machine that each browser must reach.
        """
        at = first % len(endpoints)
        self._left = [*endpoints[at:], *endpoints[:at]]
        self._reachable = reachable
        options = {_camel_case(name): value for name, value in launch.items() if name != "slow_mo"}
        self._options: dict[str, Any] = {
            "expose_network": EXPOSED,
            "headers": {"x-playwright-launch-options": json.dumps(options, default=str)},
            "slow_mo": launch.get("slow_mo"),
            "timeout": CONNECT_S * 1000,
        }
        self.lost: list[str] = []

    @property
    def name(self) -> str:
        """The server in use."""
        return self._left[0].name

    def start(self, kind: BrowserType) -> Browser:
        """Return a browser of the first server that gives one.

        Raises:
            NoBrowserServer: none does.
        """
        while self._left:
            try:
                return self._connect(kind)
            except Error as error:
                name = self._left.pop(0).name
                self.lost.append(f"The browser server {name} {_reason(error.message)}.")
        raise NoBrowserServer("\n".join(self.lost))

    def _connect(self, kind: BrowserType) -> Browser:
        browser = kind.connect(self._left[0].url.get_secret_value(), **self._options)
        try:
            with browser.new_context(ignore_https_errors=True) as context:
                context.new_page().goto(self._reachable)
        except Error:
            browser.close()
            raise
        return browser


def _camel_case(name: str) -> str:
    return re.sub(r"_(\w)", lambda found: found[1].upper(), name)


def _reason(message: str) -> str:
    """Return what is wrong, without the server's words, which may repeat the address."""
    if mismatch := _MISMATCH.search(message):
        own = version("playwright")
        return (
            f"has Playwright {mismatch[1]}, and this suite {own}: install {own} on the server's"
            " machine"
        )
    found = (words for pattern, words in _REASONS if re.search(pattern, message))
    return next(found, f"gave no browser: look at its output ({_START})")
