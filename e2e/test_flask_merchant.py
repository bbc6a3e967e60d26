"""The documentation's sample shop, from its Buy button to each of its return pages."""

import ssl
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import pytest
import trustme
from flask import Flask
from playwright.sync_api import BrowserContext, Page, expect

from clover import cards
from clover.cards import Card
from e2e.outcome_params import EVERY_OUTCOME
from examples.flask_merchant import MerchantConfig, create_app, serve
from pages.checkout import CheckoutPage
from records.outcome import Outcome
from suite.evidence.evidence import Evidence
from suite.merchant import MerchantFactory
from suite.targets import StandIn

pytestmark = pytest.mark.standin_only

HOST = "shop.localhost"

#: The shop's return page for each outcome: its address and its heading.
RETURN_PAGES = {
    Outcome.SUCCESS: ("/success?session_id={}", "Thank you"),
    Outcome.FAILURE: ("/failure?error_code=card_declined", "Payment not completed"),
    Outcome.CANCEL: ("/cancel", "Checkout cancelled"),
}


@dataclass(frozen=True, slots=True)
class Visit:
    """A shopper in the shop."""

    origin: str
    page: Page
    hosted_page: CheckoutPage

    def buy(self) -> str:
        """Press Buy and wait for the hosted page; returns the session's id."""
        self.page.goto(self.origin)
        self.page.get_by_role("button", name="Buy").click()
        self.hosted_page.ready()
        return self.page.url.partition("?")[0].rpartition("/")[2]

    def finish(self, outcome: Outcome, card: Card) -> None:
        """Pay with the card, or cancel."""
        if outcome is Outcome.CANCEL:
            self.hosted_page.cancel()
        else:
            self.hosted_page.pay(card.details())


@pytest.fixture
def visit_shop(
    new_merchant: MerchantFactory,
    new_context: Callable[..., BrowserContext],
    evidence: Evidence,
) -> Iterator[Callable[..., Visit]]:
    """Factory of shoppers in the sample shop, each with a new merchant account."""
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert(HOST).configure_cert(tls)
    # The shop makes its own certificate; its README tells the developer to accept it once.
    context = new_context(locale="en-US", ignore_https_errors=True)
    with ExitStack() as merchants:
        merchants.enter_context(evidence.recorded(context))

        def visit(**switches: Any) -> Visit:
            account = new_merchant(**switches).account

            def make_app(origin: str) -> Flask:
                return create_app(
                    MerchantConfig(
                        public_url=origin,
                        merchant_id=account.id,
                        token=account.token,
                        api_url=account.api_url,
                        ca_file=str(account.ca_file),
                    )
                )

            origin = merchants.enter_context(serve(make_app, host_name=HOST, tls=tls))
            page = context.new_page()
            return Visit(origin, page, CheckoutPage(page))

        yield visit


@EVERY_OUTCOME
def test_sample_shop_shows_the_outcome(
    visit_shop: Callable[..., Visit], provider: StandIn, outcome: Outcome, card: Card
) -> None:
    """A shopper who buys in the sample shop ends on the shop's page for the outcome."""
    visit = visit_shop(placeholders="substitute")
    session_id = visit.buy()

    visit.finish(outcome, card)

    path, heading = RETURN_PAGES[outcome]
    expect(visit.page).to_have_url(visit.origin + path.format(session_id))
    expect(visit.page.get_by_role("heading", name=heading)).to_be_visible()
    assert len(provider.checkout(session_id).payments) == (outcome is Outcome.SUCCESS)


def test_sample_shop_does_not_take_a_placeholder_for_a_session(
    visit_shop: Callable[..., Visit],
) -> None:
    """If the placeholder comes back verbatim, the thank-you page names no session."""
    visit = visit_shop(placeholders="verbatim")
    visit.buy()

    visit.finish(Outcome.SUCCESS, cards.APPROVED)

    expect(visit.page.get_by_text("names no checkout session")).to_be_visible()
    assert "CHECKOUT_SESSION_ID" in visit.page.url
