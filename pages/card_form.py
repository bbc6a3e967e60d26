"""The card fields of the hosted page, each in an inner frame."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from playwright.sync_api import Locator

from pages.elements import Field
from pages.page_object import how_many
from pages.snapshot import Snapshot
from pages.words import checkout as words


class Card(Protocol):
    """The data on a card."""

    @property
    def number(self) -> str:
        """Digits, without blanks."""

    @property
    def expiry(self) -> str:
        """``MM/YY``."""

    @property
    def cvv(self) -> str:
        """Three or four digits."""

    @property
    def postal_code(self) -> str:
        """Any ZIP or postal code."""


#: How each field is found: by its words, or else by its autocomplete token.
FIELDS = {
    "number": (words.CARD_NUMBER, "cc-number"),
    "expiry": (words.EXPIRY, "cc-exp"),
    "cvv": (words.CVV, "cc-csc"),
    "postal_code": (words.POSTAL_CODE, "postal-code"),
}


def card_fields(seen: Snapshot) -> dict[str, list[Field]]:
    """Return the candidates for each field of the card."""
    return {name: seen.fields_labelled(*wording) for name, wording in FIELDS.items()}


@dataclass(frozen=True, slots=True)
class CardForm:
    """The four fields, found by what a shopper sees, in whichever frame they are.

    Attributes:
        key_delay_ms: pause between two keys; a third party needed about 30 ms on Clover's frames.
        used: names of the fields that may hold text; the others need no clearing, which saves a
            round trip to the browser for each.
    """

    number: Locator
    expiry: Locator
    cvv: Locator
    postal_code: Locator
    key_delay_ms: float = 0
    used: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, seen: Snapshot, key_delay_ms: float) -> "CardForm | None":
        """Return the form, or None while a field is missing or ambiguous."""
        candidates = card_fields(seen)
        if any(len(fields) != 1 for fields in candidates.values()):
            return None
        locators = {name: fields[0].locator() for name, fields in candidates.items()}
        used = {name for name, fields in candidates.items() if fields[0].filled}
        return cls(**locators, key_delay_ms=key_delay_ms, used=used)

    def type(self, card: Card, note: Callable[[str], object]) -> None:
        """Type the card key by key: the frames ignore values that are set in another way.

        Args:
            card: its four values are typed.
            note: takes the name of each field before it is typed.
        """
        for name, ((label, *_), _) in FIELDS.items():
            note(f"types “{label}”")
            place: Locator = getattr(self, name)
            place.click()
            if name in self.used and place.input_value():
                place.press("ControlOrMeta+a")
                place.press("Delete")
            self.used.add(name)
            place.press_sequentially(getattr(card, name), delay=self.key_delay_ms)


def missing_fields(seen: Snapshot) -> list[str]:
    """The fields that are missing or ambiguous, one phrase each."""
    return [
        f"the field “{FIELDS[name][0][0]}”" + how_many(fields)
        for name, fields in card_fields(seen).items()
        if len(fields) != 1
    ]
