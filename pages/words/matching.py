"""Comparison of a text on a page with a list of words."""

import re
from collections.abc import Iterable
from functools import lru_cache

_PARENTHESES = re.compile(r"\s*\(([^)]*)\)")
_SLASH = re.compile(r"\s*/\s*")
_E_WORDS = re.compile(r"\be-(?=commerce\b|mail\b)")
_NO_LETTER_BEFORE, _NO_LETTER_AFTER = r"(?<![^\W\d_])", r"(?![^\W\d_])"
_EDGES = " \t\n*:‹›«»←→<>✕×✖·|\u00a0"


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Return the words alone: lower case, single blanks, no arrows, stars, colons or "e-"."""
    words = " ".join(text.replace("’", "'").split()).casefold().strip(_EDGES)
    return _E_WORDS.sub("e", _SLASH.sub("/", words))


def says(text: str, words: Iterable[str]) -> bool:
    """Whether ``text`` is one of ``words``; containing one is not enough.

    "Expiration (MM/YY)" is both "Expiration" and "MM/YY".
    """
    wanted = {plain(word) for word in words}
    readings = [text, _PARENTHESES.sub("", text), *_PARENTHESES.findall(text)]
    return any(plain(reading) in wanted for reading in readings)


def begins(text: str, words: Iterable[str]) -> bool:
    """Whether ``text`` begins with one of ``words``: "Settings, opens a panel"."""
    return any(re.match(re.escape(plain(word)) + r"\b", plain(text)) for word in words)


def mentions(text: str, words: Iterable[str]) -> bool:
    """Whether ``text`` contains one of ``words``, with no letter before or after it."""
    phrases = "|".join(re.escape(plain(word)) for word in words)
    pattern = rf"{_NO_LETTER_BEFORE}(?:{phrases}){_NO_LETTER_AFTER}"
    return re.search(pattern, plain(text)) is not None
