"""Launch options of the browser, for tests and tools alike."""

import os
from collections.abc import Iterable
from typing import Any

from suite.browsers import find_browser
from suite.firefox import PREFERENCES
from suite.settings.settings import Settings


def launch_options(
    settings: Settings, *, headed: bool = False, resolver_rules: str = "", pins: Iterable[str] = ()
) -> dict[str, Any]:
    """Return Playwright's options to launch Chromium.

    Args:
        settings: may name a browser.
        headed: whether a window is needed.
        resolver_rules: host names that only this browser resolves.
        pins: SPKI hashes of certificates to trust, and no others besides the usual ones.
    """
    args = [f"--host-resolver-rules={resolver_rules}"] if resolver_rules else []
    if trusted := ",".join(filter(None, pins)):
        args.append(f"--ignore-certificate-errors-spki-list={trusted}")
    named = {"CHROMIUM_PATH": str(settings.chromium_path)} if settings.chromium_path else {}
    return {
        "executable_path": find_browser({**os.environ, **named}, headed=headed),
        "chromium_sandbox": not hasattr(os, "geteuid") or os.geteuid() != 0,
        "headless": not headed,
        "args": args,
    }


def remote_options(settings: Settings, browser: str, *, headed: bool) -> dict[str, Any]:
    """Return Playwright's options to launch a browser on the machine of a browser server.

    Args:
        settings: may name the browser by its path there.
        browser: chromium, firefox or webkit.
        headed: whether a window is needed.
    """
    paths = {"chromium": settings.chromium_path, "firefox": settings.firefox_path}
    options: dict[str, Any] = {"headless": not headed}
    if path := paths.get(browser):
        options["executable_path"] = path
    if browser == "firefox":
        options["firefox_user_prefs"] = {
            **PREFERENCES,
            # Or it asks its own machine for names below localhost.
            "network.proxy.allow_hijacking_localhost": True,
        }
        if path:
            options["channel"] = "moz-firefox"
    return options
