"""A second browser, for work that must be done although the test's own browser is gone."""

import threading
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, sync_playwright

Work = Callable[[Page], None]
FallbackBrowser = Callable[[Work], None]


def fallback_browser(
    browser_name: str, launch: dict[str, Any], context: dict[str, Any]
) -> FallbackBrowser:
    """Return a function that does some work with a page of a new browser.

    Ctrl-C also ends Playwright's process and the browser, and a thread can only hold one
    Playwright. So the new one runs in a new thread.

    Args:
        browser_name: chromium, firefox or webkit.
        launch: options of the browser.
        context: options of its context, such as a saved sign-in.
    """

    def do(work: Work) -> None:
        problems: list[BaseException] = []

        def run() -> None:
            try:
                with sync_playwright() as playwright:
                    browser = getattr(playwright, browser_name).launch(**launch)
                    work(browser.new_context(**context).new_page())
                    browser.close()
            except BaseException as error:  # noqa: BLE001 - the waiting thread raises it
                problems.append(error)

        thread = threading.Thread(target=run, name="dashboard-restore", daemon=True)
        thread.start()
        thread.join()
        if problems:
            raise problems[0]

    return do
