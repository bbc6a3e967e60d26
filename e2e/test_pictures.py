"""Pictures of a page, which end up in reports, keep what was typed to themselves."""

import pytest
from playwright.sync_api import expect

from clover import cards
from e2e.journey import Opener
from e2e.shop import Shop
from pages.screenshots import masked_screenshot


@pytest.mark.stays("it is about the suite's own pictures of a page")
@pytest.mark.standin_only
def test_picture_covers_the_card(shop: Shop, open_checkout: Opener) -> None:
    """Two cards of one brand look the same in a picture, but not on the screen."""
    journey = open_checkout(shop.sell())
    screens, pictures = [], []

    for card in (cards.APPROVED, cards.DECLINED):
        journey.checkout.type(card.details())
        expect(journey.checkout.pay_button).to_be_enabled()
        screens.append(journey.page.screenshot(animations="disabled"))
        pictures.append(masked_screenshot(journey.page))

    assert screens[0] != screens[1]
    assert pictures[0] == pictures[1] != b""
