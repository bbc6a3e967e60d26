"""What all tests share: commands that can be interrupted, and one browser."""

import os
import signal
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Playwright

from suite.browsers import find_browser


def pytest_configure() -> None:
    """Let commands be interrupted: a shell starts background jobs deaf to Ctrl-C."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def own_browser(playwright: Playwright) -> Iterator[Browser]:
    """A browser without the servers of the suite."""
    browser = playwright.chromium.launch(executable_path=find_browser(os.environ))
    yield browser
    browser.close()
