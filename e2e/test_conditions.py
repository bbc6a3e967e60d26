"""Conditions under which a provider that is usually right goes wrong.

A shop sells often, to new and returning shoppers, for small and large amounts, on all kinds of
cards. Each test covers a condition that no other test covers.
"""

from itertools import cycle, islice

import pytest

from clover import cards
from clover.models import Customer, LineItem, TaxRate
from e2e.outcome_params import EVERY_OUTCOME
from e2e.url_shapes import RICH
from records.outcome import Outcome
from suite.checkout.assertions import end_checkout, must_land, must_stay
from suite.checkout.shopper import OpenCheckout, Shopper
from suite.merchant import Merchant, MerchantFactory

pytestmark = pytest.mark.cheap_page

#: Enough checkouts of one merchant to meet a fault that comes every few times.
CHECKOUTS = 6
TAIL = "?order=A%20b&note=&session_id={CHECKOUT_SESSION_ID}#done"

ONE_OF_EACH_BRAND = (
    cards.APPROVED_VISA_DEBIT,
    cards.AVS_APPROVED_MASTERCARD,
    cards.APPROVED_AMEX,
    cards.APPROVED_DINERS,
    cards.APPROVED_JCB,
    cards.AVS_APPROVED_DISCOVER,
)

MA = (TaxRate(name="MA", rate=625_000),)

#: Several lines, quantities, a note and tax, below the amounts that may choose the answer.
FULL_CART = (
    LineItem(name="Apple", price_cents=199, unit_qty=3, note="green"),
    LineItem(name="Orange", price_cents=1_250, unit_qty=2, tax_rates=MA),
)

#: $100.00 exactly; and $1,234.50 with 6.25 % on the larger line, $1,305.44 in all.
CARTS = {
    "$100.00": (LineItem(name="Chair", price_cents=10_000, unit_qty=1),),
    "thousands": (
        LineItem(name="Table", price_cents=113_500, unit_qty=1, tax_rates=MA),
        LineItem(name="Stool", price_cents=3_316, unit_qty=3, note="oak"),
        LineItem(name="Polish", price_cents=2, unit_qty=1),
    ),
}

CUSTOMERS = {
    "no e-mail": Customer(first_name="Alex"),
    "accents and a telephone": Customer(
        first_name="Zoë", last_name="O’Brien-Müller", email="z@example.com", phone_number="5550100"
    ),
}


@pytest.mark.sandbox
def test_many_checkouts_of_one_merchant_land(
    merchant: Merchant, open_checkout: OpenCheckout
) -> None:
    """Six checkouts of one merchant, two for each outcome, land on six different URLs."""
    earlier: list[Shopper] = []
    for outcome in islice(cycle(Outcome), CHECKOUTS):
        shopper = open_checkout(merchant.create_checkout(merchant.urls(TAIL)), alongside=earlier)

        shopper.finish(outcome)

        must_land(shopper, outcome)
        earlier.append(shopper)


@pytest.mark.sandbox
def test_open_checkouts_do_not_mix(merchant: Merchant, open_checkout: OpenCheckout) -> None:
    """Sessions that are open in several browsers at once each end at their own URL."""
    first = open_checkout(merchant.create_checkout(merchant.urls(TAIL)))
    second = open_checkout(merchant.create_checkout(merchant.urls(TAIL)), alongside=[first])
    third = open_checkout(merchant.create_checkout(merchant.urls(TAIL)), alongside=[first, second])

    first.pay(cards.DECLINED)
    third.cancel()
    second.pay(cards.APPROVED)

    must_land(first, Outcome.FAILURE)
    must_land(second, Outcome.SUCCESS)
    must_land(third, Outcome.CANCEL)


@pytest.mark.sandbox
def test_two_tabs_of_one_browser_do_not_mix(
    merchant: Merchant, open_checkout: OpenCheckout
) -> None:
    """Two sessions in two tabs of one browser each end at their own URL."""
    first = open_checkout(merchant.create_checkout(merchant.urls(TAIL)))
    second = open_checkout(
        merchant.create_checkout(merchant.urls(TAIL)), alongside=[first], same_browser_as=first
    )

    first.cancel()
    second.pay(cards.APPROVED)

    must_land(first, Outcome.CANCEL)
    must_land(second, Outcome.SUCCESS)


@pytest.mark.sandbox
def test_shared_url_gets_the_id_of_each_session(
    merchant: Merchant, open_checkout: OpenCheckout
) -> None:
    """A shop with the same URLs for all sessions gets the id of the session just paid."""
    urls = merchant.urls(TAIL)
    first = open_checkout(merchant.create_checkout(urls)).pay(cards.APPROVED)
    must_land(first, Outcome.SUCCESS)
    second = open_checkout(merchant.create_checkout(urls), alongside=[first])

    second.pay(cards.APPROVED)

    must_land(second, Outcome.SUCCESS)


