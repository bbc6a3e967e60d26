"""Words that make every session's URLs its own."""

from collections.abc import Iterator
from hashlib import sha256
from itertools import count


def nonces(seed: int, test: str) -> Iterator[str]:
    """Words that differ between tests and sessions, and repeat with the seed."""
    for number in count(1):
        yield "r" + sha256(f"{seed} {test} {number}".encode()).hexdigest()[:12]
