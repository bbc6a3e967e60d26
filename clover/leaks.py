"""The clause that nothing confidential travels where others can read it."""

import base64
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote_plus

from records.observation import Hop, Observation
from records.verdict import Violation

#: Shorter runs of a card number's digits also occur in ids by chance.
_RUN = 8

#: Base64 as URLs carry it writes two letters differently.
_URL_SAFE = str.maketrans("+/", "-_")

#: What people write between two groups of digits. The same sign several times over is a
#: mask: the first six and the last four digits may be shown (PCI DSS 4.0, requirement 3.4.1).
_SEPARATOR = re.compile(r"(?<=\d)(?:\s+|\s*[-+._/,:]\s*)(?=\d)")


#: How programs call the parameters for what is too short to be told from other digits by itself.
CVV_NAMES = ("cvv", "cvc", "csc", "cvn", "security")
EXPIRY_NAMES = ("exp",)

#: What stands between words, be they a parameter's name and value or those of a sentence.
_NO_WORD = re.compile(r"[^a-z0-9_]+")


@dataclass(frozen=True, slots=True)
class Secret:
    """Something that nobody along the way may read.

    Attributes:
        name: what to call it in a verdict, in place of its value.
        value: the secret itself.
        is_card: compare by digits, in any grouping, eight in a row being too many.
        parameters: it is looked for right behind a name that holds one of these words alone,
            as the value of a parameter or in a sentence.
        from_merchant: only the merchant's side must not read it: the provider may know
            its shopper's e-mail address, but has no business to hand it on in a URL.
    """

    name: str
    value: str
    is_card: bool = False
    from_merchant: bool = False
    parameters: tuple[str, ...] = ()

    def stands_in(self, text: str) -> bool:
        """Whether ``text`` gives the secret away, encoded or not."""
        readings = _readings(text)
        if self.parameters:
            return any(self._is_given_in(reading) for reading in readings)
        words = tuple(_encoded_words(self.value))
        return any(
            self._plainly_in(reading) or any(word in reading for word in words)
            for reading in readings
        )

    def _is_given_in(self, text: str) -> bool:
        words = [word for word in _NO_WORD.split(text.casefold()) if word]
        return any(
            self.value in (words[at + 1], "".join(words[at + 1 : at + 3]))
            for at, name in enumerate(words[:-1])
            if any(part in name for part in self.parameters)
        )

    def _plainly_in(self, text: str) -> bool:
        if not self.is_card:
            return self.value.casefold() in text.casefold()
        digits = _SEPARATOR.sub("", text)
        return any(
            self.value[start : start + _RUN] in digits
            for start in range(len(self.value) - _RUN + 1)
        )


@lru_cache(maxsize=1024)
def _readings(text: str) -> frozenset[str]:
    """A text as it is, decoded, and decoded twice; each is asked for every secret there is."""
    once = unquote_plus(text)
    return frozenset({text, once, unquote_plus(once)})


def short_secrets(cvv: str, expiry: str) -> Iterator[Secret]:
    """What stands on a card beside its number, in each way that a program may write it.

    Args:
        cvv: three or four digits.
        expiry: ``MM/YY``.
    """
    yield Secret("card's CVV", cvv, parameters=CVV_NAMES)
    month, year = expiry.split("/")
    for written in (month + year, f"{month}20{year}", year + month, f"20{year}{month}"):
        yield Secret("card's expiry date", written, parameters=EXPIRY_NAMES)


def _encoded_words(value: str) -> Iterator[str]:
    """What the value looks like in hex and, at each of the three alignments, in base64."""
    if len(value) < _RUN:
        return
    yield value.encode().hex()
    for shift in range(3):
        encoded = base64.b64encode(b"\0" * shift + value.encode()).decode().rstrip("=")
        head, tail = (0, 2, 3)[shift], len(encoded) - 1
        yield encoded[head:tail]
        yield encoded[head:tail].translate(_URL_SAFE)


def leaks(
    secrets: Sequence[Secret], observed: Observation, landing: Hop | None, allowed: str | None
) -> Iterator[Violation]:
    """Every place where a secret could be read.

    Args:
        secrets: what must not be seen.
        observed: the hops and the texts that others can read.
        landing: the request that brought the shopper to the merchant.
        allowed: the merchant's own URL as configured, if any: what it holds is its own doing.
    """
    merchants = [*_journal(observed), *(_hop(landing) if landing else ())]
    everyones = [place for hop in observed.hops for place in _hop(hop)]
    for secret in secrets:
        if allowed and secret.stands_in(allowed):
            continue
        places = merchants if secret.from_merchant else [*merchants, *everyones, *observed.texts]
        where = [place for place, text in places if text and secret.stands_in(text)]
        for place in dict.fromkeys(where):
            yield Violation("leaks-nothing", f"no {secret.name} in {place}", f"the {secret.name}")


def _hop(hop: Hop) -> Iterator[tuple[str, str | None]]:
    yield "the URL of a hop", hop.url
    yield "the referrer of a hop", hop.referer
    yield "a Location header", hop.location


def _journal(observed: Observation) -> Iterator[tuple[str, str]]:
    for arrival in observed.arrivals or ():
        yield "a URL at the merchant's site", arrival.url
        yield "a body sent to the merchant's site", arrival.body
        for name, value in arrival.headers:
            yield f"the {name} header at the merchant's site", value
