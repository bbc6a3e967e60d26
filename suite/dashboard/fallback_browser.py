"""A browser beside the test's own, for what must be done although that one is gone."""

import threading
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, sync_playwright

Work = Callable[[Page], None]
ElsewhereDo = Callable[[Work], None]


def in_a_new_browser(
    browser_name: str, launch: dict[str, Any], context: dict[str, Any]
) -> ElsewhereDo:
    """Make what does some work with a page of a browser of its own.

    Ctrl-C reaches Playwright's own process and the browser as well, and a thread can only hold
    one Playwright. So the new one runs in a new thread.

    Args:
        browser_name: chromium, firefox or webkit.
        launch: how the browser is started.
        context: how its context is made, with a saved sign-in, for example.
    """

    def do(work: Work) -> None:
        problems: list[BaseException] = []

        def run() -> None:
            try:
                with sync_playwright() as playwright:
                    browser = getattr(playwright, browser_name).launch(**launch)
                    work(browser.new_context(**context).new_page())
                    browser.close()
            except BaseException as error:  # noqa: BLE001 - it belongs to the thread that waits
                problems.append(error)

        thread = threading.Thread(target=run, name="dashboard-put-back", daemon=True)
        thread.start()
        thread.join()
        if problems:
            raise problems[0]

    return do
