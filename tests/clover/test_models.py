"""Request and session of the create-checkout call."""

from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from clover.models import (
    CheckoutRequest,
    CheckoutSession,
    Customer,
    LineItem,
    TaxRate,
    Tips,
    Totals,
)
from clover.times import TimeProblem

ITEM = LineItem(name="itemA", price_cents=500)

tax_rates = st.builds(TaxRate, name=st.just("tax"), rate=st.integers(0, 10_000_000))
line_items = st.builds(
    LineItem,
    name=st.just("item"),
    price_cents=st.integers(1, 10**9),
    unit_qty=st.integers(1, 1000),
    tax_rates=st.none() | st.lists(tax_rates, max_size=3).map(tuple),
)


SMALLEST = {
    "customer": {},
    "shoppingCart": {"lineItems": [{"name": "itemA", "price": 500, "unitQty": 1}]},
}


@pytest.mark.parametrize(("fields", "sent"), [
    ({}, {}),
    ({"redirect_urls": {}}, {"redirectUrls": {}}),
    *(({"redirect_urls": urls}, {"redirectUrls": urls}) for urls in (
        {"success": "https://a/", "failure": "b", "cancel": ""},
        {"success": "javascript:0", "failure": r"https:\\a/{X}"},
    )),
    ({"customer": Customer(first_name="A", last_name="D", email="@", phone_number="5")},
     {"customer": {"firstName": "A", "lastName": "D", "email": "@", "phoneNumber": "5"}}),
    ({"tips": Tips(enabled=True), "page_config_uuid": "PAGE"},
     {"tips": {"enabled": True}, "pageConfigUuid": "PAGE"}),
])  # fmt: skip
def test_request_has_the_documented_names(fields: dict[str, Any], sent: dict[str, object]) -> None:
    """Every field has Clover's name, any URL is sent as it is, and an empty customer too."""
    assert CheckoutRequest(line_items=(ITEM,), **fields).body() == SMALLEST | sent


def test_line_has_the_documented_names() -> None:
    """Every field of a line is sent under Clover's name."""
    tax = TaxRate(name="State", rate=625_000)
    fields = {"name": "a", "price_cents": 5, "unit_qty": 2, "note": "red", "item_ref_uuid": "I"}
    sent = {"name": "a", "price": 5, "unitQty": 2, "note": "red", "itemRefUuid": "I"}

    line = LineItem.model_validate({**fields, "tax_rates": (tax,)})

    assert CheckoutRequest(line_items=(line,)).body()["shoppingCart"] == {
        "lineItems": [{**sent, "taxRates": [{"name": "State", "rate": 625_000}]}]
    }


@pytest.mark.parametrize("fields", [
    {}, {"name": "itemA"}, {"price_cents": 500},
    *({"price_cents": 500, "name": name} for name in ("", "x" * 127)),
    *({"name": "itemA", "price_cents": price} for price in (0, -1, 5.0)),
    *({"name": "itemA", "price_cents": 500, **more} for more in ({"unit_qty": 0}, {"quantity": 2})),
])  # fmt: skip
def test_line_that_clover_refuses_cannot_be_built(fields: dict[str, object]) -> None:
    """A line without price or name, with a refused value, or no line at all, is an error."""
    with pytest.raises(ValidationError):
        LineItem.model_validate(fields)
    with pytest.raises(ValidationError):
        CheckoutRequest(line_items=())


def test_inventory_item_needs_no_name_and_price() -> None:
    """A line may refer to the merchant's inventory; its total is then unknown."""
    request = CheckoutRequest(line_items=(LineItem(item_ref_uuid="ITEM", unit_qty=3),))
    assert request.body()["shoppingCart"] == {"lineItems": [{"itemRefUuid": "ITEM", "unitQty": 3}]}
    with pytest.raises(ValueError, match="ITEM"):
        request.totals()


@pytest.mark.parametrize(("price_cents", "rate", "tax_cents"), [
    (1000, 625_000, 63),  # 62.5
    (1000, 624_999, 62),
    (1, 4_999_999, 0),
    (1, 5_000_000, 1),
    (999, 0, 0),
    (250, 10_000_000, 250),
])  # fmt: skip
def test_tax_rounds_half_a_cent_up(price_cents: int, rate: int, tax_cents: int) -> None:
    """A rate is percent times 100,000, and half a cent is rounded up."""
    assert TaxRate(name="tax", rate=rate).tax_cents(price_cents) == tax_cents


@given(st.lists(line_items, min_size=1, max_size=4).map(tuple))
def test_totals_round_each_line_and_rate(items: tuple[LineItem, ...]) -> None:
    """The totals agree with decimal arithmetic, rounded for each line and rate."""
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


def test_session_has_its_times() -> None:
    """A time in an unknown format is an error only for code that needs the time."""
    session = CheckoutSession(
        session_id="s", href="https://h/", created_time=1789639200000, expiration_time="tomorrow"
    )

    assert session.created == datetime(2026, 9, 17, 10, tzinfo=UTC)
    with pytest.raises(TimeProblem, match="expirationTime is 'tomorrow'"):
        _ = session.expires
    with pytest.raises(TimeProblem, match="createdTime is None"):
        _ = CheckoutSession(session_id="s", href="https://h/").created
