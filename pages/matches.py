"""How often each locator of the hosted checkout page matches, for a person who repairs it."""

from collections.abc import Sequence
from dataclasses import dataclass

from pages.card_form import FIELDS, card_fields
from pages.elements import Element
from pages.snapshot import Snapshot
from pages.words import checkout as words
from pages.words.matching import mentions, says

#: Their names may stand on the page though nothing asks for a person.
_CAPTCHAS = ("reCAPTCHA", "hCaptcha", "captcha")


@dataclass(frozen=True, slots=True)
class Match:
    """What one locator finds.

    Attributes:
        what: the locator in words.
        needed: whether the page is of no use unless there is exactly one.
    """

    what: str
    found: Sequence[Element]
    needed: bool = True


def checkout_matches(seen: Snapshot) -> list[Match]:
    """Return a match for each locator of the hosted checkout page."""
    fields = {FIELDS[name][0][0]: found for name, found in card_fields(seen).items()}
    customer = {labels[0]: seen.fields_labelled(labels) for labels in words.CUSTOMER}
    banner = seen.buttons_that(lambda text: says(text, words.COOKIES))
    return [
        *(Match(f"field “{name}”", found) for name, found in fields.items()),
        Match(f"button “{words.PAY[0]} $…”", seen.buttons_that(words.says_pay)),
        Match(f"link “{words.CANCEL[0]}”", seen.buttons_that(words.says_cancel), needed=False),
        *(Match(f"field “{name}”", found, needed=False) for name, found in customer.items()),
        Match("cookie banner", banner, needed=False),
    ]


def mentions_captcha(seen: Snapshot) -> bool:
    """Whether the page names a captcha, which need not ask for a person."""
    return any(mentions(element.name or element.line, _CAPTCHAS) for element in seen.elements)
