"""A shopper whose first card is declined and who may try another."""

import pytest
from playwright.sync_api import expect

from clover import cards
from clover.outcome import Outcome
from e2e.journey import Opener
from e2e.shop import NewShop

pytestmark = pytest.mark.standin_only


@pytest.mark.killed_by("failure-sticks")
def test_approval_after_a_decline_lands_on_success_alone(
    new_shop: NewShop, open_checkout: Opener
) -> None:
    """Where one decline leaves the shopper on the page, a second card leads to success only."""
    shop = new_shop(declines_before_failure=2)
    journey = open_checkout(shop.sell())

    journey.pay(cards.DECLINED)
    journey.must_stay(Outcome.FAILURE)
    journey.pay(cards.APPROVED)

    journey.must_end(Outcome.SUCCESS)


@pytest.mark.killed_by("failure-before-the-last-try", "third-try-lost")
def test_last_allowed_decline_lands_on_failure(new_shop: NewShop, open_checkout: Opener) -> None:
    """The decline that uses up the attempts leads to the failure URL, those before lead nowhere."""
    shop = new_shop(declines_before_failure=3)
    journey = open_checkout(shop.sell(shop.urls("?error_code={ERROR_CODE}")))

    journey.pay(cards.DECLINED)
    journey.must_stay(Outcome.FAILURE)
    journey.pay(cards.DECLINED_MASTERCARD)
    journey.must_stay(Outcome.FAILURE)
    journey.pay(cards.DECLINED_AMEX)

    journey.must_end(Outcome.FAILURE)


@pytest.mark.killed_by("failure-before-the-last-try")
def test_decline_that_never_redirects_leaves_the_shopper_on_the_page(
    new_shop: NewShop, open_checkout: Opener
) -> None:
    """Where declines lead nowhere, the page says so and offers another try."""
    shop = new_shop(decline="stay")
    journey = open_checkout(shop.sell())

    journey.pay(cards.DECLINED)
    journey.must_stay(Outcome.FAILURE)
    expect(journey.checkout.decline_message).to_be_visible()
    journey.pay(cards.APPROVED)

    journey.must_end(Outcome.SUCCESS)
