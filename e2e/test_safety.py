"""Nobody but the merchant chooses where a shopper lands, and nothing confidential travels."""

import uuid

import pytest

from clover import cards
from clover.models import Customer, LineItem
from clover.outcome import Outcome
from e2e.ends import ENDS
from e2e.journey import Opener
from e2e.shapes import RICH
from e2e.shop import Shop
from pages.errors import PageChanged

MARKUP = "<img src=x onerror=\"location='https://evil.example/'\"><script>alert(1)</script>"

#: What somebody may try to put into the hosted page's own address.
STEERING = (
    "redirect=https://evil.example/&redirect_url=https://evil.example/&redirectUrl=https://evil.example/"
    "&success=https://evil.example/&success_url=https://evil.example/&return_url=https://evil.example/"
    "&returnUrl=https://evil.example/&next=https://evil.example/&url=//evil.example"
    "&outcome=failure&status=success&cancel=https://evil.example/&callback=https://evil.example/"
)

#: Sent to the page and to each of its frames, in the shapes that pages listen for.
FORGED_MESSAGES = """() => {
  const evil = "https://evil.example/";
  const shapes = [
    evil, { url: evil }, { href: evil }, { location: evil }, { redirect: evil },
    { redirectUrl: evil }, { type: "redirect", url: evil }, { event: "redirect", data: evil },
    { type: "navigate", href: evil }, { action: "redirect", to: evil },
    { type: "success", redirectUrls: { success: evil, failure: evil, cancel: evil } },
    { type: "payment", status: "success", success: evil }, { type: "cancel" },
    { type: "token", token: "forged" }, { moves: [{ do: "go", url: evil }] },
    { do: "go", url: evil }, JSON.stringify({ type: "redirect", url: evil }),
  ];
  const targets = [window, ...Array.from(window.frames)];
  for (const target of targets) for (const shape of shapes) target.postMessage(shape, "*");
}"""


@pytest.mark.sandbox
@ENDS
def test_pages_own_address_cannot_choose_the_landing(
    shop: Shop, begin_checkout: Opener, outcome: Outcome, card: cards.Card
) -> None:
    """Parameters that somebody adds to the checkout link do not change where it leads."""
    sale = shop.sell(shop.urls(RICH))
    journey = begin_checkout(sale)
    journey.checkout.open(f"{sale.session.href}&{STEERING}#https://evil.example/")

    journey.finish(outcome, card)

    journey.must_end(outcome)


@pytest.mark.sandbox
def test_forged_messages_cannot_choose_the_landing(shop: Shop, open_checkout: Opener) -> None:
    """Messages posted to the page and its frames neither redirect nor change the redirect."""
    journey = open_checkout(shop.sell(shop.urls(RICH)))

    journey.press(lambda: journey.page.evaluate(FORGED_MESSAGES))
    journey.must_stay(Outcome.SUCCESS, silently=True)
    journey.pay(cards.APPROVED)

    journey.must_end(Outcome.SUCCESS)


@pytest.mark.sandbox
def test_frames_cannot_forge_messages_either(shop: Shop, open_checkout: Opener) -> None:
    """A frame that is not the card's, such as a wallet's, cannot redirect by message."""
    journey = open_checkout(shop.sell(shop.urls(RICH)))
    forged = FORGED_MESSAGES.replace("[window, ...Array.from(window.frames)]", "[window.top]")

    def forge() -> None:
        for frame in journey.page.frames[1:]:
            frame.evaluate(forged)

    journey.press(forge)
    journey.must_stay(Outcome.SUCCESS, silently=True)
    journey.pay(cards.APPROVED)

    journey.must_end(Outcome.SUCCESS)


@pytest.mark.standin_only
@ENDS
def test_markup_stays_text(
    shop: Shop, open_checkout: Opener, outcome: Outcome, card: cards.Card
) -> None:
    """Markup in names and notes is shown as text and runs nothing."""
    customer = Customer(first_name=MARKUP, last_name=MARKUP, email="alex.doe@example.com")
    cart = (LineItem(name=MARKUP, price_cents=500, unit_qty=1, note=MARKUP),)
    tail = "?q=%3Cscript%3Elocation%3D'https://evil.example/'%3C/script%3E"
    sale = shop.sell(shop.urls(tail), customer=customer, cart=cart)
    journey = open_checkout(sale)
    shown = journey.checkout.look().lines

    journey.finish(outcome, card)

    journey.must_end(outcome)
    assert any("<img src=x" in line for line in shown)


@pytest.mark.sandbox
def test_strangers_session_id_leads_nowhere(shop: Shop, begin_checkout: Opener) -> None:
    """A checkout link with an id that no session has shows no form and redirects nobody."""
    sale = shop.sell(shop.urls(RICH))
    journey = begin_checkout(sale)
    journey.checkout.within_s = 3
    href = sale.session.href.replace(sale.session.session_id, str(uuid.uuid4()))

    with pytest.raises(PageChanged):
        journey.checkout.open(href)

    journey.must_stay(Outcome.SUCCESS)


@pytest.mark.sandbox
@pytest.mark.parametrize("card", [cards.APPROVED, cards.DECLINED], ids=["approved", "declined"])
def test_card_data_and_token_travel_to_nobody(
    shop: Shop, open_checkout: Opener, card: cards.Card
) -> None:
    """No URL, referrer, title or header shows card digits, the token or the shopper's address."""
    journey = open_checkout(shop.sell(shop.urls("?ref=1")))

    journey.pay(card)

    verdict = journey.must_end(Outcome.SUCCESS if card is cards.APPROVED else Outcome.FAILURE)
    assert len(verdict.arrivals) == 1
