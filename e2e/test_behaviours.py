"""Behaviour switches: each thing that Clover may do is judged by the rule of its switch."""

from typing import Any

import pytest

from clover import cards
from e2e.conftest import NewShopper
from e2e.outcome_params import EVERY_OUTCOME, with_each_outcome
from records.outcome import Outcome
from suite.checkout.assertions import must_land, must_stay, try_cards
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
#: Switches under which the first decline does not redirect.
SECOND_TRIES: list[dict[str, Any]] = [{"declines_before_failure": 4}, {"decline": "stay"}]
DECLINED = (cards.DECLINED, cards.DECLINED_MASTERCARD, cards.DECLINED_AMEX)


def _name(switches: dict[str, Any]) -> str:
    return "+".join(f"{name}={value}" for name, value in switches.items())


@with_each_outcome("switches", SWITCHES, label=_name)
def test_outcome_lands_under_each_switch(
    new_shopper: NewShopper, switches: dict[str, Any], outcome: Outcome
) -> None:
    """Under every single switch each outcome lands where that switch says."""
    shopper = new_shopper(**switches)

    shopper.finish(outcome)

    must_land(shopper, outcome)


@pytest.mark.parametrize("switches", OF_THE_PAGE, ids=_name)
def test_page_options_do_not_change_the_landing(
    new_shopper: NewShopper, switches: dict[str, Any]
) -> None:
    """Another page address, tips and wallets do not change the landing."""
    shopper = new_shopper(**switches)

    shopper.finish(Outcome.SUCCESS)

    must_land(shopper, Outcome.SUCCESS)


@pytest.mark.parametrize("skin", ["bare", "modern"])
@EVERY_OUTCOME
def test_outcome_lands_on_every_page_design(
    new_shopper: NewShopper, skin: str, outcome: Outcome
) -> None:
    """The three outcomes also land on the rare designs of the stand-in's page."""
    shopper = new_shopper(skin=skin)

    shopper.finish(outcome)

    must_land(shopper, outcome)


def test_browser_back_cancels(new_shopper: NewShopper) -> None:
    """If cancelling means the browser's back button, it leads to the cancel URL."""
    shopper = new_shopper(cancel="browser-back")

    shopper.cancel()

    must_land(shopper, Outcome.CANCEL)


def test_page_without_cancel_offers_none(new_shopper: NewShopper) -> None:
    """If cancelling is not supported, the page has no link or button for it."""
    shopper = new_shopper(cancel="none")

    assert shopper.hosted_page.cancel_options() == []


def test_declined_shopper_gives_up_by_a_button(new_shopper: NewShopper) -> None:
    """If a decline shows a button, the shopper stays until it is pressed."""
    shopper = new_shopper(decline="button")

    shopper.pay(cards.DECLINED)
    must_stay(shopper, Outcome.FAILURE)
    shopper.give_up()

    must_land(shopper, Outcome.FAILURE)


def test_decline_as_cancel_lands_on_cancel(new_shopper: NewShopper) -> None:
    """If a decline counts as cancelling, it leads to the cancel URL and to no other."""
    shopper = new_shopper(decline="cancel")

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


@pytest.mark.parametrize("switches", SECOND_TRIES, ids=_name)
def test_approval_after_decline_lands_on_success(
    new_shopper: NewShopper, switches: dict[str, Any]
) -> None:
    """Declines that leave the shopper on the page show a message and allow another try."""
    shopper = new_shopper(**switches)

    try_cards(shopper, Outcome.SUCCESS, [*DECLINED, cards.APPROVED])

    must_land(shopper, Outcome.SUCCESS)


def test_last_allowed_decline_lands_on_failure(new_shopper: NewShopper) -> None:
    """Only the decline that uses up the attempts leads to the failure URL."""
    shopper = new_shopper(declines_before_failure=3)

    shopper.pay(cards.DECLINED)
    must_stay(shopper, Outcome.FAILURE)
    shopper.pay(cards.DECLINED_MASTERCARD)
    must_stay(shopper, Outcome.FAILURE)
    shopper.pay(cards.DECLINED_AMEX)

    must_land(shopper, Outcome.FAILURE)


def test_cancel_after_a_decline_lands_on_cancel(new_shopper: NewShopper) -> None:
    """A shopper who cancels after a decline lands on cancel."""
    shopper = new_shopper(declines_before_failure=3)

    shopper.pay(cards.DECLINED)
    must_stay(shopper, Outcome.FAILURE)
    shopper.cancel()

    must_land(shopper, Outcome.CANCEL)
