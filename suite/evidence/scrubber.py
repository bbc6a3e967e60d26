"""Removal of secrets from text and bytes.

Three kinds are found: named secrets (tokens, passwords, typed card numbers) in every encoding;
card numbers, known ones or by their check digit; and values in a sensitive place, such as an
Authorization header or a password field.
"""

import base64
import json
import re
import tomllib
from collections.abc import Iterable, Iterator
from itertools import accumulate
from pathlib import Path
from urllib.parse import quote, quote_plus

from clover.redaction import MARK as HIDDEN

_TABLES = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))

SHORTEST_SECRET = 6
"""Characters; a shorter secret would match ordinary text, so it is hidden by its place only."""
SHORTEST_ENCODED = 8
"""Bytes; a shorter secret leaves too few certain characters in base64 to be recognised."""

SEPARATOR = rb"(?:[ +\-]|%20|%2D|%C2%A0|\xc2\xa0|\\u00a0|&nbsp;)"
SEPARATED = re.compile(rb"[._]|" + SEPARATOR, re.IGNORECASE)
DIGIT_RUN = re.compile(rb"\d(?:" + SEPARATOR + rb"?\d){7,}", re.IGNORECASE)
DOTTED = re.compile(rb"(?<![\d.])\d{4}([._])(?:\d{4}\1\d{4}\1\d{1,7}|\d{6}\1\d{4,5})(?![\d.])")
GROUPED = re.compile(
    r"^(?:\d{13,19}|\d{4}(?:\D+\d{4}){2,3}(?:\D+\d{1,4})?|\d{4}\D+\d{6}\D+\d{4,5})$"
)
ISSUERS = re.compile("|".join(_TABLES["issuers"].values()))
TELLING_RUN = 8
"""Consecutive digits of a known card that are hidden, for example of a half-typed number."""
SHOWN = 4
"""Last digits of a card that stay readable."""

PLACES = [
    re.compile(
        text.replace("HEADERS", _TABLES["headers"]).replace("FIELDS", _TABLES["fields"]).encode(),
        re.IGNORECASE | re.MULTILINE,
    )
    for text in _TABLES["places"].values()
]
COOKIE_LISTS = re.compile(rb'"cookies"\s*:\s*\[[^\]]*\]')
COOKIE_VALUE = re.compile(rb'("value"\s*:\s*")((?:[^"\\]|\\.)+)')


class Scrubber:
    """Knows the secrets of one run, and replaces them in text and bytes."""

    def __init__(self, cards: Iterable[str] = ()) -> None:
        self._spellings: dict[bytes, bytes] = {}
        self._cards: set[str] = set()
        # Each run of digits, with its position in a card and the length of that card.
        self._runs: dict[str, list[tuple[int, int]]] = {}
        self._named: set[str] = set()
        for number in cards:
            self.hide_card(number)

    @property
    def named(self) -> list[str]:
        """The secrets named so far, for another process; they must not be written anywhere."""
        return sorted(self._named)

    def hide(self, secret: str) -> None:
        """Hide ``secret`` in every encoding, or a card number in every grouping."""
        if len(secret) < SHORTEST_SECRET or secret in self._named:
            return
        self._named.add(secret)
        digits = re.sub(r"[ \-]", "", secret)
        if ISSUERS.fullmatch(digits) and luhn(digits):
            self.hide_card(digits)
            return
        for spelling in _spellings(secret):
            self._spellings.setdefault(spelling.lower(), HIDDEN.encode())
        for piece in _base64_pieces(secret.encode()):
            self._spellings.setdefault(piece.lower(), b"*" * len(piece))

    def hide_card(self, number: str) -> None:
        """Hide a card number in every grouping, except for its last four digits."""
        digits = re.sub(r"\D", "", number)
        if digits in self._cards:
            return
        self._cards.add(digits)
        for start in range(len(digits) - TELLING_RUN + 1):
            run = digits[start : start + TELLING_RUN]
            self._runs.setdefault(run, []).append((start, len(digits)))
        for spelling in _groupings(digits):
            for piece in _base64_pieces(spelling.encode()):
                self._spellings.setdefault(piece.lower(), b"*" * len(piece))

    def text(self, text: str) -> str:
        """Return ``text`` without secrets."""
        if not text:
            return text
        raw = text.encode("utf-8", "surrogatepass")
        clean = self.data(raw)
        return text if clean is raw else clean.decode("utf-8", "surrogatepass")

    def data(self, raw: bytes) -> bytes:
        """Return ``raw`` without secrets; the same object if there were none."""
        clean = raw
        lowered = clean.lower()
        for spelling, cover in self._spellings.items():
            if spelling in lowered:
                clean = re.sub(re.escape(spelling), cover, clean, flags=re.IGNORECASE)
                lowered = clean.lower()
        for place in PLACES:
            clean = place.sub(_cover_value, clean)
        clean = COOKIE_LISTS.sub(lambda found: COOKIE_VALUE.sub(_cover_value, found[0]), clean)
        for shape in (DIGIT_RUN, DOTTED):
            clean = shape.sub(self._cover_card, clean)
        return raw if clean == raw else clean

    def _cover_card(self, found: re.Match[bytes]) -> bytes:
        run = found[0]
        spelled = SEPARATED.sub(lambda gap: b" " * len(gap[0]), run)
        places = [index for index, byte in enumerate(spelled) if chr(byte).isdigit()]
        digits = "".join(chr(run[index]) for index in places)
        hidden = self._known(digits)
        if not hidden and _is_a_card(digits, spelled, found):
            hidden = set(range(len(digits) - SHOWN))
        if not hidden:
            return run
        covered = bytearray(run)
        for digit in hidden:
            covered[places[digit]] = ord("*")
        return bytes(covered)

    def _known(self, digits: str) -> set[int]:
        """Return the positions of the digits that belong to a known card and must be hidden."""
        hidden: set[int] = set()
        for start in range(len(digits) - TELLING_RUN + 1):
            fits = self._runs.get(digits[start : start + TELLING_RUN], ())
            if fits:
                shown_from = min(start + size - SHOWN - place for place, size in fits)
                hidden.update(range(start, min(start + TELLING_RUN, shown_from)))
        return hidden


