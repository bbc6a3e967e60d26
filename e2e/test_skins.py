"""The page objects hold on pages that look and are built quite differently."""

import pytest

from clover.cards import Card
from e2e.outcome_params import ENDS
from e2e.url_shapes import RICH
from records.outcome import Outcome
from suite.checkout.assertions import must_land
from suite.checkout.shopper import OpenCheckout
from suite.merchant import MerchantFactory

pytestmark = pytest.mark.standin_only


@pytest.mark.parametrize("skin", ["bare", "modern"])
@ENDS
def test_outcome_lands_whatever_the_page_is_built_like(
    new_merchant: MerchantFactory,
    open_checkout: OpenCheckout,
    skin: str,
    outcome: Outcome,
    card: Card,
) -> None:
    """The three outcomes land in those designs of the stand-in's page, too, that are rarely met."""
    merchant = new_merchant(skin=skin)
    shopper = open_checkout(merchant.create_checkout(merchant.urls(RICH)))

    shopper.finish(outcome, card)

    must_land(shopper, outcome)
