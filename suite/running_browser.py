"""The browser in which a process runs its tests."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser

from suite.browser_servers import BrowserServers
from suite.reporting.categories import SUITE_PROBLEM, TARGET_PROBLEM, Finding

DIED = "The browser died during this test: look for a crash or low memory, then repeat the test."
LOST = (
    "The browser of {} was lost during this test: look at the output of the browser server and at"
    " the network, then repeat the test."
)


class RunningBrowser:
    """A browser that a new one replaces once it is gone.

    Attributes:
        servers: where it is started; None on this machine.
    """

    def __init__(self, start: Callable[[], Browser], servers: BrowserServers | None) -> None:
        """Start nothing before the first test that needs it."""
        self.servers = servers
        self._start = start
        self._browser: Browser | None = None
        self._server = ""

    def get(self) -> Browser:
        """Return the browser, or a new one if it is gone.

        Raises:
            NoBrowserServer: no server gives one.
        """
        browser, self._browser = self._browser, None
        if browser is None or not browser.is_connected():
            browser = self._start()
            self._server = self.servers.name if self.servers else ""
        self._browser = browser
        return browser

    def loss(self) -> Finding | None:
        """Say what happened if the browser that was last returned is gone."""
        if self._browser is None or self._browser.is_connected():
            return None
        if self._server:
            return Finding(TARGET_PROBLEM, LOST.format(self._server))
        return Finding(SUITE_PROBLEM, DIED)

    def stop(self) -> None:
        """Close the browser."""
        if self._browser is not None and self._browser.is_connected():
            self._browser.close()


BROWSER: pytest.StashKey[RunningBrowser] = pytest.StashKey()
