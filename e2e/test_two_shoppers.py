"""Several checkouts at the same time."""

import pytest

from clover import cards
from records.outcome import Outcome
from suite.checkout.shopper import OpenCheckout
from suite.merchant import Merchant

pytestmark = pytest.mark.sandbox


def test_open_checkouts_do_not_mix(merchant: Merchant, open_checkout: OpenCheckout) -> None:
    """Sessions that are open in several browsers at once each end at their own URL."""
    tail = "?session_id={CHECKOUT_SESSION_ID}"
    first = open_checkout(merchant.create_checkout(merchant.urls(tail)))
    second = open_checkout(merchant.create_checkout(merchant.urls(tail)), beside=[first])
    third = open_checkout(merchant.create_checkout(merchant.urls(tail)), beside=[first, second])

    first.pay(cards.DECLINED)
    third.cancel()
    second.pay(cards.APPROVED)

    first.must_land(Outcome.FAILURE)
    second.must_land(Outcome.SUCCESS)
    third.must_land(Outcome.CANCEL)


def test_two_tabs_of_one_browser_do_not_mix(
    merchant: Merchant, open_checkout: OpenCheckout
) -> None:
    """One shopper with two sessions open in two tabs lands where each of them leads."""
    tail = "?session_id={CHECKOUT_SESSION_ID}"
    first = open_checkout(merchant.create_checkout(merchant.urls(tail)))
    second = open_checkout(
        merchant.create_checkout(merchant.urls(tail)), beside=[first], in_browser_of=first
    )

    first.cancel()
    second.pay(cards.APPROVED)

    first.must_land(Outcome.CANCEL)
    second.must_land(Outcome.SUCCESS)


def test_one_url_for_all_sessions_gets_each_sessions_id(
    merchant: Merchant, open_checkout: OpenCheckout
) -> None:
    """A shop whose URLs never change, as most have, gets the id of the session just paid."""
    urls = merchant.urls("?session_id={CHECKOUT_SESSION_ID}")
    first = open_checkout(merchant.create_checkout(urls)).pay(cards.APPROVED)
    first.must_land(Outcome.SUCCESS)
    second = open_checkout(merchant.create_checkout(urls), beside=[first])

    second.pay(cards.APPROVED)

    second.must_land(Outcome.SUCCESS)
