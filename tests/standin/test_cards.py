"""Validation of cards, and which are declined."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from standin.cards import DECLINED, CardEntry, brand_of, find_errors

TODAY = datetime(2026, 11, 22, tzinfo=UTC)
VALID = CardEntry("4242 4242 4242 4242", "12/30", "123", "94041")


def errors(**changes: str) -> dict[str, str]:
    """The errors of a valid card with some fields replaced."""
    return find_errors(replace(VALID, **changes), TODAY)


@pytest.mark.parametrize(("number", "brand"), [
    ("4242424242424242", "Visa"), ("5204245250003294", "Mastercard"),
    ("378282246310005", "Amex"), ("30569309025904", "Diners"),
    ("3566002020360505", "JCB"), ("6011000050617475", "Discover"),
    ("9999999999999999", ""),
])  # fmt: skip
def test_brand_follows_from_the_number(number: str, brand: str) -> None:
    """The number determines the brand."""
    assert brand_of(number) == brand


@pytest.mark.parametrize("number", sorted(DECLINED))
def test_card_for_declines_is_well_formed(number: str) -> None:
    """The sandbox's decline cards pass the page's own checks."""
    cvv = "1234" if brand_of(number) == "Amex" else "123"
    assert errors(number=number, cvv=cvv) == {}


def test_first_card_of_the_documentation_is_approved() -> None:
    """The documentation's first card has no error, is not declined, and is never printed."""
    assert errors() == {}
    assert "4242424242424242" not in DECLINED
    assert "4242" not in repr(VALID)


INVALID = {
    "number": ["4242 4242 4242 4241", "4242", "٤٢٤٢٤٢٤٢٤٢٤٢٤٢٤٢"],
    "expiry": ["10/26", "13/30", "12/47", "1230"],
    "cvv": ["12", "1234", "12²"],
}


@pytest.mark.parametrize(("field", "value", "message"), [
    ("number", "", "Card number is required"),
    ("expiry", "", "Card expiry is required"),
    *(("number", value, "Card number is invalid.") for value in INVALID["number"]),
    *(("expiry", value, "Card expiry is invalid.") for value in INVALID["expiry"]),
    *(("cvv", value, "Card CVV is invalid.") for value in INVALID["cvv"]),
])  # fmt: skip
def test_error_names_field_and_mistake(field: str, value: str, message: str) -> None:
    """One wrong field gives one message with the measured wording."""
    assert errors(**{field: value}) == {field: message}
    assert errors(postal_code="9404") == {"zip": "Card postal code is invalid."}


@pytest.mark.parametrize("expiry", ["11/26", "12/26", "11/46"])
def test_card_is_good_until_the_end_of_its_month(expiry: str) -> None:
    """A card is valid until the end of its month, at most 20 years ahead."""
    assert errors(expiry=expiry) == {}


@pytest.mark.parametrize("postal_code", ["94041", "94041-1234", "K1A 0B1", "k1a0b1"])
def test_postal_codes_of_both_countries_are_accepted(postal_code: str) -> None:
    """Postal codes of the United States and Canada are valid."""
    assert errors(postal_code=postal_code) == {}
