"""What a page of the dashboard shows at one moment, in all of its frames.

Nobody has published the dashboard's DOM. So a page is looked at for what a person could see,
in the order in which it stands there, and page objects pick from that by wording alone.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from playwright.sync_api import ElementHandle, Error, Frame, Page

from pages import wording
from pages.dashboard import words
from pages.waiting import wait_until

_SCRIPT = Path(__file__).with_name("look.js").read_text(encoding="utf-8")
_ROBOT = list(wording.NOT_A_ROBOT)

#: The element of a thing just seen; undefined where the page has gone since.
_ELEMENT = "(number) => globalThis[Symbol.for('what-was-seen')]?.[number]"

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Thing:
    """A visible field, action, heading, message or text.

    Attributes:
        names: what it is known by, the surest first; of a field these are its label, its title,
            the name of its group, what stands before it, its placeholder and its technical name.
        value: of a field, as it is right now; empty for a password.
        checked: of a switch, tab or the like; None where it has no such state.
        says: what stands beside a field: a hint, or what is wrong with it.
        row: all the text of the row or card it stands in.
    """

    frame: Frame
    number: int
    kind: str
    role: str
    names: tuple[str, ...]
    value: str
    checked: bool | None
    disabled: bool
    invalid: bool
    says: str
    row: str
    secret: bool
    focused: bool
    right: float
    top: float

    @property
    def name(self) -> str:
        """The surest name there is."""
        return next((name for name in self.names if name), "")

    def is_called(self, wanted: Sequence[str]) -> bool:
        """Whether one of its names is one of ``wanted``."""
        return any(words.says(name, wanted) for name in self.names)

    def element(self) -> ElementHandle | None:
        """The thing itself, as long as its page is still there."""
        return self.frame.evaluate_handle(_ELEMENT, self.number).as_element()


@dataclass(frozen=True, slots=True)
class Look:
    """What all visible frames show together, each in the order of the page."""

    url: str
    things: tuple[Thing, ...]
    captcha: bool

    def of(self, kind: str) -> list[Thing]:
        """The things of one kind."""
        return [thing for thing in self.things if thing.kind == kind]

    def actions(self, wanted: Sequence[str]) -> list[Thing]:
        """What can be pressed and says ``wanted``; what only begins so where nothing does."""
        offered = self.of("action")
        exact = [action for action in offered if action.is_called(wanted)]
        return exact or [
            action for action in offered if any(words.begins(n, wanted) for n in action.names)
        ]

    def fields(self, wanted: Sequence[str]) -> list[Thing]:
        """The fields called so."""
        return [field for field in self.of("field") if field.is_called(wanted)]

    def mentions(self, wanted: Sequence[str]) -> bool:
        """Whether something that is no action says ``wanted``."""
        return any(t.is_called(wanted) for t in self.things if t.kind not in {"action", "field"})

    def after(self, wanted: Sequence[str], things: Iterable[Thing]) -> list[Thing]:
        """Those of ``things`` that stand behind the first one that says ``wanted``."""
        order = list(self.things)
        at = next((i for i, thing in enumerate(order) if thing.is_called(wanted)), -1)
        return [thing for thing in things if order.index(thing) > at] if at >= 0 else []

    @property
    def password(self) -> Thing | None:
        """The field for a password."""
        return next((field for field in self.of("field") if field.secret), None)

    @property
    def alerts(self) -> list[str]:
        """What the page says aloud."""
        return [message.name for message in self.of("message")]

    @property
    def texts(self) -> list[str]:
        """Everything that can be read and is neither pressed nor typed into."""
        return [t.name for t in self.things if t.kind in {"heading", "message", "text"}]

    def inventory(self) -> list[str]:
        """Everything found, for a person who must mend the page object."""
        return [f"{t.kind} “{t.name or 'unnamed'}”" for t in self.things if t.kind != "text"]


def look(page: Page) -> Look:
    """Look at every frame once; a frame that is just going away shows nothing."""
    things: list[Thing] = []
    captcha = False
    for frame in page.frames:
        try:
            seen = frame.evaluate(_SCRIPT, _ROBOT)
        except Error:
            continue
        captcha = captcha or bool(seen["captcha"])
        things += [_thing(frame, number, raw) for number, raw in enumerate(seen["things"])]
    return Look(page.url, tuple(things), captcha)


def _thing(frame: Frame, number: int, raw: dict[str, Any]) -> Thing:
    names = tuple(" ".join(name.split()) for name in raw.pop("names"))
    return Thing(frame, number, names=names, **raw)


def wait_for(
    page: Page, pick: Callable[[Look], Found | None], *, within_s: float
) -> tuple[Found | None, Look]:
    """Look at the page after each change until ``pick`` finds what it wants.

    Returns:
        What was picked, or None when ``within_s`` seconds have passed; and the last look.
    """
    return wait_until(page, look, pick, within_s=within_s)
