"""Words that make every session's URLs its own."""

import re
from collections.abc import Iterator
from hashlib import sha256
from itertools import count

_NONCE = re.compile(r"(?<![0-9a-z])r[0-9a-f]{12}(?![0-9a-z])")


def nonce_of(url: str) -> str:
    """The session's word, wherever in a URL it stands; empty where there is none."""
    found = _NONCE.search(url)
    return found[0] if found else ""


def nonces(seed: int, test: str) -> Iterator[str]:
    """Words that differ between tests and sessions, and repeat with the seed."""
    for number in count(1):
        yield "r" + sha256(f"{seed} {test} {number}".encode()).hexdigest()[:12]
