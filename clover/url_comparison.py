"""Compare a landing with what was promised, part by part.

Equality decides; the holes of a template only say whose clause a difference breaks.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import unquote_plus

from clover.address import Address
from clover.template import (
    CLAUSE_OF,
    Hole,
    Parts,
    Template,
    Values,
    fill,
    has_holes,
    literal_placeholders,
    plain,
    render,
    settle,
)
from records.verdict import Violation


def compare(template: Template, came: Address) -> Iterator[Violation]:
    """Every difference between the promised and the reached URL, fragment included."""
    yield from _origin(template, came)
    yield from _text(template.path, template.path_values, came.path, "same-path", barred="/")
    yield from _query(template, came.pieces)
    yield from _text(template.fragment, template.values, came.fragment, "keeps-fragment")


def _origin(template: Template, came: Address) -> Iterator[Violation]:
    wanted = template.expected()
    if wanted.scheme != came.scheme or wanted.port != came.port:
        yield Violation("same-origin", wanted.origin, came.origin)
    else:
        yield from _text(template.host, template.host_values, came.host, "same-origin")
    if came.user not in {"", wanted.user}:  # a browser may keep a configured one to itself
        yield Violation("same-origin", wanted.user or "no user name", came.user)


def _matches(parts: Parts, values: Values, came: str, *, barred: str | None = None) -> bool:
    """Whether the text is what was promised, an unknown value being any."""
    return fill(settle(parts, values), came, barred=barred) is not None


def _text(
    parts: Parts, values: Values, came: str, clause: str, *, barred: str | None = None
) -> Iterator[Violation]:
    if _matches(parts, values, came, barred=barred):
        return
    for name in dict.fromkeys(_blame(parts, values, came, clause, barred)):
        yield Violation(name, render(parts, values) or "nothing", came or "nothing")


def _blame(parts: Parts, values: Values, came: str, clause: str, barred: str | None) -> list[str]:
    """The clauses of the holes that hold something else than promised, else ``clause``."""
    wrong = _alone(parts, values, came, barred) or _wrong(parts, values, came, barred)
    return [_hole_clause(name, held, values, clause) for name, held in wrong] or [clause]


def _alone(parts: Parts, values: Values, came: str, barred: str | None) -> list[tuple[str, str]]:
    """Each placeholder that explains the whole difference by itself, with what its holes hold.

    Neighbours without text between them can be told apart in no other way.
    """
    found = []
    for name in [name for name in CLAUSE_OF if values.get(name) is not None]:
        opened = settle(parts, {**values, name: None})
        contents = fill(opened, came, barred=barred)
        if contents is not None and Hole(name) in opened:
            found.append((name, _held(name, opened, contents)))
    return found


def _wrong(parts: Parts, values: Values, came: str, barred: str | None) -> list[tuple[str, str]]:
    """Where no placeholder explains the difference alone, each of them, with what it holds."""
    contents = fill(parts, came, barred=barred) or ()
    return [
        (name, _held(name, parts, contents) or "".join(contents))
        for name in CLAUSE_OF
        if contents and values.get(name) is not None
    ]


def _held(name: str, parts: Parts, contents: Sequence[str]) -> str:
    """What the holes of one placeholder hold; of neighbours, the last one holds it all."""
    holes = [part for part in parts if isinstance(part, Hole)]
    return "".join(contents[at] for at, hole in enumerate(holes) if hole.placeholder == name)


def _hole_clause(placeholder: str, held: str, values: Values, clause: str) -> str:
    """Whose fault a wrong content is: one that was to stay a placeholder is the part's own."""
    if not literal_placeholders(held):
        return CLAUSE_OF[placeholder]
    due = literal_placeholders(str(values[placeholder]))
    return clause if due else "no-literal-placeholder"


def _query(template: Template, came: Sequence[str]) -> Iterator[Violation]:
    wanted = template.pieces
    values = template.values
    in_place = map(lambda parts, piece: _matches(parts, values, piece), wanted, came)
    if len(wanted) == len(came) and all(in_place):
        return
    missing, extra = _unmatched(wanted, values, came)
    if not missing and not extra:
        yield Violation(
            "keeps-query", "&".join(render(p, values) for p in wanted), "&".join(came), "reordered"
        )
        return
    yield from _pair_up(missing, extra, wanted, values)


def _unmatched(
    wanted: Sequence[Parts], values: Values, came: Sequence[str]
) -> tuple[list[Parts], list[str]]:
    """What was promised and did not come, and what came and was not promised."""
    left = Counter(came)
    missing: list[Parts] = []
    unsure: list[Parts] = []
    for parts in wanted:
        text = plain(parts, values)
        if text is None:
            unsure.append(parts)
        elif left[text]:
            left[text] -= 1
        else:
            missing.append(parts)
    extra = list(left.elements())
    for parts in unsure:  # last, so that they take nobody else's piece
        match = next((piece for piece in extra if _matches(parts, values, piece)), None)
        if match is None:
            missing.append(parts)
        else:
            extra.remove(match)
    return missing, extra


def _pair_up(
    missing: list[Parts], extra: list[str], wanted: Sequence[Parts], values: Values
) -> Iterator[Violation]:
    """Blame each lost piece, then each uninvited one."""
    left = Counter(extra)
    named: dict[str, list[str]] = {}
    for piece in extra:
        named.setdefault(_name(piece), []).append(piece)
    for parts in missing:
        twin = _twin(parts, left, named)
        if twin is None:
            yield Violation(_owner(parts), render(parts, values) or "an empty piece", "nothing")
            continue
        left[twin] -= 1
        named[_name(twin)].remove(twin)
        yield from _text(parts, values, twin, _part_clause(parts, values, twin))
    known = {render(parts, values) for parts in wanted}
    for piece in left.elements():
        clause = "keeps-query" if piece in known or not piece else "no-extra-params"
        yield Violation(clause, "nothing more", piece or "an empty piece")


def _twin(parts: Parts, left: Counter[str], named: Mapping[str, Sequence[str]]) -> str | None:
    """The arrived piece that this promised one turned into, if any can be told."""
    namesakes = named.get(_name(render(parts, {})), ())
    if has_holes(parts):
        # A name that a placeholder is part of may have become any other.
        named_first = isinstance(parts[0], str) and "=" in parts[0]
        pieces = namesakes if named_first else [piece for piece in left if left[piece]]
        filled = next((piece for piece in pieces if fill(parts, piece) is not None), None)
        if filled is not None:
            return filled
    return next(iter(namesakes), None)


def _name(piece: str) -> str:
    return unquote_plus(piece.partition("=")[0])


def _owner(parts: Parts) -> str:
    """The clause of a lost piece: its placeholder's, else the merchant's own parameters'."""
    return next((CLAUSE_OF[p.placeholder] for p in parts if isinstance(p, Hole)), "keeps-query")


def _part_clause(parts: Parts, values: Values, came: str) -> str:
    """The clause of a changed piece: not its placeholder's where the value itself is there."""
    due = [values.get(part.placeholder) for part in parts if isinstance(part, Hole)]
    arrived = all(v is None or v in came or literal_placeholders(v) for v in due)
    return "keeps-query" if arrived else _owner(parts)
