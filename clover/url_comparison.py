"""Comparison of a landing URL with the expected one, part by part."""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from urllib.parse import unquote_plus

from clover.address import Address
from clover.template import CLAUSE_OF, UNKNOWN, Pattern, Template, literal_placeholders
from records.verdict import UrlDifference, Violation


def align(template: Template, came: Address) -> tuple[UrlDifference, ...]:
    """Return every part of both URLs, equal parts included.

    User name and fragment are left out if neither URL has one. A query whose parameters came
    in another order is one part; otherwise each parameter is a part, in the expected order,
    and the added parameters follow.
    """
    wanted = template.expected()
    user_same = came.user in {"", wanted.user}  # a browser may keep a configured one to itself
    parts = [
        UrlDifference("scheme", None, wanted.scheme, came.scheme, wanted.scheme == came.scheme),
        UrlDifference("user", None, wanted.user or None, came.user or None, user_same),
        _align_text("host", template.host, came.host),
        UrlDifference("port", None, wanted.port, came.port, wanted.port == came.port),
        _align_text("path", template.path, came.path),
        *_align_query(template.pieces, came.pieces),
        _align_text("fragment", template.fragment, came.fragment),
    ]
    return tuple(part for part in parts if part.expected is not None or part.came is not None)


def compare(template: Template, came: Address) -> Iterator[Violation]:
    """Find the clause that each difference between the expected and the landed URL breaks."""
    different = [part for part in align(template, came) if not part.same]
    by_part = {part.part: part for part in different}
    if moved := by_part.get("scheme") or by_part.get("port"):
        origin = template.expected().origin
        yield Violation("same-origin", origin, came.origin, difference=moved)
    elif host := by_part.get("host"):
        yield from _text_violations(host, template.host, "same-origin")
    if user := by_part.get("user"):
        yield _violation("same-origin", user, absent="no user name")
    if path := by_part.get("path"):
        yield from _text_violations(path, template.path, "same-path")
    query = (part for part in different if part.part == "query")
    yield from _query_violations(query, template.pieces)
    if fragment := by_part.get("fragment"):
        yield from _text_violations(fragment, template.fragment, "keeps-fragment")


def _align_text(part: str, pattern: Pattern, came: str) -> UrlDifference:
    same = pattern.matches(came)
    return UrlDifference(part, None, pattern.expected or None, came or None, same)


def _align_query(wanted: Sequence[Pattern], came: Sequence[str]) -> list[UrlDifference]:
    in_place = len(wanted) == len(came) and all(map(Pattern.matches, wanted, came))
    partners = {index: index for index in range(len(came))}
    if not in_place:
        partners = _partners(wanted, came)
    paired = []
    for index, pattern in enumerate(wanted):
        piece = came[partners[index]] if index in partners else None
        same = piece is not None and pattern.matches(piece)
        paired.append(UrlDifference("query", index, pattern.expected, piece, same))
    added = sorted(set(range(len(came))).difference(partners.values()))
    if not in_place and not added and all(part.same for part in paired):
        expected = "&".join(pattern.expected for pattern in wanted)
        return [UrlDifference("query", None, expected, "&".join(came))]
    return paired + [UrlDifference("query", index, None, came[index]) for index in added]


def _partners(wanted: Sequence[Pattern], came: Sequence[str]) -> dict[int, int]:
    """Return the index among the landed parameters of each expected one that is not lost."""
    partners: dict[int, int] = {}
    landed = _LandedParameters(came)
    for find in (landed.equal, landed.with_unknown_value, landed.changed):
        for index, pattern in enumerate(wanted):
            if index not in partners and (position := find(pattern)) is not None:
                partners[index] = position
                del landed.free[position]
    return partners


