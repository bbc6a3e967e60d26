"""Conditions under which providers go wrong although they are right most of the time.

A shop sells often, to new and to returning shoppers, for small and large amounts, on all kinds of
cards. Each test meets a condition that the tests of other promises do not meet.
"""

from itertools import cycle, islice

import pytest

from clover import cards
from clover.models import Customer, LineItem, TaxRate
from clover.outcome import Outcome
from e2e.outcome_params import CARD_FOR, ENDS
from e2e.url_shapes import RICH
from suite.checkout.journey import Journey, Opener
from suite.checkout.precedence import close_the_books
from suite.merchant import NewShop, Shop

#: What fails every so manieth time fails among so many checkouts of one merchant.
SALES = 6
TAIL = "?order=A%20b&note=&session_id={CHECKOUT_SESSION_ID}#done"

ONE_OF_EACH_BRAND = (
    cards.APPROVED_VISA_DEBIT,
    cards.AVS_APPROVED_MASTERCARD,
    cards.APPROVED_AMEX,
    cards.APPROVED_DINERS,
    cards.APPROVED_JCB,
    cards.AVS_APPROVED_DISCOVER,
)

#: Several lines, quantities, a note and tax, below the amounts that may choose the answer.
FULL_CART = (
    LineItem(name="Apple", price_cents=199, unit_qty=3, note="green"),
    LineItem(
        name="Orange",
        price_cents=1_250,
        unit_qty=2,
        tax_rates=(TaxRate(name="MA", rate=625_000),),
    ),
)

#: $100.00 exactly; and $1,234.50 with 6.25 % on the larger line, $1,305.44 in all.
CARTS = {
    "$100.00": (LineItem(name="Chair", price_cents=10_000, unit_qty=1),),
    "thousands": (
        LineItem(
            name="Table",
            price_cents=113_500,
            unit_qty=1,
            tax_rates=(TaxRate(name="MA", rate=625_000),),
        ),
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
def test_busy_merchant_lands_every_time(shop: Shop, open_checkout: Opener) -> None:
    """Six checkouts of one merchant, two for each outcome, land on six URLs of their own."""
    before: list[Journey] = []
    for outcome in islice(cycle(Outcome), SALES):
        journey = open_checkout(shop.sell(shop.urls(TAIL)), beside=before)

        journey.finish(outcome, CARD_FOR[outcome])

        journey.must_end(outcome)
        before.append(journey)


@pytest.mark.standin_only
def test_two_merchants_do_not_mix(new_shop: NewShop, open_checkout: Opener) -> None:
    """Sessions of two merchants that are open at once end at the URLs of their own merchants."""
    one, other = new_shop(), new_shop()
    first = open_checkout(one.sell(one.urls(TAIL)))
    second = open_checkout(other.sell(other.urls(TAIL)), beside=[first])

    for journey in (second, first):
        journey.cancel()

    for journey in (second, first):
        journey.must_end(Outcome.CANCEL)


@pytest.mark.sandbox
def test_returning_shopper_lands_on_the_new_url(shop: Shop, open_checkout: Opener) -> None:
    """A shopper who buys again in the same browser, cookies and all, lands on the new URL."""
    first = open_checkout(shop.sell(shop.urls(TAIL)))
    first.cancel()
    first.must_end(Outcome.CANCEL)
    memory = first.page.context.storage_state()
    second = open_checkout(shop.sell(shop.urls(TAIL)), beside=[first], storage_state=memory)

    second.cancel()

    second.must_end(Outcome.CANCEL)


@pytest.mark.sandbox
@pytest.mark.parametrize("card", ONE_OF_EACH_BRAND, ids=lambda card: card.brand)
def test_every_brand_lands_on_success(shop: Shop, open_checkout: Opener, card: cards.Card) -> None:
    """An approved card of any brand leads to the success URL."""
    journey = open_checkout(shop.sell(shop.urls(RICH)))

    journey.pay(card)

    journey.must_end(Outcome.SUCCESS)


@pytest.mark.standin_only
@pytest.mark.parametrize("name", CARTS)
def test_amount_does_not_matter(shop: Shop, open_checkout: Opener, name: str) -> None:
    """Large amounts, with tax and several lines, land like small ones.

    On a sandbox amounts from $100 up may choose the answer, so this asks the stand-in alone.
    """
    journey = open_checkout(shop.sell(shop.urls(RICH), cart=CARTS[name]))

    journey.pay(cards.APPROVED)

    journey.must_end(Outcome.SUCCESS)


@pytest.mark.sandbox
@ENDS
def test_cart_does_not_matter(
    shop: Shop, open_checkout: Opener, outcome: Outcome, card: cards.Card
) -> None:
    """Several lines with quantities, a note and tax end like a single one."""
    journey = open_checkout(shop.sell(shop.urls(RICH), cart=FULL_CART))

    journey.finish(outcome, card)

    journey.must_end(outcome)


@pytest.mark.sandbox
@pytest.mark.parametrize("name", CUSTOMERS)
def test_customer_does_not_matter(shop: Shop, open_checkout: Opener, name: str) -> None:
    """Whoever buys, known by little or by a name in any letters, lands on the success URL."""
    journey = open_checkout(shop.sell(shop.urls(RICH), customer=CUSTOMERS[name]))

    journey.pay(cards.APPROVED)

    journey.must_end(Outcome.SUCCESS)


@pytest.mark.sandbox
def test_decline_needs_no_cancel_url(shop: Shop, open_checkout: Opener) -> None:
    """Where no cancel URL was sent, a declined card still leads to the failure URL."""
    urls = shop.urls(RICH, only={Outcome.SUCCESS, Outcome.FAILURE})
    journey = open_checkout(shop.sell(urls))

    journey.pay(cards.DECLINED)

    journey.must_end(Outcome.FAILURE)


@pytest.mark.standin_only
def test_declined_link_opened_again_can_be_paid(
    shop: Shop, open_checkout: Opener, begin_checkout: Opener
) -> None:
    """Who opens the link again after a decline sees the form, and is not sent away at once."""
    sale = shop.sell(shop.urls(RICH))
    first = open_checkout(sale).pay(cards.DECLINED)
    first.must_end(Outcome.FAILURE)
    again = begin_checkout(sale, beside=[first])

    again.press(lambda: again.checkout.go(sale.session.href))

    again.must_stay(Outcome.FAILURE)


@pytest.mark.standin_only
@pytest.mark.parametrize("winner", ["dashboard", "request"])
def test_half_filled_winner_is_completed_by_the_other(
    new_shop: NewShop, open_checkout: Opener, winner: str
) -> None:
    """Where the winning source lacks the cancel URL, only that one comes from the other source."""
    helper = new_shop()
    half = helper.urls(RICH, only={Outcome.SUCCESS, Outcome.FAILURE})
    whole = helper.urls(RICH)
    dashboard, request = (half, whole) if winner == "dashboard" else (whole, half)
    shop = new_shop(dashboard=dashboard, precedence=winner)
    paid = open_checkout(shop.sell(request)).pay(cards.APPROVED)
    paid.must_end(Outcome.SUCCESS)
    close_the_books(paid)
    left = open_checkout(shop.sell(request))

    left.cancel()

    left.must_end(Outcome.CANCEL)