@pytest.mark.standin_only
def test_two_merchants_do_not_mix(
    new_merchant: MerchantFactory, open_checkout: OpenCheckout
) -> None:
    """Open sessions of two merchants end at the URLs of their own merchants."""
    one, other = new_merchant(), new_merchant()
    first = open_checkout(one.create_checkout(one.urls(TAIL)))
    second = open_checkout(other.create_checkout(other.urls(TAIL)), alongside=[first])

    for shopper in (second, first):
        shopper.cancel()

    for shopper in (second, first):
        must_land(shopper, Outcome.CANCEL)


@pytest.mark.sandbox
def test_returning_shopper_lands_on_the_new_url(
    merchant: Merchant, open_checkout: OpenCheckout
) -> None:
    """A shopper who buys again with the same cookies, or in the same tab, lands on the new URL."""
    first = open_checkout(merchant.create_checkout(merchant.urls(TAIL)))
    first.cancel()
    must_land(first, Outcome.CANCEL)
    memory = first.page.context.storage_state()
    again = open_checkout(
        merchant.create_checkout(merchant.urls(TAIL)), alongside=[first], storage_state=memory
    )
    again.cancel()
    must_land(again, Outcome.CANCEL)
    third = open_checkout(
        merchant.create_checkout(merchant.urls(TAIL)), alongside=[first, again], same_tab_as=again
    )

    third.pay(cards.DECLINED)

    must_land(third, Outcome.FAILURE)


@pytest.mark.sandbox
@pytest.mark.parametrize("card", ONE_OF_EACH_BRAND, ids=lambda card: card.brand)
def test_every_brand_lands_on_success(shopper: Shopper, card: cards.Card) -> None:
    """An approved card of any brand leads to the success URL."""
    shopper.pay(card)

    must_land(shopper, Outcome.SUCCESS)


@pytest.mark.standin_only
@pytest.mark.parametrize("name", CARTS)
def test_amount_does_not_change_the_landing(
    merchant: Merchant, open_checkout: OpenCheckout, name: str
) -> None:
    """Large amounts, with tax and several lines, land like small ones.

    On a sandbox amounts from $100 up may choose the outcome, so only the stand-in is tested.
    """
    shopper = open_checkout(merchant.create_checkout(merchant.urls(RICH), cart=CARTS[name]))

    shopper.pay(cards.APPROVED)

    must_land(shopper, Outcome.SUCCESS)


@pytest.mark.sandbox
@EVERY_OUTCOME
def test_cart_does_not_change_the_landing(
    merchant: Merchant, open_checkout: OpenCheckout, outcome: Outcome
) -> None:
    """Several lines with quantities, a note and tax end like a single one."""
    shopper = open_checkout(merchant.create_checkout(merchant.urls(RICH), cart=FULL_CART))

    shopper.finish(outcome)

    must_land(shopper, outcome)


@pytest.mark.sandbox
@pytest.mark.parametrize("name", CUSTOMERS)
def test_customer_does_not_change_the_landing(
    merchant: Merchant, open_checkout: OpenCheckout, name: str
) -> None:
    """A customer with few details, or with accents in the name, lands on the success URL."""
    shopper = open_checkout(merchant.create_checkout(merchant.urls(RICH), customer=CUSTOMERS[name]))

    shopper.pay(cards.APPROVED)

    must_land(shopper, Outcome.SUCCESS)


@pytest.mark.sandbox
def test_decline_needs_no_cancel_url(merchant: Merchant, open_checkout: OpenCheckout) -> None:
    """Without a cancel URL a declined card still leads to the failure URL."""
    urls = merchant.urls(RICH, only={Outcome.SUCCESS, Outcome.FAILURE})
    shopper = open_checkout(merchant.create_checkout(urls))

    shopper.pay(cards.DECLINED)

    must_land(shopper, Outcome.FAILURE)


@pytest.mark.standin_only
def test_reopened_link_after_decline_shows_the_form(
    shopper: Shopper, begin_checkout: OpenCheckout
) -> None:
    """A link that is opened again after a decline shows the form and does not redirect."""
    must_land(shopper.pay(cards.DECLINED), Outcome.FAILURE)
    again = begin_checkout(shopper.checkout, alongside=[shopper])

    again.open_link()

    must_stay(again, Outcome.FAILURE)


@pytest.mark.standin_only
@pytest.mark.parametrize("winner", ["dashboard", "request"])
def test_missing_url_of_the_winning_source_comes_from_the_other(
    new_merchant: MerchantFactory, open_checkout: OpenCheckout, winner: str
) -> None:
    """If the winning source lacks the cancel URL, only that one comes from the other source."""
    helper = new_merchant()
    half = helper.urls(RICH, only={Outcome.SUCCESS, Outcome.FAILURE})
    whole = helper.urls(RICH)
    dashboard, request = (half, whole) if winner == "dashboard" else (whole, half)
    merchant = new_merchant(dashboard=dashboard, precedence=winner)
    paid = open_checkout(merchant.create_checkout(request)).pay(cards.APPROVED)
    must_land(paid, Outcome.SUCCESS)
    end_checkout(paid)
    left = open_checkout(merchant.create_checkout(request))

    left.cancel()

    must_land(left, Outcome.CANCEL)
