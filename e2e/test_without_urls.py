"""Outcomes without a configured URL."""

from itertools import combinations, product

import pytest

from clover import cards
from clover.models import CheckoutRequest, LineItem, TaxRate
from pages.payment_received import PaymentReceivedPage
from records.outcome import Outcome
from suite.checkout.assertions import must_land
from suite.checkout.shopper import OpenCheckout
from suite.merchant import Merchant

pytestmark = pytest.mark.sandbox

SUBSETS = [set(chosen) for size in (1, 2) for chosen in combinations(Outcome, size)]
TRIALS = [
    pytest.param(only, outcome, id=f"{outcome}-{'+'.join(sorted(only))}")
    for only, outcome in product(SUBSETS, Outcome)
]

#: 3 x $2.50 with 6.25 % and $1.00 with 10 % and 5 %: $8.50 + $0.62 tax.
MA = TaxRate(name="MA", rate=625_000)
STATE, CITY = TaxRate(name="state", rate=1_000_000), TaxRate(name="city", rate=500_000)
TAXED = (
    LineItem(name="Orange", price_cents=250, unit_qty=3, tax_rates=(MA,)),
    LineItem(name="Apple", price_cents=100, unit_qty=1, tax_rates=(STATE, CITY)),
)

#: A minute would be more realistic, but too long for every run.
READING_S = 5.0


def test_payment_without_urls_shows_payment_received(
    merchant: Merchant, open_checkout: OpenCheckout
) -> None:
    """Without URLs a payment stays on Clover's page with the total and no token, also reloaded."""
    total_cents = CheckoutRequest(line_items=TAXED).totals().total_cents
    shopper = open_checkout(merchant.create_checkout(urls={}, cart=TAXED))

    shopper.pay(cards.APPROVED)

    must_land(shopper, Outcome.SUCCESS)
    assert PaymentReceivedPage(shopper.page).total_cents() == total_cents
    assert not merchant.token.is_in(shopper.page.content())
    shopper.observer.watch(READING_S)
    must_land(shopper, Outcome.SUCCESS)
    shopper.page.reload()
    must_land(shopper, Outcome.SUCCESS)


@pytest.mark.parametrize(("only", "outcome"), TRIALS)
def test_outcome_uses_its_own_url_or_none(
    merchant: Merchant, open_checkout: OpenCheckout, only: set[Outcome], outcome: Outcome
) -> None:
    """An outcome without a URL does not use another outcome's URL."""
    shopper = open_checkout(merchant.create_checkout(merchant.urls(only=only)))

    shopper.finish(outcome)

    must_land(shopper, outcome)
