"""Search for secrets in URLs, headers, titles and requests to the merchant."""

import base64
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote_plus

from clover.host_ownership import HostOwnership
from records.observation import WINDOW_NAME, Hop, Observation
from records.verdict import Violation

#: Shorter runs of a card number's digits also occur in ids by chance.
_RUN = 8

#: Base64 in URLs replaces two characters.
_URL_SAFE = str.maketrans("+/", "-_")

#: A separator between two groups of digits. The same sign several times is a mask: the first
#: six and the last four digits may be shown (PCI DSS 4.0, requirement 3.4.1).
_SEPARATOR = re.compile(r"(?<=\d)(?:\s+|\s*[-+._/,:]\s*)(?=\d)")

#: Names of parameters for values that are too short to be told from other digits.
CVV_NAMES = ("cvv", "cvc", "csc", "cvn", "security")
EXPIRY_NAMES = ("exp",)

#: What separates words: those of a sentence, or a parameter's name and value.
_NO_WORD = re.compile(r"[^a-z0-9_]+")


@dataclass(frozen=True, slots=True)
class Secret:
    """A text that must not be readable along the way.

    Attributes:
        name: shown in a verdict in place of the value.
        is_card: compare digits, in any grouping; eight in a row are a leak.
        parameters: if given, the value is a leak only directly after a name that contains one
            of these words, as the value of a parameter or in a sentence.
        from_merchant: a leak only on the merchant's side: the provider may know its shopper's
            e-mail address, but must not pass it on in a URL.
    """

    name: str
    value: str
    is_card: bool = False
    from_merchant: bool = False
    parameters: tuple[str, ...] = ()

    def is_in(self, text: str) -> bool:
        """Whether ``text`` contains the secret, encoded or not."""
        readings = _decodings(text)
        if self.parameters:
            return any(self._follows_its_name_in(reading) for reading in readings)
        words = tuple(_encoded_words(self.value))
        return any(
            self._unencoded_in(reading) or any(word in reading for word in words)
            for reading in readings
        )

    def _follows_its_name_in(self, text: str) -> bool:
        words = [word for word in _NO_WORD.split(text.casefold()) if word]
        return any(
            self.value in (words[at + 1], "".join(words[at + 1 : at + 3]))
            for at, name in enumerate(words[:-1])
            if any(part in name for part in self.parameters)
        )

    def _unencoded_in(self, text: str) -> bool:
        if not self.is_card:
            return self.value.casefold() in text.casefold()
        digits = _SEPARATOR.sub("", text)
        return any(
            self.value[start : start + _RUN] in digits
            for start in range(len(self.value) - _RUN + 1)
        )


@lru_cache(maxsize=1024)
def _decodings(text: str) -> frozenset[str]:
    """Return a text as it is, decoded, and decoded twice; cached for the next secret."""
    once = unquote_plus(text)
    return frozenset({text, once, unquote_plus(once)})


def short_secrets(cvv: str, expiry: str) -> Iterator[Secret]:
    """Return CVV and expiry date of a card, in each form that a program may write.

    Args:
        cvv: three or four digits.
        expiry: ``MM/YY``.
    """
    yield Secret("card's CVV", cvv, parameters=CVV_NAMES)
    month, year = expiry.split("/")
    for written in (month + year, f"{month}20{year}", year + month, f"20{year}{month}"):
        yield Secret("card's expiry date", written, parameters=EXPIRY_NAMES)


def _encoded_words(value: str) -> Iterator[str]:
    """Return the value in hex and, at each of the three alignments, in base64."""
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
    """Find every place where a secret could be read.

    Args:
        secrets: the texts to search for.
        observed: the hops and the texts that others can read.
        landing: the request that brought the shopper to the merchant.
        allowed: the merchant's configured URL, if any; secrets in it are no leak.
    """
    merchants = [*_journal(observed), *(_hop(landing) if landing else ())]
    everyones = [place for hop in observed.hops for place in _hop(hop)]
    for secret in secrets:
        if allowed and secret.is_in(allowed):
            continue
        places = merchants if secret.from_merchant else [*merchants, *everyones, *observed.texts]
        where = [place for place, text in places if text and secret.is_in(text)]
        for place in dict.fromkeys(where):
            yield Violation("leaks-nothing", f"no {secret.name} in {place}", f"the {secret.name}")


def session_leaks(
    session_id: str, observed: Observation, landing: Hop, ownership: HostOwnership
) -> Iterator[Violation]:
    """Find what gives the checkout's own address to the merchant's site, besides the landing URL.

    Every script and image of that site gets the referrer, every later page the window's name, and
    both open the checkout. A merchant's own page may name its window as it likes.
    """
    known = Secret("session id", session_id)
    if ownership.is_provider(landing.referer) and known.is_in(landing.referer):
        due = f"no {known.name} in the landing's referrer"
        yield Violation("leaks-nothing", due, "the checkout's own address")
    names = [text for place, text in observed.texts if place == WINDOW_NAME]
    if observed.arrivals is not None and any(known.is_in(name) for name in names):
        yield Violation("leaks-nothing", f"no {known.name} in {WINDOW_NAME}", f"the {known.name}")


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
