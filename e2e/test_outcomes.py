"""The main promise: each outcome leads to the URL that was configured for it."""

import pytest

from clover import cards
from clover.cards import Card
from clover.outcome import Outcome
from e2e.ends import ENDS
from e2e.journey import Opener
from e2e.shapes import RICH
from e2e.shop import Shop

pytestmark = pytest.mark.sandbox


@pytest.mark.core
@ENDS
def test_shopper_lands_on_the_url_of_the_outcome(
    shop: Shop, open_checkout: Opener, outcome: Outcome, card: Card
) -> None:
    """Paying, being declined and cancelling lead to the success, failure and cancel URL."""
    journey = open_checkout(shop.sell(shop.urls(RICH)))

    journey.finish(outcome, card)

    journey.must_end(outcome)


@pytest.mark.parametrize(
    "card", cards.DECLINED_ALL, ids=lambda card: f"{card.brand} {card.last_four}"
)
def test_every_declined_card_lands_on_failure(
    shop: Shop, open_checkout: Opener, card: Card
) -> None:
    """Each test card that Clover documents as declined leads to the failure URL, with its code."""
    journey = open_checkout(shop.sell(shop.urls("?error_code={ERROR_CODE}")))

    journey.pay(card)

    journey.must_end(Outcome.FAILURE)
