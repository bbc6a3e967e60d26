"""Each thing that Clover may do, where nobody knows what it does, is judged by its own rule."""

from typing import Any

import pytest

from clover import cards
from clover.cards import Card
from clover.outcome import Outcome
from e2e.ends import ends_in_turn
from e2e.journey import Opener
from e2e.shapes import RICH
from e2e.shop import NewShop

pytestmark = pytest.mark.standin_only

SWITCHES: list[dict[str, Any]] = [
    {"placeholders": "substitute"},
    {"placeholders": "verbatim"},
    {"placeholders": "blank"},
    {"appended": "session_id"},
    {"appended": "checkoutId"},
    {"redirect": "302"},
    {"redirect": "303"},
    {"redirect": "meta-refresh"},
    {"redirect": "form"},
    {"redirect_delay_ms": 700},
    {"interstitial": "click"},
]
#: Switches of the page alone, on which no outcome's road depends.
OF_THE_PAGE: list[dict[str, Any]] = [{"href_path": "checkout"}, {"tips": True, "wallets": True}]


def _name(switches: dict[str, Any]) -> str:
    return "+".join(f"{name}={value}" for name, value in switches.items())


@pytest.mark.killed_by("query-dropped")
@ends_in_turn("switches", SWITCHES, label=_name)
def test_outcome_lands_under_each_switch(
    new_shop: NewShop,
    open_checkout: Opener,
    switches: dict[str, Any],
    outcome: Outcome,
    card: Card,
) -> None:
    """Under every single switch the three outcomes land where that switch has them land."""
    shop = new_shop(**switches)
    journey = open_checkout(shop.sell(shop.urls(RICH)))

    journey.finish(outcome, card)

    journey.must_end(outcome)


@pytest.mark.killed_by("query-dropped")
@pytest.mark.parametrize("switches", OF_THE_PAGE, ids=_name)
def test_payment_lands_whatever_the_page_offers(
    new_shop: NewShop, open_checkout: Opener, switches: dict[str, Any]
) -> None:
    """Another address of the page, tips and wallets leave the landing as it is."""
    shop = new_shop(**switches)
    journey = open_checkout(shop.sell(shop.urls(RICH)))

    journey.pay(cards.APPROVED)

    journey.must_end(Outcome.SUCCESS)


@pytest.mark.killed_by("cancel-as-failure")
def test_browser_back_cancels_where_it_is_the_way_to_cancel(
    new_shop: NewShop, open_checkout: Opener
) -> None:
    """Where leaving means the browser's back button, that leads to the cancel URL."""
    shop = new_shop(cancel="browser-back")
    journey = open_checkout(shop.sell(shop.urls(RICH)))

    journey.cancel()

    journey.must_end(Outcome.CANCEL)


@pytest.mark.stays("it is about the page's own offer, before anybody is redirected")
def test_page_without_a_way_to_cancel_offers_none(new_shop: NewShop, open_checkout: Opener) -> None:
    """Where cancelling is not supported, the page has no link or button for it."""
    shop = new_shop(cancel="none")
    journey = open_checkout(shop.sell())

    assert journey.checkout.cancel_options() == []


@pytest.mark.killed_by("query-dropped")
def test_declined_shopper_gives_up_by_a_button(new_shop: NewShop, open_checkout: Opener) -> None:
    """Where a decline shows a button, the shopper stays until it is pressed."""
    shop = new_shop(decline="button")
    journey = open_checkout(shop.sell(shop.urls(RICH)))

    journey.pay(cards.DECLINED)
    journey.must_stay(Outcome.FAILURE)
    journey.give_up()

    journey.must_end(Outcome.FAILURE)


@pytest.mark.killed_by("declined-as-success")
def test_decline_that_counts_as_cancelling_lands_on_cancel(
    new_shop: NewShop, open_checkout: Opener
) -> None:
    """Where a decline is taken for leaving, it leads to the cancel URL and to no other."""
    shop = new_shop(decline="cancel")
    journey = open_checkout(shop.sell(shop.urls(RICH)))

    journey.pay(cards.DECLINED)

    journey.must_end(Outcome.CANCEL)


@pytest.mark.killed_by("success-before-the-payment")
def test_plain_http_url_that_is_never_used_ends_on_payment_received(
    new_shop: NewShop, open_checkout: Opener
) -> None:
    """Where http:// is taken and never redirected to, the shopper stays on Clover's page."""
    shop = new_shop(http_url="never-redirect")
    urls = shop.urls()
    urls[Outcome.SUCCESS] = urls[Outcome.SUCCESS].replace("https://", "http://", 1)
    journey = open_checkout(shop.sell(urls))

    journey.pay(cards.APPROVED)

    journey.must_end(Outcome.SUCCESS)
