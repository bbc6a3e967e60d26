"""The request that goes to Clover, and the session that comes back."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from clover.models import (
    CheckoutRequest,
    CheckoutSession,
    Customer,
    LineItem,
    RedirectUrls,
    TaxRate,
    Tips,
    Totals,
)
from clover.times import TimeProblem

ITEM = LineItem(name="itemA", price_cents=500)

line_items = st.builds(
    LineItem,
    name=st.just("item"),
    price_cents=st.integers(1, 10**9),
    unit_qty=st.integers(1, 1000),
    tax_rates=st.none()
    | st.lists(
        st.builds(TaxRate, name=st.just("tax"), rate=st.integers(0, 10_000_000)), max_size=3
    ).map(tuple),
)


def test_smallest_request_sends_nothing_that_was_left_out() -> None:
    """What was not given is not on the wire; the customer is, though it is empty."""
    assert CheckoutRequest(line_items=(ITEM,)).body() == {
        "customer": {},
        "shoppingCart": {"lineItems": [{"name": "itemA", "price": 500, "unitQty": 1}]},
    }


def test_full_request_has_the_documented_names() -> None:
    """Every documented field is sent under Clover's name."""
    request = CheckoutRequest(
        customer=Customer(
            first_name="Alex", last_name="Doe", email="alex@example.com", phone_number="555"
        ),
        redirect_urls=RedirectUrls(success="https://a/", failure="https://b/", cancel="https://c/"),
        line_items=(
            LineItem(
                name="itemA",
                price_cents=500,
                unit_qty=2,
                note="red",
                item_ref_uuid="ITEM",
                tax_rates=(TaxRate(name="State", rate=625_000),),
            ),
        ),
        tips=Tips(enabled=True),
        page_config_uuid="PAGE",
    )

    assert request.body() == {
        "customer": {
            "firstName": "Alex",
            "lastName": "Doe",
            "email": "alex@example.com",
            "phoneNumber": "555",
        },
        "redirectUrls": {
            "success": "https://a/",
            "failure": "https://b/",
            "cancel": "https://c/",
        },
        "shoppingCart": {
            "lineItems": [
                {
                    "name": "itemA",
                    "price": 500,
                    "unitQty": 2,
                    "note": "red",
                    "itemRefUuid": "ITEM",
                    "taxRates": [{"name": "State", "rate": 625_000}],
                }
            ]
        },
        "tips": {"enabled": True},
        "pageConfigUuid": "PAGE",
    }


def test_absent_and_empty_redirect_urls_differ() -> None:
    """No redirect URLs leave the field out; an empty object is sent as one."""
    assert "redirectUrls" not in CheckoutRequest(line_items=(ITEM,)).body()
    assert (
        CheckoutRequest(line_items=(ITEM,), redirect_urls=RedirectUrls()).body()["redirectUrls"]
        == {}
    )


@pytest.mark.parametrize(
    "url", ["http://merchant.example/", "javascript:alert(1)", r"https:\\a/", "", "{ERROR_CODE}"]
)
def test_redirect_url_is_taken_as_it_is(url: str) -> None:
    """Any text is a redirect URL here, since odd ones are what is tested."""
    request = CheckoutRequest(line_items=(ITEM,), redirect_urls=RedirectUrls(success=url))

    assert request.body()["redirectUrls"] == {"success": url}


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"name": "itemA"},
        {"price_cents": 500},
        {"name": "", "price_cents": 500},
        {"name": "x" * 127, "price_cents": 500},
        {"name": "itemA", "price_cents": 0},
        {"name": "itemA", "price_cents": -1},
        {"name": "itemA", "price_cents": 5.0},
        {"name": "itemA", "price_cents": 500, "unit_qty": 0},
        {"name": "itemA", "price_cents": 500, "quantity": 2},
    ],
)
def test_line_that_clover_refuses_cannot_be_built(fields: dict[str, object]) -> None:
    """A line without price or name, or with one that Clover refuses, is an error at once."""
    with pytest.raises(ValidationError):
        LineItem.model_validate(fields)


def test_inventory_item_needs_no_name_and_price() -> None:
    """A line may name an item of the merchant's inventory instead."""
    request = CheckoutRequest(line_items=(LineItem(item_ref_uuid="ITEM", unit_qty=3),))

    assert request.body()["shoppingCart"] == {"lineItems": [{"itemRefUuid": "ITEM", "unitQty": 3}]}
    with pytest.raises(ValueError, match="ITEM"):
        request.totals()


def test_request_without_lines_cannot_be_built() -> None:
    """A checkout sells at least one thing."""
    with pytest.raises(ValidationError):
        CheckoutRequest(line_items=())


@pytest.mark.parametrize(
    ("price_cents", "rate", "tax_cents"),
    [
        (1000, 625_000, 63),  # 62.5
        (1000, 624_999, 62),
        (1, 4_999_999, 0),
        (1, 5_000_000, 1),
        (999, 0, 0),
        (250, 10_000_000, 250),
    ],
)
def test_tax_rounds_half_a_cent_up(price_cents: int, rate: int, tax_cents: int) -> None:
    """A rate is percent times 100,000, and half a cent counts as one."""
    assert TaxRate(name="tax", rate=rate).tax_cents(price_cents) == tax_cents


def test_tax_is_rounded_for_each_line_and_rate() -> None:
    """Two lines, or two rates, of half a cent each make two cents and not one."""
    half = TaxRate(name="half a cent", rate=50_000)
    one = LineItem(name="a", price_cents=100, tax_rates=(half,))
    both = LineItem(name="b", price_cents=100, tax_rates=(half, half))

    assert CheckoutRequest(line_items=(one, one)).totals() == Totals(
        subtotal_cents=200, tax_cents=2, total_cents=202
    )
    assert CheckoutRequest(line_items=(both,)).totals().tax_cents == 2


@given(st.lists(line_items, min_size=1, max_size=4).map(tuple))
def test_totals_agree_with_decimal_arithmetic(items: tuple[LineItem, ...]) -> None:
    """The sums are exact, whatever is sold."""
    subtotal = tax = Decimal(0)
    for item in items:
        line = Decimal(item.price_cents or 0) * item.unit_qty
        subtotal += line
        for rate in item.tax_rates or ():
            exact = line * Decimal(rate.rate).scaleb(-7)
            tax += exact.quantize(Decimal(1), rounding=ROUND_HALF_UP)

    assert CheckoutRequest(line_items=items).totals() == Totals(
        subtotal_cents=int(subtotal), tax_cents=int(tax), total_cents=int(subtotal + tax)
    )


def test_session_lives_as_long_as_its_times_say() -> None:
    """The session's times are read from the answer."""
    session = CheckoutSession(
        session_id="s",
        href="https://h/",
        created_time="2026-09-17T10:00:00.000Z",
        expiration_time=1789640099970,
    )

    assert (session.expires - session.created).total_seconds() == pytest.approx(899.97)


def test_session_with_unreadable_times_is_still_a_session() -> None:
    """A new shape of time stops only what asks for the time."""
    session = CheckoutSession(session_id="s", href="https://h/", created_time="tomorrow")

    with pytest.raises(TimeProblem, match="createdTime is 'tomorrow'"):
        _ = session.created
    with pytest.raises(TimeProblem, match="expirationTime is None"):
        _ = session.expires
