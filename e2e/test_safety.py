"""Nobody but the merchant chooses where a shopper lands, and nothing confidential travels."""

import json
import uuid
from collections.abc import Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import Error, Request

from clover import cards
from clover.leaks import Secret
from clover.models import Customer, LineItem
from e2e.outcome_params import ENDS
from e2e.url_shapes import RICH
from pages.errors import PageChanged
from records.outcome import Outcome
from suite.checkout.shopper import OpenCheckout
from suite.merchant import Merchant

MARKUP = "<img src=x onerror=\"location='https://evil.example/'\"><script>alert(1)</script>"

EVIL = "https://evil.example/"

CARD = Secret("card number", cards.APPROVED.number, is_card=True)

#: Names under which somebody may try to slip a landing into the hosted page's own address.
_STEERING_NAMES = """
    redirect redirect_url redirectUrl redirect_uri redirectUri redirect_to redirectTo return
    return_url returnUrl return_to returnTo success success_url successUrl failure failure_url
    failureUrl fail error error_url cancel cancel_url cancelUrl back back_url backUrl next url
    uri u r to dest destination target goto go continue forward out link href location path
    callback callback_url callbackUrl landing merchant_url shop origin ref RelayState
""".split()  # noqa: SIM905 -- a list would take a line for each

STEERING = (
    "&".join(f"{name}={EVIL}" for name in _STEERING_NAMES) + "&outcome=failure&status=success"
)

#: Sent to the page and to each of its frames, in the shapes that pages listen for: every name
#: that a message's kind may have, with every word it may say, and the landing under all names.
FORGED_MESSAGES = """(evil) => {
  const where = {};
  for (const name of ["url", "href", "to", "location", "redirect", "redirectUrl", "redirect_url",
                      "returnUrl", "target", "dest", "next", "success", "failure", "cancel",
                      "data", "payload", "value", "link"]) where[name] = evil;
  const kinds = ["type", "kind", "action", "event", "name", "op", "cmd", "message", "do", "state"];
  const words = ["redirect", "navigate", "leave", "go", "goto", "done", "complete", "completed",
                 "success", "paid", "payment", "cancel", "cancelled", "failure", "close", "exit",
                 "finish", "return", "submit", "location"];
  const shapes = [evil, where, { redirectUrls: { success: evil, failure: evil, cancel: evil } },
                  { type: "token", token: "forged" }, { moves: [{ do: "go", url: evil }] },
                  { data: { url: evil, type: "redirect" } }, JSON.stringify(where)];
  for (const kind of kinds) for (const word of words) shapes.push({ ...where, [kind]: word });
  for (const target of TARGETS) for (const shape of shapes) target.postMessage(shape, "*");
}"""
FROM_THE_PAGE = FORGED_MESSAGES.replace("TARGETS", "[window, ...Array.from(window.frames)]")
FROM_A_FRAME = FORGED_MESSAGES.replace("TARGETS", "[window.top]")


@pytest.mark.sandbox
@ENDS
def test_pages_own_address_cannot_choose_the_landing(
    merchant: Merchant, begin_checkout: OpenCheckout, outcome: Outcome, card: cards.Card
) -> None:
    """What somebody adds to the checkout link, before or behind a hash, leads nowhere else."""
    checkout = merchant.create_checkout(merchant.urls(RICH))
    shopper = begin_checkout(checkout)
    glue = "&" if "?" in checkout.session.href else "?"
    # Behind the hash it is a URL by itself and, to whoever reads it so, a list of parameters.
    shopper.hosted_page.open(f"{checkout.session.href}{glue}{STEERING}#{EVIL}&{STEERING}")

    shopper.finish(outcome, card)

    shopper.must_land(outcome)


@pytest.mark.sandbox
def test_forged_messages_cannot_choose_the_landing(
    merchant: Merchant, open_checkout: OpenCheckout
) -> None:
    """Messages posted to the page and its frames neither redirect nor change the redirect."""
    shopper = open_checkout(merchant.create_checkout(merchant.urls(RICH)))

    shopper.press(lambda: shopper.page.evaluate(FROM_THE_PAGE, EVIL))
    shopper.must_stay(Outcome.SUCCESS, silently=True)
    shopper.pay(cards.APPROVED)

    shopper.must_land(Outcome.SUCCESS)


