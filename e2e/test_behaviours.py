"""Each thing that Clover may do, where nobody knows what it does, is judged by its own rule."""

from typing import Any

import pytest

from clover import cards
from clover.cards import Card
from e2e.outcome_params import ends_in_turn
from e2e.url_shapes import RICH
from records.outcome import Outcome
from suite.checkout.assertions import must_land, must_stay
from suite.checkout.shopper import OpenCheckout
from suite.merchant import MerchantFactory

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


@ends_in_turn("switches", SWITCHES, label=_name)
def test_outcome_lands_under_each_switch(
    new_merchant: MerchantFactory,
    open_checkout: OpenCheckout,
    switches: dict[str, Any],
    outcome: Outcome,
    card: Card,
) -> None:
    """Under every single switch the three outcomes land where that switch has them land."""
    merchant = new_merchant(**switches)
    shopper = open_checkout(merchant.create_checkout(merchant.urls(RICH)))

    shopper.finish(outcome, card)

    must_land(shopper, outcome)


@pytest.mark.parametrize("switches", OF_THE_PAGE, ids=_name)
def test_payment_lands_whatever_the_page_offers(
    new_merchant: MerchantFactory, open_checkout: OpenCheckout, switches: dict[str, Any]
) -> None:
    """Another address of the page, tips and wallets leave the landing as it is."""
    merchant = new_merchant(**switches)
    shopper = open_checkout(merchant.create_checkout(merchant.urls(RICH)))

    shopper.pay(cards.APPROVED)

    must_land(shopper, Outcome.SUCCESS)


def test_browser_back_cancels_where_it_is_the_way_to_cancel(
    new_merchant: MerchantFactory, open_checkout: OpenCheckout
) -> None:
    """Where leaving means the browser's back button, that leads to the cancel URL."""
    merchant = new_merchant(cancel="browser-back")
    shopper = open_checkout(merchant.create_checkout(merchant.urls(RICH)))

    shopper.cancel()

    must_land(shopper, Outcome.CANCEL)


def test_page_without_a_way_to_cancel_offers_none(
    new_merchant: MerchantFactory, open_checkout: OpenCheckout
) -> None:
    """Where cancelling is not supported, the page has no link or button for it."""
    merchant = new_merchant(cancel="none")
    shopper = open_checkout(merchant.create_checkout())

    assert shopper.hosted_page.ways_to_cancel() == []


def test_declined_shopper_gives_up_by_a_button(
    new_merchant: MerchantFactory, open_checkout: OpenCheckout
) -> None:
    """Where a decline shows a button, the shopper stays until it is pressed."""
    merchant = new_merchant(decline="button")
    shopper = open_checkout(merchant.create_checkout(merchant.urls(RICH)))

    shopper.pay(cards.DECLINED)
    must_stay(shopper, Outcome.FAILURE)
    shopper.give_up()

    must_land(shopper, Outcome.FAILURE)


def test_decline_that_counts_as_cancelling_lands_on_cancel(
    new_merchant: MerchantFactory, open_checkout: OpenCheckout
) -> None:
    """Where a decline is taken for leaving, it leads to the cancel URL and to no other."""
    merchant = new_merchant(decline="cancel")
    shopper = open_checkout(merchant.create_checkout(merchant.urls(RICH)))

    shopper.pay(cards.DECLINED)

    must_land(shopper, Outcome.CANCEL)


def test_plain_http_url_that_is_never_used_ends_on_payment_received(
    new_merchant: MerchantFactory, open_checkout: OpenCheckout
) -> None:
    """Where http:// is taken and never redirected to, the shopper stays on Clover's page."""
    merchant = new_merchant(http_url="never-redirect")
    urls = merchant.urls()
    urls[Outcome.SUCCESS] = urls[Outcome.SUCCESS].replace("https://", "http://", 1)
    shopper = open_checkout(merchant.create_checkout(urls))

    shopper.pay(cards.APPROVED)

    must_land(shopper, Outcome.SUCCESS)
