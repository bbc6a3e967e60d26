"""Two URLs held against each other part by part, with the difference marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile

from clover.address import Address, NotAUrl, parse


@dataclass(frozen=True, slots=True)
class Piece:
    """One part of a URL on both sides.

    Attributes:
        expected, landed: None where that side does not have it.
        mark: start and end of what differs, in characters of ``expected`` and of ``landed``.
    """

    part: str
    expected: str | None
    landed: str | None
    mark: tuple[tuple[int, int], tuple[int, int]]

    @property
    def same(self) -> bool:
        """Whether both sides agree, byte for byte."""
        return self.expected == self.landed

    @property
    def verb(self) -> str:
        """What happened to this part, in one word."""
        if self.same:
            return "same"
        if self.landed is None:
            return "lost"
        return "added" if self.expected is None else "changed"


def compare(expected: str, landed: str) -> list[Piece]:
    """Cut both URLs as a browser does; query parameters are compared raw and in order.

    A URL that no browser reads is compared as a whole.
    """
    try:
        wanted, came = parse(expected), parse(landed)
    except NotAUrl:
        return [_piece("URL", expected, landed)]
    pieces = [
        _piece("scheme", wanted.scheme, came.scheme),
        _piece("host", wanted.host, came.host),
        _piece("port", wanted.port, came.port),
        _piece("path", wanted.path, came.path),
        *_parameters(wanted.pieces, came.pieces),
    ]
    fragments = _fragment(wanted), _fragment(came)
    return pieces + ([_piece("fragment", *fragments)] if any(fragments) else [])


def _fragment(address: Address) -> str | None:
    return address.fragment or None


def _parameters(wanted: Sequence[str], came: Sequence[str]) -> list[Piece]:
    pieces: list[Piece] = []
    matcher = SequenceMatcher(None, wanted, came, autojunk=False)
    for _, start, end, from_, to in matcher.get_opcodes():
        pieces += _paired(wanted[start:end], list(came[from_:to]))
    return pieces


def _paired(wanted: Sequence[str], came: list[str]) -> list[Piece]:
    """Match each parameter with one of the same name where there is one left."""
    pieces: list[Piece] = []
    for left in wanted:
        twin = next((right for right in came if _name(right) == _name(left)), None)
        if twin is not None:
            came.remove(twin)
        pieces.append(_piece("query", left, twin))
    return pieces + [_piece("query", None, right) for right in came]


def _name(parameter: str) -> str:
    return parameter.partition("=")[0]


def _piece(part: str, expected: str | None, landed: str | None) -> Piece:
    left, right = expected or "", landed or ""
    start = _shared(left, right)
    end = _shared(left[start:][::-1], right[start:][::-1])
    return Piece(part, expected, landed, ((start, len(left) - end), (start, len(right) - end)))


def _shared(left: str, right: str) -> int:
    pairs = zip(left, right, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
