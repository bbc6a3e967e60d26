"""The fault decline-shows-nothing, in a browser."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Frame, Page, expect, sync_playwright

from standin import StandIn
from standin.provider import SKINS
from suite.browsers import find_browser
from tests.standin.shopper import DECLINED, post

CARD = {"number": DECLINED, "expiry": "12/30", "cvv": "123", "zip": "94041"}


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The browser that the end-to-end tests use as well."""
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=find_browser(os.environ))


def frame_of(page: Page, kind: str) -> Frame:
    """The frame of one card field, as soon as it has loaded."""
    while True:
        for frame in page.frames:
            if frame.url.endswith(f"/{kind}"):
                return frame
        page.wait_for_event("framenavigated")


@pytest.mark.parametrize("skin", SKINS)
def test_faulty_decline_shows_no_message(standin: StandIn, chromium: Browser, skin: str) -> None:
    """With decline-shows-nothing a declined card leaves the page as it was, in every skin."""
    switches = {"decline": "stay"}
    merchant = standin.new_merchant(switches=switches, skin=skin, fault="decline-shows-nothing")
    session = post(standin, merchant).json()
    with chromium.new_context(ignore_https_errors=True) as context:
        page = context.new_page()
        page.goto(session["href"])
        button = page.get_by_role("button", name="Pay $")
        for kind, text in CARD.items():
            frame_of(page, kind).locator("input").press_sequentially(text)

        with page.expect_response("**/pay"):
            button.click()

        expect(button).to_be_visible()
        assert standin.checkout(session["checkoutSessionId"]).declines == 1
        expect(page.get_by_text("declined")).to_have_count(0)
        assert "".join(page.get_by_role("alert").all_inner_texts()) == ""
