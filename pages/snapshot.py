"""Snapshots of what a page shows, in all of its frames.

The DOM of Clover's pages is not published, and the card fields lie in frames of other origins.
So a snapshot lists what a person can see, and page objects pick from it by wording.
"""

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic
from typing import Any, TypeVar

from playwright.sync_api import Error, Frame, Page

from pages.elements import Action, Element, Field
from pages.words import checkout
from pages.words.matching import begins, says

_SCRIPT = Path(__file__).with_name("snapshot.js").read_text(encoding="utf-8")
#: Resolves at the page's next change. A change inside a frame of another origin reaches no
#: observer outside it, hence the limit.
_NEXT_CHANGE = """() => new Promise((resolve) => {
  const done = () => { observer.disconnect(); clearTimeout(limit); resolve(); };
  const observer = new MutationObserver(done);
  const limit = setTimeout(done, 40);
  observer.observe(document, { subtree: true, childList: true, attributes: true });
})"""

_DIGITS = re.compile(r"\d+")

Found = TypeVar("Found")
Placed = TypeVar("Placed", bound=Element)

_CLASSES: dict[str, type[Element]] = {"field": Field, "action": Action}


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What all visible frames show at one moment, each in the order of its page.

    Attributes:
        window_name: the name of the tab's window, which outlives a navigation to another site.
    """

    url: str = ""
    elements: tuple[Element, ...] = ()
    window_name: str = ""

    @property
    def fields(self) -> tuple[Field, ...]:
        """The text fields."""
        return tuple(element for element in self.elements if isinstance(element, Field))

    @property
    def actions(self) -> tuple[Action, ...]:
        """What can be pressed."""
        return tuple(element for element in self.elements if isinstance(element, Action))

    @property
    def lines(self) -> tuple[str, ...]:
        """Every line of text outside the inner frames."""
        main = (element for element in self.elements if element.frame.parent_frame is None)
        return tuple(element.line for element in main if element.line)

    @property
    def texts(self) -> list[str]:
        """Every text that is neither pressed nor typed into."""
        readable = (e for e in self.elements if e.kind in {"heading", "message", "text"})
        return [element.name for element in readable if not element.in_action]

    @property
    def heading(self) -> str:
        """The page's heading; "Payment Received" if that is a line of its own."""
        if checkout.PAYMENT_RECEIVED in self.lines:
            return checkout.PAYMENT_RECEIVED
        headings = (e for e in self.elements if e.role == "heading" and e.name)
        return next((e.name for e in headings if e.frame.parent_frame is None), "")

    @property
    def messages(self) -> list[str]:
        """The texts of live regions."""
        said = (e.name for e in self.elements if e.live and not checkout.says_in_progress(e.name))
        return list(dict.fromkeys(said))

    @property
    def alert(self) -> str:
        """The messages, and every other line about a decline, as one text."""
        declines = [line for line in self.lines if checkout.says_declined(line)]
        return " / ".join(dict.fromkeys([*self.messages, *declines]))

    @property
    def captcha(self) -> bool:
        """Whether a captcha asks for a person."""
        return any(
            element.is_called(checkout.NOT_A_ROBOT) or says(element.line, checkout.NOT_A_ROBOT)
            for element in self.elements
            if element.kind in {"action", "text"}
        )

    def new_texts(self, before: "Snapshot") -> list[str]:
        """The texts that ``before`` does not have, without signs of progress.

        Other digits make no other text: a countdown runs on every page that has one.
        """
        known = {_DIGITS.sub("0", text) for text in before.texts}
        new = (text for text in self.texts if _DIGITS.sub("0", text) not in known)
        return list(dict.fromkeys(text for text in new if not checkout.says_in_progress(text)))

    def fields_labelled(self, words: Sequence[str], autocomplete: str = "") -> list[Field]:
        """The fields with such a label; if there are none, those with this autocomplete token."""
        labelled = [f for f in self.fields if any(says(name, words) for _, name in f.labels)]
        return labelled or [
            field for field in self.fields if autocomplete and field.autocomplete == autocomplete
        ]

    def actions_that(self, fit: Callable[[str], bool]) -> list[Action]:
        """The actions with a name that fits."""
        return [action for action in self.actions if any(fit(name) for _, name in action.names)]

    def buttons_that(self, fit: Callable[[str], bool]) -> list[Action]:
        """The same without switches, tabs and folds."""
        actions = self.actions_that(fit)
        return [a for a in actions if a.checked is None and a.role != "summary"]

    def actions_called(self, words: Sequence[str]) -> list[Action]:
        """The actions called ``words``; if there are none, those whose name begins so."""
        return self.actions_that(lambda name: says(name, words)) or self.actions_that(
            lambda name: begins(name, words)
        )

    def shows(self, words: Sequence[str]) -> bool:
        """Whether a heading, message or text is one of ``words``."""
        return any(e.is_called(words) for e in self.elements if e.kind not in {"action", "field"})

    def after(self, words: Sequence[str], elements: Iterable[Placed]) -> list[Placed]:
        """Those of ``elements`` that stand after the first one called ``words``."""
        order = list(self.elements)
        at = next((i for i, element in enumerate(order) if element.is_called(words)), -1)
        return [element for element in elements if order.index(element) > at] if at >= 0 else []

    def inventory(self) -> list[str]:
        """Everything found but plain text, for a person who must repair a page object."""
        return [element.describe() for element in self.elements if element.kind != "text"]


def take_snapshot(page: Page, *, inner_frames: bool = True) -> Snapshot:
    """Look at every frame once; a frame that is going away shows nothing.

    Without ``inner_frames`` only the main frame is looked at, which takes much less time.
    """
    elements: list[Element] = []
    window_name = ""
    for frame in page.frames if inner_frames else [page.main_frame]:
        try:
            seen = json.loads(frame.evaluate(_SCRIPT))
        except Error:
            continue
        in_frame = [_element(frame, number, raw) for number, raw in enumerate(seen["elements"])]
        elements += _named_by_frame(frame, in_frame)
        window_name = seen["windowName"] if frame == page.main_frame else window_name
    return Snapshot(page.url, tuple(elements), window_name)


def _element(frame: Frame, number: int, raw: dict[str, Any]) -> Element:
    names = tuple((source, name) for source, name in raw.pop("names"))
    kind: type[Element] = _CLASSES.get(raw["kind"], Element)
    return kind(frame=frame, number=number, names=names, **raw)


def _named_by_frame(frame: Frame, elements: list[Element]) -> list[Element]:
    """Give the only field of a frame the frame's title if it has no label."""
    fields = [element for element in elements if isinstance(element, Field)]
    if frame.parent_frame is None or len(fields) != 1 or fields[0].labels:
        return elements
    try:
        element = frame.frame_element()
        title = element.get_attribute("title") or element.get_attribute("aria-label")
    except Error:
        return elements
    named = replace(fields[0], names=(("frame", title), *fields[0].names)) if title else fields[0]
    return [named if element is fields[0] else element for element in elements]


def wait_for(
    page: Page, pick: Callable[[Snapshot], Found | None], *, within_s: float
) -> tuple[Found | None, Snapshot]:
    """Take a snapshot after each change of the page until ``pick`` finds something.

    Returns:
        What was picked, or None after ``within_s`` seconds; and the last snapshot.
    """
    deadline = monotonic() + within_s
    while True:
        seen = take_snapshot(page)
        found = pick(seen)
        if found is not None or monotonic() > deadline:
            return found, seen
        try:
            page.evaluate(_NEXT_CHANGE)
        except Error:
            page.wait_for_load_state("domcontentloaded")
