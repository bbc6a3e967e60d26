"""A second attempt after a declined card."""

import pytest
from playwright.sync_api import expect

from clover import cards
from records.outcome import Outcome
from suite.checkout.assertions import must_land, must_stay
from suite.checkout.shopper import OpenCheckout
from suite.merchant import MerchantFactory

pytestmark = pytest.mark.standin_only


def test_approval_after_decline_lands_on_success(
    new_merchant: MerchantFactory, open_checkout: OpenCheckout
) -> None:
    """If one decline leaves the shopper on the page, a second card leads to success only."""
    merchant = new_merchant(declines_before_failure=2)
    shopper = open_checkout(merchant.create_checkout())

    shopper.pay(cards.DECLINED)
    must_stay(shopper, Outcome.FAILURE)
    shopper.pay(cards.APPROVED)

    must_land(shopper, Outcome.SUCCESS)


def test_last_allowed_decline_lands_on_failure(
    new_merchant: MerchantFactory, open_checkout: OpenCheckout
) -> None:
    """Only the decline that uses up the attempts leads to the failure URL."""
    merchant = new_merchant(declines_before_failure=3)
    shopper = open_checkout(merchant.create_checkout(merchant.urls("?error_code={ERROR_CODE}")))

    shopper.pay(cards.DECLINED)
    must_stay(shopper, Outcome.FAILURE)
    shopper.pay(cards.DECLINED_MASTERCARD)
    must_stay(shopper, Outcome.FAILURE)
    shopper.pay(cards.DECLINED_AMEX)

    must_land(shopper, Outcome.FAILURE)


def test_decline_without_redirect_shows_a_message(
    new_merchant: MerchantFactory, open_checkout: OpenCheckout
) -> None:
    """If declines do not redirect, the page shows a message and allows another try."""
    merchant = new_merchant(decline="stay")
    shopper = open_checkout(merchant.create_checkout())

    shopper.pay(cards.DECLINED)
    must_stay(shopper, Outcome.FAILURE)
    expect(shopper.hosted_page.decline_message).to_be_visible()
    shopper.pay(cards.APPROVED)

    must_land(shopper, Outcome.SUCCESS)
