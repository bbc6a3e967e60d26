"""Behaviour switches: each thing that Clover may do is judged by the rule of its switch."""

from typing import Any

import pytest

from clover import cards
from clover.cards import Card
from e2e.outcome_params import EVERY_OUTCOME, outcomes_in_turn
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
#: Switches that concern the page alone.
OF_THE_PAGE: list[dict[str, Any]] = [{"href_path": "checkout"}, {"tips": True, "wallets": True}]


def _name(switches: dict[str, Any]) -> str:
    return "+".join(f"{name}={value}" for name, value in switches.items())


@outcomes_in_turn("switches", SWITCHES, label=_name)
def test_outcome_lands_under_each_switch(
    new_merchant: MerchantFactory,
    open_checkout: OpenCheckout,
    switches: dict[str, Any],
    outcome: Outcome,
    card: Card,
) -> None:
    """Under every single switch each outcome lands where that switch says."""
    merchant = new_merchant(**switches)
    shopper = open_checkout(merchant.create_checkout(merchant.urls(RICH)))

    shopper.finish(outcome, card)

    must_land(shopper, outcome)


@pytest.mark.parametrize("switches", OF_THE_PAGE, ids=_name)
def test_page_options_do_not_change_the_landing(
    new_merchant: MerchantFactory, open_checkout: OpenCheckout, switches: dict[str, Any]
) -> None:
    """Another page address, tips and wallets do not change the landing."""
    merchant = new_merchant(**switches)
    shopper = open_checkout(merchant.create_checkout(merchant.urls(RICH)))

    shopper.pay(cards.APPROVED)

    must_land(shopper, Outcome.SUCCESS)


def test_browser_back_cancels(new_merchant: MerchantFactory, open_checkout: OpenCheckout) -> None:
    """If cancelling means the browser's back button, it leads to the cancel URL."""
    merchant = new_merchant(cancel="browser-back")
    shopper = open_checkout(merchant.create_checkout(merchant.urls(RICH)))

    shopper.cancel()

    must_land(shopper, Outcome.CANCEL)


def test_page_without_cancel_offers_none(
    new_merchant: MerchantFactory, open_checkout: OpenCheckout
) -> None:
    """If cancelling is not supported, the page has no link or button for it."""
    merchant = new_merchant(cancel="none")
    shopper = open_checkout(merchant.create_checkout())

    assert shopper.hosted_page.cancel_options() == []


def test_declined_shopper_gives_up_by_a_button(
    new_merchant: MerchantFactory, open_checkout: OpenCheckout
) -> None:
    """If a decline shows a button, the shopper stays until it is pressed."""
    merchant = new_merchant(decline="button")
    shopper = open_checkout(merchant.create_checkout(merchant.urls(RICH)))

    shopper.pay(cards.DECLINED)
    must_stay(shopper, Outcome.FAILURE)
    shopper.give_up()

    must_land(shopper, Outcome.FAILURE)


def test_decline_as_cancel_lands_on_cancel(
    new_merchant: MerchantFactory, open_checkout: OpenCheckout
) -> None:
    """If a decline counts as cancelling, it leads to the cancel URL and to no other."""
    merchant = new_merchant(decline="cancel")
    shopper = open_checkout(merchant.create_checkout(merchant.urls(RICH)))

    shopper.pay(cards.DECLINED)

    must_land(shopper, Outcome.CANCEL)


def test_unused_http_url_ends_on_payment_received(
    new_merchant: MerchantFactory, open_checkout: OpenCheckout
) -> None:
    """If an http:// URL is accepted but never used, the shopper stays on Clover's page."""
    merchant = new_merchant(http_url="never-redirect")
    urls = merchant.urls()
    urls[Outcome.SUCCESS] = urls[Outcome.SUCCESS].replace("https://", "http://", 1)
    shopper = open_checkout(merchant.create_checkout(urls))

    shopper.pay(cards.APPROVED)

    must_land(shopper, Outcome.SUCCESS)


@pytest.mark.parametrize("skin", ["bare", "modern"])
@EVERY_OUTCOME
def test_outcome_lands_on_every_page_design(
    new_merchant: MerchantFactory,
    open_checkout: OpenCheckout,
    skin: str,
    outcome: Outcome,
    card: Card,
) -> None:
    """The three outcomes also land on the rare designs of the stand-in's page."""
    merchant = new_merchant(skin=skin)
    shopper = open_checkout(merchant.create_checkout(merchant.urls(RICH)))

    shopper.finish(outcome, card)

    must_land(shopper, outcome)
