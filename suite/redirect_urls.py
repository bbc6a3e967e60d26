"""Redirect URLs by outcome, and the unique words that tell one session's URLs from another's."""

import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from itertools import count

from records.outcome import Outcome

Urls = Mapping[Outcome, str]

_NONCE = re.compile(r"(?<![0-9a-z])r[0-9a-f]{12}(?![0-9a-z])")


def nonce_of(url: str) -> str:
    """Return the session's unique word from anywhere in a URL, or "" if there is none."""
    found = _NONCE.search(url)
    return found[0] if found else ""


def nonces(seed: int, test: str) -> Iterator[str]:
    """Yield words that differ between tests and sessions, and repeat with the seed."""
    for number in count(1):
        yield "r" + sha256(f"{seed} {test} {number}".encode()).hexdigest()[:12]


def without_braces(urls: Urls) -> dict[Outcome, str]:
    """Return the URLs as a dashboard takes them that refuses braces."""
    return {outcome: url.replace("{", "").replace("}", "") for outcome, url in urls.items()}