@pytest.mark.standin_only
def test_frames_cannot_forge_messages_either(
    merchant: Merchant, open_checkout: OpenCheckout
) -> None:
    """A frame that is not the card's, such as a wallet's, cannot redirect by message."""
    shopper = open_checkout(merchant.create_checkout(merchant.urls(RICH)))

    def forge() -> None:
        for frame in shopper.page.frames[1:]:
            frame.evaluate(FROM_A_FRAME, EVIL)

    shopper.press(forge)
    shopper.must_stay(Outcome.SUCCESS, silently=True)
    shopper.pay(cards.APPROVED)

    shopper.must_land(Outcome.SUCCESS)


@pytest.mark.standin_only
@ENDS
def test_markup_stays_text(
    merchant: Merchant, open_checkout: OpenCheckout, outcome: Outcome, card: cards.Card
) -> None:
    """Markup in names and notes is shown as text and runs nothing."""
    customer = Customer(first_name=MARKUP, last_name=MARKUP, email="alex.doe@example.com")
    cart = (LineItem(name=MARKUP, price_cents=500, unit_qty=1, note=MARKUP),)
    tail = "?q=%3Cscript%3Elocation%3D'https://evil.example/'%3C/script%3E"
    checkout = merchant.create_checkout(merchant.urls(tail), customer=customer, cart=cart)
    shopper = open_checkout(checkout)
    shown = shopper.hosted_page.look().lines

    shopper.finish(outcome, card)

    shopper.must_land(outcome)
    assert any("<img src=x" in line for line in shown)


@pytest.mark.sandbox
def test_strangers_session_id_leads_nowhere(
    merchant: Merchant, begin_checkout: OpenCheckout
) -> None:
    """A checkout link with an id that no session has shows no form and redirects nobody."""
    checkout = merchant.create_checkout(merchant.urls(RICH))
    shopper = begin_checkout(checkout)
    shopper.hosted_page.within_s = 3
    href = checkout.session.href.replace(checkout.session.session_id, str(uuid.uuid4()))

    with pytest.raises(PageChanged):
        shopper.hosted_page.open(href)

    shopper.must_stay(Outcome.SUCCESS)


@pytest.mark.sandbox
def test_shoppers_browser_is_told_no_secret(
    merchant: Merchant, begin_checkout: OpenCheckout
) -> None:
    """No page, script or header that a shopper's browser gets holds the token; no header a card."""
    shopper = begin_checkout(merchant.create_checkout(merchant.urls()))
    finished: list[Request] = []
    # Playwright wants to write a mark on the owner of a bound method.
    shopper.page.context.on("requestfinished", lambda request: finished.append(request))  # noqa: PLW0108
    shopper.open()
    # The browser forgets bodies as soon as the shopper leaves the page.
    bodies = [text for request in finished for text in _body_of(request)]

    shopper.pay(cards.APPROVED)
    shopper.must_land(Outcome.SUCCESS)

    headers = [text for request in finished for text in _headers_of(request)]
    told = [*bodies, *headers]
    assert [place for place, text in told if merchant.token.is_in(text)] == []
    assert [place for place, text in headers if CARD.is_in(text)] == []


def _body_of(request: Request) -> Iterator[tuple[str, str]]:
    with suppress(Error):  # a redirect has no body, and that of a page left before is gone
        if answer := request.response():
            yield f"the body of {answer.url}", answer.body().decode(errors="replace")


def _headers_of(request: Request) -> Iterator[tuple[str, str]]:
    with suppress(Error):
        if answer := request.response():
            for name, value in answer.all_headers().items():
                yield f"the {name} header of {answer.url}", value


@pytest.mark.sandbox
@pytest.mark.parametrize("card", [cards.APPROVED, cards.DECLINED], ids=["approved", "declined"])
def test_card_data_and_token_travel_to_nobody(
    merchant: Merchant, open_checkout: OpenCheckout, card: cards.Card
) -> None:
    """No URL, referrer, title or header shows card digits, the token or the shopper's address."""
    shopper = open_checkout(merchant.create_checkout(merchant.urls("?ref=1")))

    shopper.pay(card)

    verdict = shopper.must_land(Outcome.SUCCESS if card is cards.APPROVED else Outcome.FAILURE)
    assert len(verdict.arrivals) == 1


@pytest.mark.sandbox
def test_browser_keeps_no_card(merchant: Merchant, open_checkout: OpenCheckout) -> None:
    """Neither cookies nor the storage of any page hold the card's number after the payment."""
    shopper = open_checkout(merchant.create_checkout(merchant.urls()))

    shopper.pay(cards.APPROVED)

    shopper.must_land(Outcome.SUCCESS)
    kept = json.dumps(shopper.page.context.storage_state())
    assert not CARD.is_in(kept)
