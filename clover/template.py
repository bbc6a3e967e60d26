"""Configured redirect URLs and their placeholders.

A marker replaces each placeholder before a browser's parser reads the URL, so that a
merchant's own ``%7B`` is never taken for a placeholder.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from urllib.parse import unquote

from clover.address import Address, parse

SESSION_ID = "{CHECKOUT_SESSION_ID}"
ERROR_CODE = "{ERROR_CODE}"

#: Placeholder -> the clause that its value belongs to.
CLAUSE_OF = {SESSION_ID: "session-id", ERROR_CODE: "error-code"}

#: Lower-case letters and digits: no part of a URL encodes or folds them.
_MARKERS = {SESSION_ID: "zq4session8qz", ERROR_CODE: "zq4error8qz"}

#: Any other text in braces, which may stand for an unknown value: {order}, {*}.
_SLOT = re.compile(r"\{[^{}]+\}")

#: Shown in the place of an unknown value. A browser encodes this character in every part.
UNKNOWN = "…"

#: Placeholder -> its value; None or absent if the value is unknown.
Values = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Slot:
    """The place of one placeholder in a text."""

    placeholder: str


@dataclass(frozen=True)  # no slots, because of the cached properties
class Pattern:
    """One part of a URL with slots for placeholders.

    Attributes:
        tokens: literals and slots in order, with at least one slot between two literals.
        values: what each placeholder must become.
        barred: a text that no value can contain, or "".
    """

    tokens: tuple[str | Slot, ...]
    values: Values
    barred: str = ""

    @cached_property
    def placeholders(self) -> tuple[str, ...]:
        """The placeholder of each slot."""
        return tuple(token.placeholder for token in self.tokens if isinstance(token, Slot))

    @cached_property
    def expected(self) -> str:
        """The text with its values, "…" for each unknown one."""
        tokens = self._substituted.tokens
        return "".join(token if isinstance(token, str) else UNKNOWN for token in tokens)

    @property
    def known(self) -> str | None:
        """The text with its values, or None if one of them is unknown."""
        return None if self._substituted.placeholders else self.expected

    @cached_property
    def _substituted(self) -> "Pattern":
        return self.substitute_known(leave="")

    def substitute_known(self, *, leave: str) -> "Pattern":
        """Replace every slot whose value is known, except those of the placeholder ``leave``."""
        tokens: list[str | Slot] = []
        for token in self.tokens:
            text = token if isinstance(token, str) else None
            if isinstance(token, Slot) and token.placeholder != leave:
                text = self.values.get(token.placeholder)
            if text is None:
                tokens.append(token)
            elif tokens and isinstance(tokens[-1], str):
                tokens[-1] += text
            elif text:
                tokens.append(text)
        return replace(self, tokens=tuple(tokens))

    def matches(self, text: str) -> bool:
        """Whether ``text`` is what is expected; an unknown value may be anything."""
        return self._substituted.resembles(text)

    def resembles(self, text: str) -> bool:
        """Whether ``text`` differs from the pattern in values at most."""
        return self.values_in(text) is not None

    def values_in(self, text: str) -> dict[str, str] | None:
        """Return what each placeholder became in ``text``, or None if the literals differ.

        Of adjacent slots the last one gets all text. The contents of several slots of one
        placeholder are joined.
        """
        values = dict.fromkeys(self.placeholders, "")
        name = ""  # the placeholder of the last slot
        for index, token in enumerate(self.tokens):
            last = index == len(self.tokens) - 1
            if isinstance(token, Slot):
                name = token.placeholder
                content, text = (text, "") if last else ("", text)
            else:
                content, found, text = text.rpartition(token) if last else text.partition(token)
                if not found:
                    return None
            if content:
                if not name or (self.barred and self.barred in content):
                    return None
                values[name] += content
        return None if text else values


def split_at_placeholders(
    text: str, markers: Mapping[str, str] = _MARKERS
) -> tuple[str | Slot, ...]:
    """Split a text with markers into literals and slots."""
    tokens: list[str | Slot] = []
    while found := [(text.find(m), name) for name, m in markers.items() if m in text]:
        start, name = min(found)
        tokens += [text[:start], Slot(name)] if start else [Slot(name)]
        text = text[start + len(markers[name]) :]
    return (*tokens, text) if text else tuple(tokens)


def literal_placeholders(text: str) -> int:
    """Count the unsubstituted placeholders in ``text``, in any encoding or case."""
    for _ in range(3):
        text = unquote(text)
    folded = text.casefold()
    return sum(folded.count(name.casefold()) for name in CLAUSE_OF)


@dataclass(frozen=True)
class Template:
    """One configured redirect URL.

    Attributes:
        raw: as the merchant wrote it.
        address: as a browser reads it, with markers in the place of placeholders.
        values: what each placeholder must become.
        markers: placeholder -> the text in its place.
    """

    raw: str
    address: Address
    values: Values
    markers: Mapping[str, str] = field(default_factory=lambda: _MARKERS)

    @cached_property
    def host(self) -> Pattern:
        """The host, in which a browser writes values in lower case."""
        lower = {name: None if v is None else v.lower() for name, v in self.values.items()}
        return Pattern(self._split(self.address.host), lower)

    @cached_property
    def path(self) -> Pattern:
        """The path, in which a browser encodes braces, and no value contains a slash."""
        encoded = {
            name: None if value is None else parse(f"https://x.example/{value}").path[1:]
            for name, value in self.values.items()
        }
        return Pattern(self._split(self.address.path), encoded, barred="/")

    @cached_property
    def pieces(self) -> tuple[Pattern, ...]:
        """The query's parameters, in which a browser encodes some characters of a value."""
        encoded = {
            name: None if value is None else parse(f"https://x.example/?{value}").query
            for name, value in self.values.items()
        }
        return tuple(Pattern(self._split(piece), encoded) for piece in self.address.pieces)

    @cached_property
    def fragment(self) -> Pattern:
        """The fragment."""
        return Pattern(self._split(self.address.fragment), self.values)

    def _split(self, text: str) -> tuple[str | Slot, ...]:
        return split_at_placeholders(text, self.markers)

    def expected(self) -> Address:
        """Return the landing as a browser's address bar shows it, "…" for unknown values."""
        return replace(
            self.address,
            host=self.host.expected,
            path=self.path.expected,
            query="&".join(piece.expected for piece in self.pieces),
            fragment=self.fragment.expected,
        )


