"""Every test of this folder has its own tab."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from pages.checkout import CheckoutPage

#: Longest wait for something that is not there, for tests of errors, seconds.
SHORT_S = 0.4

LABELS = ("Card Number", "MM/YY", "CVV", "Zip")
CARD_FRAMES = "".join(
    f'<iframe title="Field" srcdoc="<input aria-label=\'{label}\'>"></iframe>' for label in LABELS
)
FLAT_FIELDS = "".join(f'<input placeholder="{label}">' for label in LABELS)
PAY = '<button id="pay">Pay $12.00</button>'
CANCEL = '<a href="#cancelled">Cancel</a>'


@pytest.fixture(scope="session")
def shared_context(own_browser: Browser) -> BrowserContext:
    """A context for pages that keep nothing."""
    return own_browser.new_context()


@pytest.fixture
def page(shared_context: BrowserContext) -> Iterator[Page]:
    """An empty tab."""
    page = shared_context.new_page()
    yield page
    page.close()


Show = Callable[..., CheckoutPage]


@pytest.fixture
def show(page: Page) -> Show:
    """Return a checkout page with this markup after the card fields."""

    def build(
        markup: str = PAY + CANCEL, fields: str = FLAT_FIELDS, within_s: float = 5
    ) -> CheckoutPage:
        page.set_content(f"<h1>Shop</h1>{fields}{markup}")
        return CheckoutPage(page, within_s=within_s)

    return build
