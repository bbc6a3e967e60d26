"""A second browser, for work that must be done although the test's own browser is gone."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from playwright.sync_api import Browser, BrowserType, Page, sync_playwright


def work_in_new_browser(
    browser_name: str,
    start: Callable[[BrowserType], Browser],
    context: dict[str, Any],
    work: Callable[[Page], object],
) -> None:
    """Do some work with a page of a new browser, and raise what it raises.

    Ctrl-C also ends Playwright's process and the browser, and a thread can only hold one
    Playwright. So the new one runs in a new thread, which does not outlive the process.

    Args:
        browser_name: chromium, firefox or webkit.
        start: starts the browser, here or on another machine.
        context: options of its context, such as a saved sign-in.
        work: receives the page.
    """
    done: Future[None] = Future()

    def run() -> None:
        try:
            with sync_playwright() as playwright:
                browser = start(getattr(playwright, browser_name))
                work(browser.new_context(**context).new_page())
                browser.close()
            done.set_result(None)
        except BaseException as error:  # noqa: BLE001 - the waiting thread raises it
            done.set_exception(error)

    threading.Thread(target=run, name="dashboard-restore", daemon=True).start()
    done.result()