def parse_template(
    raw: str, values: Values, appended: Sequence[str] = (), *, has_slots: bool = False
) -> Template:
    """Parse a configured redirect URL, or the pattern of one.

    Args:
        raw: as it was sent to Clover or saved on the dashboard.
        values: placeholder -> its value, None if unknown.
        appended: query parameters that the provider adds.
        has_slots: whether any other text in braces stands for an unknown value.

    Raises:
        NotAUrl: a browser would refuse it.
    """
    marked, markers = raw, dict(_MARKERS)
    for name, marker in _MARKERS.items():
        marked = marked.replace(name, marker)
    while has_slots and (slot := _SLOT.search(marked)):
        marker = f"zq4slot{len(markers)}qz"
        # Numbered, because a name that occurs again may have another value.
        markers[f"{slot[0]} {len(markers)}"] = marker
        marked = marked.replace(slot[0], marker, 1)
    if appended:
        front, hash_sign, fragment = marked.partition("#")
        separator = "" if front.endswith(("?", "&")) else "&" if "?" in front else "?"
        marked = f"{front}{separator}{'&'.join(appended)}{hash_sign}{fragment}"
    unknown = dict.fromkeys(markers.keys() - _MARKERS.keys())
    return Template(raw, parse(marked), {**values, **unknown}, markers)


def slot_values(template: Template, came: Address) -> list[tuple[str, str]]:
    """Return what the slots of a pattern became in a URL: pairs of name, in braces, and value.

    A slot of a part that does not fit has no value. A name that occurs twice has two.
    """
    places = [(template.host, came.host), (template.path, came.path)]
    for pattern in template.pieces:
        fitting = (piece for piece in came.pieces if pattern.resembles(piece))
        places += [(pattern, piece) for piece in [next(fitting, None)] if piece is not None]
    places.append((template.fragment, came.fragment))
    return [
        (name.rpartition(" ")[0], value)
        for pattern, text in places
        for name, value in (pattern.values_in(text) or {}).items()
        if name in template.markers and name not in _MARKERS
    ]
