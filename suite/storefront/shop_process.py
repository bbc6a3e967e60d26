"""The shop's own process: started, waited for, and stopped with all its children."""

import http.client
import os
import shlex
import ssl
import subprocess
from collections.abc import Mapping
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import IO, Self
from urllib.parse import urlsplit

import psutil

from suite.storefront.problems import ShopProblem

CA_NAMES = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "NODE_EXTRA_CA_CERTS")
"""Environment names under which HTTP clients read a file of trusted authorities."""

STOP_WITHIN_S = 5.0
LAST_LINES = 15
"""Lines of the shop's output that a message shows."""


def shop_environment(
    *, api_url: str, merchant_id: str, token: str, ca_file: Path | None
) -> dict[str, str]:
    """Return the settings that a shop reads from its environment.

    Args:
        api_url: base URL of the provider's API.
        merchant_id: the merchant's id.
        token: the private token.
        ca_file: the authority that the shop's HTTP client must trust, or None for the usual ones.
    """
    settings = {
        "CLOVER_API_URL": api_url,
        "CLOVER_MERCHANT_ID": merchant_id,
        "CLOVER_PRIVATE_TOKEN": token,
    }
    return settings | (dict.fromkeys(CA_NAMES, str(ca_file)) if ca_file else {})


class ShopProcess:
    """A shop that the run starts, as Playwright's ``webServer`` does.

    Attributes:
        command: the command line, as in a shell but without one.
        url: answers as soon as the shop is ready, with whatever status.
        folder: where the command runs.
        log: the file that receives the shop's output.
    """

    def __init__(
        self, command: str, *, url: str, folder: Path, environment: Mapping[str, str], log: Path
    ) -> None:
        self.command = command
        self.url = url
        self.folder = folder
        self.log = log
        self._environment = {**os.environ, **environment}
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self, *, within_s: float = 60.0) -> Self:
        """Start the command and wait until the URL answers.

        Raises:
            ShopProblem: the URL answers already, the command cannot be run or ends, or the URL
                does not answer in time.
        """
        if _answers(self.url, timeout_s=1.0):
            raise ShopProblem(
                f"{self.url} answers before the shop has been started: stop the process that "
                "listens there, or remove the command from the case to test that shop."
            )
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("wb") as output:
            self._process = self._run(output)
        deadline = monotonic() + within_s
        while not _answers(self.url, timeout_s=1.0):
            code = self._wait(0.1)
            if code is not None:
                raise ShopProblem(
                    f"The shop's command `{self.command}` ended with exit code {code} before "
                    f"{self.url} answered.{self._last_output()}"
                )
            if monotonic() > deadline:
                self.stop()
                raise ShopProblem(
                    f"{self.url} did not answer within {within_s:g} s after `{self.command}` was "
                    f"started: check the port and the scheme.{self._last_output()}"
                )
        return self

    def stop(self) -> None:
        """Stop the command and all processes that it has started."""
        if self._process is None:
            return
        try:
            parent = psutil.Process(self._process.pid)
            family = [parent, *parent.children(recursive=True)]
        except psutil.NoSuchProcess:
            family = []
        for process in family:
            _end(process, gently=True)
        _, alive = psutil.wait_procs(family, timeout=STOP_WITHIN_S)
        for process in alive:
            _end(process, gently=False)
        self._process.wait(STOP_WITHIN_S)
        self._process = None

    def _run(self, output: IO[bytes]) -> subprocess.Popen[bytes]:
        try:
            return subprocess.Popen(
                shlex.split(self.command),
                cwd=self.folder,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        except (OSError, ValueError) as error:
            raise ShopProblem(
                f"The shop's command `{self.command}` cannot be run in {self.folder}: {error}."
            ) from None

    def _wait(self, seconds: float) -> int | None:
        assert self._process is not None
        try:
            return self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return None

    def _last_output(self) -> str:
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        if not lines:
            return " It printed nothing."
        return "\nIts last output:\n" + "\n".join(f"  {line}" for line in lines[-LAST_LINES:])


def _end(process: psutil.Process, *, gently: bool) -> None:
    try:
        if gently:
            process.terminate()
        else:
            process.kill()
    except psutil.NoSuchProcess:
        pass


def _answers(url: str, *, timeout_s: float) -> bool:
    """Return whether the URL gives any HTTP response; its certificate is not judged here."""
    parts = urlsplit(url)
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    host, port = parts.hostname or "", parts.port
    connection = (
        http.client.HTTPSConnection(host, port, timeout=timeout_s, context=context)
        if parts.scheme == "https"
        else http.client.HTTPConnection(host, port, timeout=timeout_s)
    )
    try:
        connection.request("GET", parts.path or "/")
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True
