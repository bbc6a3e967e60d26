"""The documentation's sample shop, from its Buy button to each of its return pages."""

import ssl
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from typing import Any, NamedTuple

import pytest
import trustme
from playwright.sync_api import BrowserContext, Page, expect

from clover import cards
from e2e.outcome_params import EVERY_OUTCOME
from examples.flask_merchant import MerchantConfig, create_app, serve
from pages.checkout import CheckoutPage
from records.outcome import Outcome
from suite.evidence.evidence import Evidence
from suite.merchant import MerchantFactory
from suite.targets import StandIn

pytestmark = pytest.mark.standin_only

HOST = "shop.localhost"

FINISH: dict[Outcome, Callable[[CheckoutPage], None]] = {
    Outcome.SUCCESS: lambda page: page.pay(cards.APPROVED.details()),
    Outcome.FAILURE: lambda page: page.pay(cards.DECLINED.details()),
    Outcome.CANCEL: CheckoutPage.cancel,
}

#: The shop's return page for each outcome: its address and its heading.
RETURN_PAGES = {
    Outcome.SUCCESS: ("/success?session_id={}", "Thank you"),
    Outcome.FAILURE: ("/failure?error_code=card_declined", "Payment not completed"),
    Outcome.CANCEL: ("/cancel", "Checkout cancelled"),
}


class Visit(NamedTuple):
    """A shopper on the hosted page, sent there by the shop's Buy button."""

    origin: str
    page: Page
    hosted_page: CheckoutPage
    session_id: str


VisitShop = Callable[..., Visit]


@pytest.fixture
def visit_shop(
    new_merchant: MerchantFactory, new_context: Callable[..., BrowserContext], evidence: Evidence
) -> Iterator[VisitShop]:
    """Factory of shoppers in the sample shop, each with a new merchant account."""
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert(HOST).configure_cert(tls)
    # The shop makes its own certificate; its README tells the developer to accept it once.
    context = new_context(locale="en-US", ignore_https_errors=True)
    with ExitStack() as shops:
        shops.enter_context(evidence.recorded(context))

        def visit(**switches: Any) -> Visit:
            account = new_merchant(**switches).account
            config = MerchantConfig(
                public_url="",
                merchant_id=account.id,
                token=account.token,
                api_url=account.api_url,
                ca_file=str(account.ca_file),
            )
            shop = serve(
                lambda origin: create_app(replace(config, public_url=origin)),
                host_name=HOST,
                tls=tls,
            )
            origin = shops.enter_context(shop)
            page = context.new_page()
            page.goto(origin)
            page.get_by_role("button", name="Buy").click()
            hosted_page = CheckoutPage(page).ready()
            session_id = page.url.partition("?")[0].rpartition("/")[2]
            return Visit(origin, page, hosted_page, session_id)

        yield visit


@EVERY_OUTCOME
def test_sample_shop_shows_the_outcome(
    visit_shop: VisitShop, provider: StandIn, outcome: Outcome
) -> None:
    """A shopper who buys in the sample shop ends on the shop's page for the outcome."""
    visit = visit_shop(placeholders="substitute")

    FINISH[outcome](visit.hosted_page)

    path, heading = RETURN_PAGES[outcome]
    expect(visit.page).to_have_url(visit.origin + path.format(visit.session_id))
    expect(visit.page.get_by_role("heading", name=heading)).to_be_visible()
    payments = provider.checkout(visit.session_id).payments
    assert len(payments) == (outcome is Outcome.SUCCESS)


def test_sample_shop_does_not_take_a_placeholder_for_a_session(visit_shop: VisitShop) -> None:
    """If the placeholder comes back verbatim, the thank-you page names no session."""
    visit = visit_shop(placeholders="verbatim")

    visit.hosted_page.pay(cards.APPROVED.details())

    expect(visit.page.get_by_text("names no checkout session")).to_be_visible()
    assert "CHECKOUT_SESSION_ID" in visit.page.url
