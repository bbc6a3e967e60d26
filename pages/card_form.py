"""The card fields of the hosted page, each in a frame of its own."""

from dataclasses import dataclass, field
from typing import Protocol

from playwright.sync_api import Locator

from pages import wording
from pages.survey import Field, Survey


class Card(Protocol):
    """What a shopper reads off a card."""

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


WANTED = {
    "number": wording.CARD_NUMBER,
    "expiry": wording.EXPIRY,
    "cvv": wording.CVV,
    "postal_code": wording.POSTAL_CODE,
}


@dataclass(frozen=True, slots=True)
class CardForm:
    """The four fields, found by what a shopper sees, in whichever frame they are.

    Attributes:
        key_delay_ms: pause between two keys; Clover's frames heed only keys, and a
            third party needed about 30 ms on its real ones.
        used: names of the fields in which something may stand; the others need no clearing,
            which saves a round trip to the browser for each.
    """

    number: Locator
    expiry: Locator
    cvv: Locator
    postal_code: Locator
    key_delay_ms: float = 0
    used: set[str] = field(default_factory=set)

    def type(self, card: Card) -> None:
        """Type the card in, key by key: the frames ignore values that no key typed."""
        for name in WANTED:
            self.retype(name, getattr(card, name))

    def retype(self, name: str, text: str) -> None:
        """Click into one field and type ``text``, in place of what stood there."""
        place: Locator = getattr(self, name)
        place.click()
        if name in self.used and place.input_value():
            place.press("ControlOrMeta+a")
            place.press("Delete")
        self.used.add(name)
        place.press_sequentially(text, delay=self.key_delay_ms)


def find(seen: Survey) -> dict[str, list[Field]]:
    """The candidates for each field."""
    return {name: seen.named(words) for name, words in WANTED.items()}


def form_of(seen: Survey, key_delay_ms: float) -> CardForm | None:
    """The form, once each of its fields is there and none is ambiguous."""
    candidates = find(seen)
    if any(len(fields) != 1 for fields in candidates.values()):
        return None
    locators = {name: fields[0].locator() for name, fields in candidates.items()}
    used = {name for name, fields in candidates.items() if fields[0].filled}
    return CardForm(**locators, key_delay_ms=key_delay_ms, used=used)


def complaints(seen: Survey) -> list[str]:
    """What is wrong with the fields, one phrase each."""
    said = []
    for name, fields in find(seen).items():
        label = f"the field “{WANTED[name][0]}”"
        if not fields:
            said.append(label)
        elif len(fields) > 1:
            said.append(f"{label}, of which there are {len(fields)} (one was expected)")
    return said
