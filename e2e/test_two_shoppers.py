"""Several checkouts at the same time."""

import pytest

from clover import cards
from records.outcome import Outcome
from suite.checkout.assertions import must_land
from suite.checkout.shopper import OpenCheckout
from suite.merchant import Merchant

pytestmark = pytest.mark.sandbox


def test_open_checkouts_do_not_mix(merchant: Merchant, open_checkout: OpenCheckout) -> None:
    """Sessions that are open in several browsers at once each end at their own URL."""
    tail = "?session_id={CHECKOUT_SESSION_ID}"
    first = open_checkout(merchant.create_checkout(merchant.urls(tail)))
    second = open_checkout(merchant.create_checkout(merchant.urls(tail)), alongside=[first])
    third = open_checkout(merchant.create_checkout(merchant.urls(tail)), alongside=[first, second])

    first.pay(cards.DECLINED)
    third.cancel()
    second.pay(cards.APPROVED)

    must_land(first, Outcome.FAILURE)
    must_land(second, Outcome.SUCCESS)
    must_land(third, Outcome.CANCEL)


def test_two_tabs_of_one_browser_do_not_mix(
    merchant: Merchant, open_checkout: OpenCheckout
) -> None:
    """Two sessions in two tabs of one browser each end at their own URL."""
    tail = "?session_id={CHECKOUT_SESSION_ID}"
    first = open_checkout(merchant.create_checkout(merchant.urls(tail)))
    second = open_checkout(
        merchant.create_checkout(merchant.urls(tail)), alongside=[first], same_browser_as=first
    )

    first.cancel()
    second.pay(cards.APPROVED)

    must_land(first, Outcome.CANCEL)
    must_land(second, Outcome.SUCCESS)


def test_shared_url_gets_the_id_of_each_session(
    merchant: Merchant, open_checkout: OpenCheckout
) -> None:
    """A shop with the same URLs for all sessions gets the id of the session just paid."""
    urls = merchant.urls("?session_id={CHECKOUT_SESSION_ID}")
    first = open_checkout(merchant.create_checkout(urls)).pay(cards.APPROVED)
    must_land(first, Outcome.SUCCESS)
    second = open_checkout(merchant.create_checkout(urls), alongside=[first])

    second.pay(cards.APPROVED)

    must_land(second, Outcome.SUCCESS)
