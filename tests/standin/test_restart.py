"""A stand-in that is killed while a shopper's browser shows the hosted page."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright

from clover.cards import APPROVED
from pages.checkout import CheckoutPage
from suite.browsers import find_browser
from tests.standin.command import running

LANDING = "https://merchant.example/success"


@pytest.fixture
def page(playwright: Playwright) -> Iterator[Page]:
    """A browser that trusts the authority, and a merchant's site."""
    browser = playwright.chromium.launch(executable_path=find_browser(os.environ))
    page = browser.new_page(ignore_https_errors=True)
    page.route(f"{LANDING}*", lambda route: route.fulfill(body="<h1>Thank you</h1>"))
    yield page
    browser.close()


@pytest.mark.parametrize("row", ["API base URL", "Without TLS"])
def test_shopper_pays_on_after_the_stand_in_was_killed(
    page: Page, tmp_path: Path, row: str
) -> None:
    """The card is typed before, Pay is pressed after, and the session is paid once."""
    state = f"--state={tmp_path / 'state.sqlite'}"
    with running(tmp_path, state, "--http=0") as killed:
        account = killed.shown["Merchant id"], killed.shown["Private token"]
        created = killed.create(*account, base=killed.shown[row]).json()
        checkout = CheckoutPage(page, within_s=10).open(created["href"]).type(APPROVED.details())
        killed.process.kill()
        killed.process.wait()
    same = [
        f"{option}={killed.shown[name].rpartition(':')[2]}"
        for option, name in (("--port", "API base URL"), ("--http", "Without TLS"))
    ]
    with running(tmp_path, state, *same) as again:
        checkout.press_pay()
        page.wait_for_url(f"{LANDING}?id={created['checkoutSessionId']}")
        page.goto(created["href"])
        assert again.create(*account).status_code == 200
        assert page.get_by_role("heading", name="Payment Received").is_visible()
