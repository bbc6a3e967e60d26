"""Test cards of the sandbox."""

import re
from datetime import date

import pytest

from clover import cards
from clover.cards import Card

_LENGTHS = {"American Express": 15, "Diners Club": 14}


def _named(card: Card) -> str:
    return f"{card.brand}-{card.last_four}"


def _luhn_sum(number: str) -> int:
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number))]
    return sum(sum(divmod(value, 10)) for value in doubled)


@pytest.mark.parametrize("card", cards.ALL, ids=_named)
def test_number_is_valid_and_never_printed(card: Card) -> None:
    """Each number is unique, has its brand's length and a valid check digit, and is not shown."""
    assert [other.number for other in cards.ALL].count(card.number) == 1
    assert card.number.isdigit()
    assert len(card.number) == _LENGTHS.get(card.brand, 16)
    assert _luhn_sum(card.number) % 10 == 0
    assert card.number[:8] not in f"{card!r} {card} {card.details()!r}"


def test_purpose_agrees_with_the_name() -> None:
    """Cards named declined are declined, and cards named approved are approved."""
    named = [(name, card) for name, card in vars(cards).items() if isinstance(card, Card)]
    wrong = {
        name
        for name, card in named
        for purpose in ("declined", "approved")
        if purpose.upper() in name.split("_") and not card.purpose.startswith(purpose)
    }

    assert wrong == set()
    assert all(card.purpose.startswith("declined") for card in cards.DECLINED_ALL)


@pytest.mark.parametrize(("card", "today", "expiry", "cvv"), [
    (cards.APPROVED, date(2026, 1, 31), "01/28", "123"),
    (cards.DECLINED_AMEX, date(2098, 12, 1), "12/00", "1234"),
], ids=["visa", "amex"])  # fmt: skip
def test_details_fit_the_brand_and_the_date(card: Card, today: date, expiry: str, cvv: str) -> None:
    """The expiry date is two years ahead, as MM/YY; American Express has a CVV of four digits."""
    details = card.details(today=today)
    assert (details.expiry, details.cvv) == (expiry, cvv)
    assert re.fullmatch(r"(0[1-9]|1[0-2])/\d\d", card.details().expiry)