class _LandedParameters:
    """Landed parameters, of which those in ``free`` have no expected partner yet."""

    def __init__(self, came: Sequence[str]) -> None:
        self.free = dict(enumerate(came))
        self._by_text: dict[str | None, deque[int]] = defaultdict(deque)
        self._by_name: dict[str, deque[int]] = defaultdict(deque)
        for position, piece in self.free.items():
            self._by_text[piece].append(position)
            self._by_name[_name(piece)].append(position)

    def equal(self, pattern: Pattern) -> int | None:
        """Find a free parameter with the very text of the expected one."""
        return self._first_free(self._by_text[pattern.known])

    def with_unknown_value(self, pattern: Pattern) -> int | None:
        """Find a free parameter for an expected one with an unknown value."""
        if pattern.known is not None:
            return None
        return next((at for at, piece in self.free.items() if pattern.matches(piece)), None)

    def changed(self, pattern: Pattern) -> int | None:
        """Find a free parameter with other values or, failing that, of the same name."""
        name = _name(replace(pattern, values={}).expected)
        namesakes = self._by_name[name]
        if pattern.placeholders:
            # A name that contains a placeholder may have become any other name.
            candidates = self.free if UNKNOWN in name else namesakes
            for position in candidates:
                if position in self.free and pattern.resembles(self.free[position]):
                    return position
        return self._first_free(namesakes)

    def _first_free(self, positions: deque[int]) -> int | None:
        while positions and positions[0] not in self.free:
            positions.popleft()
        return positions[0] if positions else None


def _name(piece: str) -> str:
    return unquote_plus(piece.partition("=")[0])


def _query_violations(
    differences: Iterable[UrlDifference], wanted: Sequence[Pattern]
) -> Iterator[Violation]:
    texts = {pattern.expected for pattern in wanted}
    for difference in differences:
        expected, came = difference.expected, difference.came
        if expected is None:
            clause = "keeps-query" if not came or came in texts else "no-extra-params"
            piece = came or "an empty parameter"
            yield Violation(clause, "nothing more", piece, difference=difference)
        elif difference.index is None:
            yield Violation("keeps-query", expected, str(came), "reordered", difference)
        else:
            yield from _parameter_violations(difference, wanted[difference.index])


def _parameter_violations(difference: UrlDifference, pattern: Pattern) -> Iterator[Violation]:
    """Judge a lost or changed parameter: its placeholder is to blame unless its value came."""
    owner = next(
        (CLAUSE_OF[name] for name in pattern.placeholders if name in CLAUSE_OF), "keeps-query"
    )
    came = difference.came
    if came is None:
        expected = difference.expected or "an empty parameter"
        yield Violation(owner, expected, "nothing", difference=difference)
        return
    due = [pattern.values.get(name) for name in pattern.placeholders]
    arrived = all(v is None or v in came or literal_placeholders(v) for v in due)
    yield from _text_violations(difference, pattern, "keeps-query" if arrived else owner)


def _text_violations(
    difference: UrlDifference, pattern: Pattern, clause: str
) -> Iterator[Violation]:
    """Blame the placeholders that explain the difference, else ``clause``."""
    wrong = _wrong_values(pattern, difference.came or "")
    clauses = [
        _value_clause(str(pattern.values[name]), value, name, clause) for name, value in wrong
    ]
    for name in dict.fromkeys(clauses or [clause]):
        yield _violation(name, difference)


def _wrong_values(pattern: Pattern, came: str) -> list[tuple[str, str]]:
    """Find the placeholders whose value alone explains the difference, else all of them.

    Adjacent placeholders cannot be told apart in another way. Each comes with what it became.
    """
    alone = [
        (name, values[name])
        for name in dict.fromkeys(pattern.placeholders)
        if (values := pattern.substitute_known(leave=name).values_in(came)) is not None
    ]
    together = pattern.values_in(came) or {}
    joined = "".join(together.values())
    return alone or [(name, value or joined) for name, value in together.items()]


def _value_clause(due: str, value: str, placeholder: str, clause: str) -> str:
    """The clause of a wrong value; ``clause`` if the placeholder had to stay as written."""
    if not literal_placeholders(value):
        return CLAUSE_OF[placeholder]
    return clause if literal_placeholders(due) else "no-literal-placeholder"


def _violation(clause: str, difference: UrlDifference, absent: str = "nothing") -> Violation:
    expected, came = difference.expected or absent, difference.came or "nothing"
    return Violation(clause, expected, came, difference=difference)
