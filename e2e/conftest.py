"""Fixtures of the usual checkout and its shopper."""

from collections.abc import Callable
from typing import Any

import pytest

from e2e.url_shapes import RICH
from suite.checkout.shopper import OpenCheckout, Shopper
from suite.merchant import Checkout, Merchant, MerchantFactory

NewShopper = Callable[..., Shopper]


@pytest.fixture
def checkout(merchant: Merchant) -> Checkout:
    """A session with a rich URL for each outcome."""
    return merchant.create_checkout(merchant.urls(RICH))


@pytest.fixture
def shopper(checkout: Checkout, open_checkout: OpenCheckout) -> Shopper:
    """A shopper who has the hosted page of this session open."""
    return open_checkout(checkout)


@pytest.fixture
def new_shopper(new_merchant: MerchantFactory, open_checkout: OpenCheckout) -> NewShopper:
    """Factory of shoppers at a new merchant, whose provider behaves as the switches say."""

    def begin(**switches: Any) -> Shopper:
        merchant = new_merchant(**switches)
        return open_checkout(merchant.create_checkout(merchant.urls(RICH)))

    return begin
