"""Totals, taxes and their formats."""

import pytest

from standin.money import Line, Tax, add_up, dollars, tax_cents


@pytest.mark.parametrize(
    ("amount_cents", "rate", "expected"),
    [(500, 625_000, 31), (8, 625_000, 1), (7, 625_000, 0), (1000, 625_000, 63), (100, 0, 0)],
)
def test_tax_is_rounded_half_a_cent_up(amount_cents: int, rate: int, expected: int) -> None:
    """6.25 % of $5.00 is 31.25 cents, of $10.00 it is 62.5."""
    assert tax_cents(amount_cents, rate) == expected


def test_total_is_prices_times_quantities_and_the_tax_of_each_line() -> None:
    """Taxes of the same name and rate share a row; the total includes every line and tax."""
    vat, city = Tax("VAT", 625_000), Tax("City", 100_000)
    lines = [
        Line("Apple", 100, 3, "", (vat, city)),
        Line("Orange", 75, 2, "", (vat,)),
        Line("Gift", 10_000, 1, "", ()),
    ]

    totals = add_up(lines)

    assert totals.subtotal_cents == 10_450
    assert totals.taxes == ((vat, 19 + 9), (city, 3))
    assert totals.total_cents == 10_450 + 28 + 3


def test_amounts_beyond_floating_point_stay_exact() -> None:
    """Amounts are exact beyond the range of floating point."""
    huge = 9_007_199_254_740_993
    assert add_up([Line("Rocket", huge, 3, "", (Tax("T", 10_000_000),))]).total_cents == huge * 6


@pytest.mark.parametrize(
    ("cents", "text"), [(500, "$5.00"), (5, "$0.05"), (123_456, "$1,234.56"), (0, "$0.00")]
)
def test_amount_is_written_in_dollars(cents: int, text: str) -> None:
    """Cents always have two digits, thousands a comma."""
    assert dollars(cents) == text


@pytest.mark.parametrize(("rate", "text"), [(625_000, "6.25%"), (100_000, "1%"), (1, "0.00001%")])
def test_rate_is_written_in_percent(rate: int, text: str) -> None:
    """A rate is percent times 100,000."""
    assert Tax("T", rate).percent == text
