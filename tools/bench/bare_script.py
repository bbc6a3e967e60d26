"""A plain Playwright script with the clicks of the success test, without oracle and evidence."""

from collections.abc import Callable

import pytest
import requests
from playwright.sync_api import BrowserContext

from standin import StandIn
from tools.bench.rounds import Cost, metered

CARD = {"number": "4242424242424242", "expiry": "1239", "cvv": "123", "zip": "94085"}
PLACEHOLDERS = {"number": "Card Number", "expiry": "MM/YY", "cvv": "CVV", "zip": "Zip"}
LANDING = "https://merchant.example/success"
BODY = {
    "customer": {"firstName": "Alex", "lastName": "Doe", "email": "alex.doe@example.com"},
    "redirectUrls": {"success": LANDING},
    "shoppingCart": {"lineItems": [{"name": "itemA", "price": 500, "unitQty": 1}]},
}


@pytest.mark.standin_only
def test_bare_script_pays(
    new_context: Callable[[], BrowserContext], provider: StandIn, bare_costs: list[Cost]
) -> None:
    """A payment leads to the success URL."""
    with metered(bare_costs):
        _pay(new_context, provider)


def _pay(new_context: Callable[[], BrowserContext], stand_in: StandIn) -> None:
    merchant = stand_in.merchant
    answer = requests.post(
        f"{stand_in.api_url}/invoicingcheckoutservice/v1/checkouts",
        json=BODY,
        headers={"Authorization": f"Bearer {merchant.token}", "X-Clover-Merchant-Id": merchant.id},
        verify=str(stand_in.ca_file),
        timeout=10,
    )
    context = new_context()
    page = context.new_page()
    page.goto(answer.json()["href"])
    for kind, placeholder in PLACEHOLDERS.items():
        frame = page.frame_locator(f'iframe[src*="/{kind}"]')
        field = frame.get_by_placeholder(placeholder)
        field.click()
        field.press_sequentially(CARD[kind])
    page.get_by_role("button", name="Pay $5.00").click()
    page.wait_for_url(LANDING)
    context.close()
