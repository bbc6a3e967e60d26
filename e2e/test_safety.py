"""Safety: only the merchant chooses where a shopper lands, and nothing confidential leaks."""

import json
import uuid
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Error, Request, expect

from clover import cards
from clover.leaks import Secret
from clover.models import Customer, LineItem
from e2e.outcome_params import EVERY_OUTCOME
from pages.errors import PageChanged
from pages.screenshots import masked_screenshot
from records.outcome import Outcome
from suite.checkout.assertions import must_land, must_stay
from suite.checkout.shopper import OpenCheckout, Shopper
from suite.merchant import Checkout, Merchant
from suite.refusals import observed

MARKUP = "<img src=x onerror=\"location='https://evil.example/'\"><script>alert(1)</script>"

EVIL = "https://evil.example/"

CARD = Secret("card number", cards.APPROVED.number, is_card=True)

#: Parameters that an attacker may add to the hosted page's address.
_STEERING_NAMES = Path(__file__).with_name("steering_names.txt").read_text("utf-8").split()
STEERING = (
    "&".join(f"{name}={EVIL}" for name in _STEERING_NAMES) + "&outcome=failure&status=success"
)

FORGED_MESSAGES = Path(__file__).with_name("forged_messages.js").read_text("utf-8")
FROM_THE_PAGE = FORGED_MESSAGES.replace("TARGETS", "[window, ...Array.from(window.frames)]")
FROM_A_FRAME = FORGED_MESSAGES.replace("TARGETS", "[window.top]")


@pytest.mark.sandbox
@EVERY_OUTCOME
def test_page_address_cannot_choose_the_landing(
    checkout: Checkout, begin_checkout: OpenCheckout, outcome: Outcome
) -> None:
    """Parameters that are added to the checkout link do not change the landing."""
    shopper = begin_checkout(checkout)
    glue = "&" if "?" in checkout.session.href else "?"
    # The fragment can be read as a URL and as a list of parameters.
    shopper.hosted_page.open(f"{checkout.session.href}{glue}{STEERING}#{EVIL}&{STEERING}")

    shopper.finish(outcome)

    must_land(shopper, outcome)


@pytest.mark.sandbox
def test_forged_messages_cannot_choose_the_landing(shopper: Shopper) -> None:
    """Messages posted to the page and its frames neither redirect nor change the redirect."""
    shopper.press(lambda: shopper.page.evaluate(FROM_THE_PAGE, EVIL))
    must_stay(shopper, Outcome.SUCCESS, expect_response=False)
    shopper.pay(cards.APPROVED)

    must_land(shopper, Outcome.SUCCESS)


@pytest.mark.standin_only
def test_messages_from_frames_cannot_choose_the_landing(shopper: Shopper) -> None:
    """A frame that is not the card's, such as a wallet's, cannot redirect by message."""

    def forge() -> None:
        for frame in shopper.page.frames[1:]:
            frame.evaluate(FROM_A_FRAME, EVIL)

    shopper.press(forge)
    must_stay(shopper, Outcome.SUCCESS, expect_response=False)
    shopper.pay(cards.APPROVED)

    must_land(shopper, Outcome.SUCCESS)


@pytest.mark.standin_only
@EVERY_OUTCOME
def test_markup_stays_text(
    merchant: Merchant, open_checkout: OpenCheckout, outcome: Outcome
) -> None:
    """Markup in names and notes is shown as text and runs nothing."""
    customer = Customer(first_name=MARKUP, last_name=MARKUP, email="alex.doe@example.com")
    cart = (LineItem(name=MARKUP, price_cents=500, unit_qty=1, note=MARKUP),)
    tail = "?q=%3Cscript%3Elocation%3D'https://evil.example/'%3C/script%3E"
    checkout = merchant.create_checkout(merchant.urls(tail), customer=customer, cart=cart)
    shopper = open_checkout(checkout)
    shown = shopper.hosted_page.snapshot().lines

    shopper.finish(outcome)

    must_land(shopper, outcome)
    assert any("<img src=x" in line for line in shown)


@pytest.mark.sandbox
def test_unknown_session_id_leads_nowhere(checkout: Checkout, begin_checkout: OpenCheckout) -> None:
    """A checkout link with an unknown session id shows no form and does not redirect."""
    if checkout.session.session_id not in checkout.session.href:
        observed(f"the checkout link does not hold the session id: {checkout.session.href}")
    shopper = begin_checkout(checkout)
    shopper.hosted_page.within_s = 3
    href = checkout.session.href.replace(checkout.session.session_id, str(uuid.uuid4()))

    with pytest.raises(PageChanged):
        shopper.hosted_page.open(href)

    must_stay(shopper, Outcome.SUCCESS)


@pytest.mark.sandbox
def test_browser_receives_no_secret(merchant: Merchant, begin_checkout: OpenCheckout) -> None:
    """No page, script or header that the browser receives holds the token, no header a card."""
    shopper = begin_checkout(merchant.create_checkout(merchant.urls()))
    finished: list[Request] = []
    # A bound method would not do: Playwright writes a mark on its owner.
    shopper.page.context.on("requestfinished", lambda request: finished.append(request))  # noqa: PLW0108
    shopper.open()
    # The browser forgets bodies as soon as the shopper leaves the page.
    bodies = [text for request in finished for text in _body_of(request)]

    shopper.pay(cards.APPROVED)
    must_land(shopper, Outcome.SUCCESS)

    headers = [text for request in finished for text in _headers_of(request)]
    told = [*bodies, *headers]
    assert [place for place, text in told if merchant.token.is_in(text)] == []
    assert [place for place, text in headers if CARD.is_in(text)] == []


def _body_of(request: Request) -> Iterator[tuple[str, str]]:
    with suppress(Error):  # a redirect has no body, and the browser drops that of an earlier page
        if answer := request.response():
            yield f"the body of {answer.url}", answer.body().decode(errors="replace")


def _headers_of(request: Request) -> Iterator[tuple[str, str]]:
    with suppress(Error):
        if answer := request.response():
            for name, value in answer.all_headers().items():
                yield f"the {name} header of {answer.url}", value


@pytest.mark.sandbox
@pytest.mark.parametrize("card", [cards.APPROVED, cards.DECLINED], ids=["approved", "declined"])
def test_card_data_and_token_do_not_leak(shopper: Shopper, card: cards.Card) -> None:
    """No URL, referrer, title or header shows card digits, the token or the shopper's address."""
    shopper.pay(card)

    verdict = must_land(shopper, Outcome.SUCCESS if card is cards.APPROVED else Outcome.FAILURE)
    assert len(verdict.arrivals) == 1


@pytest.mark.sandbox
def test_browser_stores_no_card(shopper: Shopper) -> None:
    """No cookie or storage of any page holds the card's number after the payment."""
    shopper.pay(cards.APPROVED)

    must_land(shopper, Outcome.SUCCESS)
    kept = json.dumps(shopper.page.context.storage_state())
    assert not CARD.is_in(kept)


@pytest.mark.standin_only
def test_picture_covers_the_card(shopper: Shopper) -> None:
    """Two cards of one brand look the same in a picture, but not on the screen."""
    screens, pictures = [], []

    for card in (cards.APPROVED, cards.DECLINED):
        shopper.hosted_page.type(card.details())
        expect(shopper.hosted_page.pay_button).to_be_enabled()
        screens.append(shopper.page.screenshot(animations="disabled"))
        pictures.append(masked_screenshot(shopper.page))

    assert screens[0] != screens[1]
    assert pictures[0] == pictures[1] != b""
