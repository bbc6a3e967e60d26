"""Pictures of a page, which end up in reports, keep what was typed to themselves."""

import pytest
from playwright.sync_api import expect

from clover import cards
from pages.screenshots import masked_screenshot
from suite.checkout.shopper import OpenCheckout
from suite.merchant import Merchant


@pytest.mark.standin_only
def test_picture_covers_the_card(merchant: Merchant, open_checkout: OpenCheckout) -> None:
    """Two cards of one brand look the same in a picture, but not on the screen."""
    shopper = open_checkout(merchant.create_checkout())
    screens, pictures = [], []

    for card in (cards.APPROVED, cards.DECLINED):
        shopper.hosted_page.type(card.details())
        expect(shopper.hosted_page.pay_button).to_be_enabled()
        screens.append(shopper.page.screenshot(animations="disabled"))
        pictures.append(masked_screenshot(shopper.page))

    assert screens[0] != screens[1]
    assert pictures[0] == pictures[1] != b""
