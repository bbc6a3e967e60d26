"""The page objects hold on pages that look and are built quite differently."""

import pytest

from clover.cards import Card
from clover.outcome import Outcome
from e2e.outcome_params import ENDS
from e2e.url_shapes import RICH
from suite.checkout.journey import Opener
from suite.merchant import NewShop

pytestmark = pytest.mark.standin_only


@pytest.mark.parametrize("skin", ["bare", "modern"])
@ENDS
def test_outcome_lands_whatever_the_page_is_built_like(
    new_shop: NewShop, open_checkout: Opener, skin: str, outcome: Outcome, card: Card
) -> None:
    """The three outcomes land in those designs of the stand-in's page, too, that are rarely met."""
    shop = new_shop(skin=skin)
    journey = open_checkout(shop.sell(shop.urls(RICH)))

    journey.finish(outcome, card)

    journey.must_end(outcome)
