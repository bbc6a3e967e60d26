"""Visible elements of a page, as a snapshot lists them."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, cast

from playwright.sync_api import ElementHandle, Frame, Locator

from pages.words.matching import says

_ELEMENT = "(number) => globalThis[Symbol.for('snapshot')]?.[number]"
#: Names that a shopper reads on a field itself, the best for a locator first.
_LABELS = ("placeholder", "label", "title", "frame")


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """A visible heading, message, text, frame, field or action.

    Attributes:
        number: its position in the snapshot of its frame.
        kind: "heading", "message", "text", "frame", "field" or "action".
        names: pairs of a source ("label", "title" …) and a name, the surest first.
        line: the element's text without that of its children.
        live: whether it is a live region: an alert, a status or the like.
        in_action: whether it is, or lies in, something that can be pressed.
    """

    frame: Frame
    number: int
    kind: str
    role: str
    names: tuple[tuple[str, str], ...]
    line: str
    live: bool
    in_action: bool
    disabled: bool

    @property
    def name(self) -> str:
        """The surest name, or empty."""
        return self.names[0][1] if self.names else ""

    def is_called(self, words: Sequence[str]) -> bool:
        """Whether one of its names is one of ``words``."""
        return any(says(name, words) for _, name in self.names)

    def describe(self) -> str:
        """The element in words, for a person."""
        kind = self.role if self.kind == "action" else self.kind
        return f"{kind} “{self.name or 'unnamed'}”"

    def handle(self) -> ElementHandle | None:
        """The element itself, or None if its page is gone."""
        return self.frame.evaluate_handle(_ELEMENT, self.number).as_element()


@dataclass(frozen=True, slots=True, kw_only=True)
class Field(Element):
    """A visible text field.

    Attributes:
        value: its text; empty for a password.
        secret: whether it is a password field.
        note: the text beside it: a hint, or what is wrong with the value.
    """

    value: str
    filled: bool
    secret: bool
    invalid: bool
    note: str
    autocomplete: str

    @property
    def labels(self) -> list[tuple[str, str]]:
        """The names that a shopper reads on the field itself, the best for a locator first."""
        labels = (pair for pair in self.names if pair[0] in _LABELS)
        return sorted(labels, key=lambda pair: _LABELS.index(pair[0]))

    def describe(self) -> str:
        """The field with all its labels."""
        labels = [name for _, name in self.labels] or [self.name or "unnamed"]
        return f"field “{' / '.join(dict.fromkeys(labels))}”"

    def names_from(self, source: str) -> str:
        """All names from one source, as one text."""
        return " ".join(name for origin, name in self.names if origin == source)

    def locator(self) -> Locator:
        """A lazy locator by the first label."""
        if not self.labels:
            return self.frame.locator(f'input[autocomplete~="{self.autocomplete}"]:visible')
        source, name = self.labels[0]
        if source == "frame":
            return self.frame.locator("input:visible, textarea:visible")
        find: Callable[..., Locator] = getattr(self.frame, f"get_by_{source}")
        return find(name, exact=True).filter(visible=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Action(Element):
    """A visible button, link, switch or anything else that can be pressed.

    Attributes:
        checked: state of a switch, tab or the like; None for anything else.
        row: all text of the row or card that it stands in.
        in_dialog: whether it belongs to a dialog.
        right: its right edge on the page, pixels.
        top: its upper edge on the page, pixels.
    """

    checked: bool | None
    row: str
    in_dialog: bool
    right: float
    top: float

    def locator(self) -> Locator:
        """A lazy locator by role and name; by text if it has no role."""
        if self.role == "text":
            return self.frame.get_by_text(self.name, exact=True).filter(visible=True)
        role = cast("Literal['link', 'button']", self.role)
        # Styles can show a text in capitals while the accessible name has small letters.
        words = r"\s*".join(re.escape(word) for word in self.name.split())
        name = re.compile(rf"^\s*{words}\s*$", re.IGNORECASE)
        return self.frame.get_by_role(role, name=name).filter(visible=True)