def _cover_value(found: re.Match[bytes]) -> bytes:
    return found[1] + HIDDEN.encode()


def _is_a_card(digits: str, spelled: bytes, found: re.Match[bytes]) -> bool:
    """Whether an unknown number has the issuer, length, grouping and check digit of a card.

    Digits next to a letter, a dot or a dash belong to an id, a hash or a measurement.
    """
    before = found.string[max(found.start() - 1, 0) : found.start()]
    after = found.string[found.end() : found.end() + 2]
    if re.search(rb"[0-9A-Za-z_.\-]", before) or re.match(rb"[0-9A-Za-z_\-]|\.\d", after):
        return False
    grouped = GROUPED.match(spelled.decode("latin-1"))
    return bool(grouped and ISSUERS.fullmatch(digits)) and luhn(digits)


def luhn(digits: str) -> bool:
    """Whether the check digit of a card number is correct (ISO/IEC 7812)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (2 if place % 2 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0


def _spellings(secret: str) -> Iterator[bytes]:
    once = quote(secret, safe="")
    as_json = json.dumps(secret)[1:-1]
    as_html = secret.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    spellings = {
        secret,
        once,
        quote_plus(secret),
        quote(secret),
        quote(once, safe=""),
        as_json,
        as_json.replace("/", "\\/"),
        json.dumps(secret, ensure_ascii=False)[1:-1],
        json.dumps(as_json)[1:-1],
        as_html,
        as_html.replace('"', "&quot;").replace("'", "&#39;"),
        as_html.replace('"', "&#34;").replace("'", "&#x27;"),
    }
    for spelling in sorted(spellings, key=lambda text: (-len(text), text)):
        yield spelling.encode("utf-8", "surrogatepass")


def _groupings(digits: str) -> Iterator[str]:
    yield digits
    sizes = (4, 6, 5) if len(digits) in {14, 15} else (4, 4, 4, 4, 3)
    ends = list(accumulate(sizes))
    groups = [digits[end - size : end] for size, end in zip(sizes, ends, strict=True)]
    for gap in " -":
        yield gap.join(filter(None, groups))


def _base64_pieces(secret: bytes) -> Iterator[bytes]:
    """Yield the characters that base64 of any text with ``secret`` contains, at each offset."""
    if len(secret) < SHORTEST_ENCODED:
        return
    for offset in range(3):
        encoded = base64.b64encode(b"\0" * offset + secret)
        start = (offset * 8 + 5) // 6
        certain = (offset + len(secret)) * 8 // 6
        piece = encoded[start:certain]
        yield piece
        if {*piece} & {*b"+/"}:
            yield piece.translate(bytes.maketrans(b"+/", b"-_"))
