"""The sample order of Clover's documentation.

Source: https://docs.clover.com/dev/docs/redirecting-customers
"""

from clover.models import CheckoutRequest, Customer, LineItem
from suite.redirect_urls import Urls

CUSTOMER = Customer(first_name="Alex", last_name="Doe", email="alex.doe@example.com")
CART = (LineItem(name="itemA", price_cents=500, unit_qty=1),)


def sample_request(urls: Urls | None = None) -> CheckoutRequest:
    """Return a create request for the sample order with these redirect URLs."""
    return CheckoutRequest(customer=CUSTOMER, line_items=CART, redirect_urls=urls)
