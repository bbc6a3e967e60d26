"""A configured redirect URL and its placeholders, cut into parts with holes.

The holes are found by putting a marker into each before a browser's parser sees
the URL, so that a merchant's own ``%7B`` is never taken for a placeholder.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from clover.address import Address, parse

SESSION_ID = "{CHECKOUT_SESSION_ID}"
ERROR_CODE = "{ERROR_CODE}"

#: Placeholder -> the clause that its value belongs to.
CLAUSE_OF = {SESSION_ID: "session-id", ERROR_CODE: "error-code"}

#: Plain lower-case letters and digits: no part of a URL encodes or folds them.
_MARKS = {SESSION_ID: "zq4session8qz", ERROR_CODE: "zq4error8qz"}


@dataclass(frozen=True, slots=True)
class Hole:
    """The place of one placeholder."""

    placeholder: str


Parts = tuple[str | Hole, ...]

#: Placeholder -> its value, None where nobody knows.
Values = Mapping[str, str | None]


def cut(text: str) -> Parts:
    """Split marked text into literals and holes."""
    parts: list[str | Hole] = []
    rest = text
    while True:
        found = [(rest.find(mark), name) for name, mark in _MARKS.items() if mark in rest]
        if not found:
            return (*parts, rest) if rest else tuple(parts)
        at, name = min(found)
        parts += [rest[:at], Hole(name)] if at else [Hole(name)]
        rest = rest[at + len(_MARKS[name]) :]


def render(parts: Parts, values: Values, unknown: str = "…") -> str:
    """Fill the holes; one whose value nobody knows shows as ``unknown``."""
    return "".join(
        part if isinstance(part, str) else _or(values.get(part.placeholder), unknown)
        for part in parts
    )


def _or(value: str | None, unknown: str) -> str:
    return unknown if value is None else value


def settle(parts: Parts, values: Values) -> Parts:
    """Turn every hole whose value is known into plain text."""
    settled: list[str | Hole] = []
    for part in parts:
        value = part if isinstance(part, str) else values.get(part.placeholder)
        if value is None:
            settled.append(part)
        elif settled and isinstance(settled[-1], str):
            settled[-1] += value
        else:
            settled.append(value)
    return tuple(settled)


def has_holes(parts: Parts) -> bool:
    """Whether a placeholder stands in it."""
    return any(isinstance(part, Hole) for part in parts)


def plain(parts: Parts, values: Values) -> str | None:
    """The text with its holes filled, or None where nobody knows a value."""
    return None if has_holes(settle(parts, values)) else render(parts, values)


def fill(parts: Parts, text: str, *, barred: str | None = None) -> tuple[str, ...] | None:
    """What stands in each hole of ``text``, or None where the literals differ.

    Args:
        parts: literals and holes.
        text: what may have come of them.
        barred: what no hole can hold: a slash ends a path's segment, and what was put
            into one segment cannot reach into the next.
    """
    contents: list[str] = []
    at = 0
    for index, part in enumerate(parts):
        if isinstance(part, Hole):
            if index and isinstance(parts[index - 1], Hole):
                contents.append("")
            continue
        found = _find(text, part, at, first=index == 0, last=index == len(parts) - 1)
        if found is None:
            return None
        if index:  # two literals never meet, so a hole stands before this one
            contents.append(text[at:found])
        at = found + len(part)
    if parts and isinstance(parts[-1], Hole):
        contents.append(text[at:])
        at = len(text)
    if at != len(text) or (barred and any(barred in content for content in contents)):
        return None
    return tuple(contents)


def _find(text: str, literal: str, at: int, *, first: bool, last: bool) -> int | None:
    if first:
        return 0 if text.startswith(literal) else None
    if last:
        end = len(text) - len(literal)
        return end if end >= at and text.endswith(literal) else None
    found = text.find(literal, at)
    return None if found < 0 else found


def literal_placeholders(text: str) -> int:
    """How many placeholders stand in ``text`` unsubstituted, in any encoding or case."""
    for _ in range(3):
        text = unquote(text)
    folded = text.casefold()
    return sum(folded.count(name.casefold()) for name in CLAUSE_OF)


@dataclass(frozen=True, slots=True)
class Template:
    """One configured redirect URL.

    Attributes:
        raw: as the merchant wrote it.
        address: as a browser reads it, with marks in the place of placeholders.
        values: what each placeholder must become, None where nobody knows.
    """

    raw: str
    address: Address
    values: Values

    @property
    def host(self) -> Parts:
        """The host, with holes."""
        return cut(self.address.host)

    @property
    def path(self) -> Parts:
        """The path, with holes."""
        return cut(self.address.path)

    @property
    def pieces(self) -> tuple[Parts, ...]:
        """The query's pieces, with holes."""
        return tuple(cut(piece) for piece in self.address.pieces)

    @property
    def fragment(self) -> Parts:
        """The fragment, with holes."""
        return cut(self.address.fragment)

    @property
    def host_values(self) -> Values:
        """The values as a host writes them: in lower case."""
        return {
            name: None if value is None else value.lower() for name, value in self.values.items()
        }

    @property
    def path_values(self) -> Values:
        """The values as a path writes them: a brace is encoded there and nowhere else."""
        return {
            name: None if value is None else parse(f"https://x.example/{value}").path[1:]
            for name, value in self.values.items()
        }

    def expected(self) -> Address:
        """The landing as a browser's address bar shows it; what nobody knows shows as ``…``."""
        return Address(
            scheme=self.address.scheme,
            host=render(self.host, self.host_values),
            port=self.address.port,
            path=render(self.path, self.path_values),
            query="&".join(render(piece, self.values) for piece in self.pieces),
            fragment=render(self.fragment, self.values),
            user=self.address.user,
            asks=self.address.asks,
        )


def template(raw: str, values: Values, appended: Sequence[str] = ()) -> Template:
    """Read a configured redirect URL.

    Args:
        raw: as it was sent to Clover or saved on the dashboard.
        values: placeholder -> its value, None where nobody knows.
        appended: query pieces that the provider adds of its own.

    Raises:
        NotAUrl: a browser would refuse it.
    """
    marked = raw
    for name, mark in _MARKS.items():
        marked = marked.replace(name, mark)
    if appended:
        front, hash_sign, fragment = marked.partition("#")
        joint = "" if front.endswith(("?", "&")) else "&" if "?" in front else "?"
        marked = f"{front}{joint}{'&'.join(appended)}{hash_sign}{fragment}"
    return Template(raw, parse(marked), dict(values))
