"""What a page shows its shopper at one moment, in all of its frames.

Nobody has published the DOM of Clover's hosted page, and its card fields lie in frames of
other origins. So the page is surveyed frame by frame for what a person could see, and page
objects pick from the survey by wording alone.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar

from playwright.sync_api import Error, Frame, Locator, Page

from pages import wording
from pages.waiting import wait_until
from pages.wording import says

_SCRIPT = Path(__file__).with_name("survey.js").read_text(encoding="utf-8")
_WANTED = {"marker": wording.PAYMENT_RECEIVED, "robot": list(wording.NOT_A_ROBOT)}

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Field:
    """A visible text field.

    Attributes:
        names: every name that a shopper knows it by, each with what carries it:
            "placeholder", "label", "title", or "frame" for the name of the frame that holds
            this field alone.
        filled: whether something stands in it already.
    """

    frame: Frame
    names: tuple[tuple[str, str], ...]
    autocomplete: str
    focused: bool
    filled: bool

    def is_called(self, words: Sequence[str]) -> bool:
        """Whether one of its names is one of ``words``."""
        return any(says(name, words) for _, name in self.names)

    def locator(self) -> Locator:
        """The field again, found by the first name that a shopper reads."""
        if not self.names:
            return self.frame.locator(f'input[autocomplete~="{self.autocomplete}"]:visible')
        carrier, name = self.names[0]
        if carrier == "frame":
            return self.frame.locator("input:visible")
        find = {
            "placeholder": self.frame.get_by_placeholder,
            "label": self.frame.get_by_label,
            "title": self.frame.get_by_title,
        }[carrier]
        return find(name, exact=True).filter(visible=True)


@dataclass(frozen=True, slots=True)
class Action:
    """A visible button or link."""

    frame: Frame
    role: str
    name: str
    disabled: bool
    focused: bool
    shown: str = ""
    asked: bool = False

    def fits(self, wanted: Callable[[str], bool]) -> bool:
        """Whether its name, or the text that can be read on it, is the wanted one."""
        return wanted(self.name) or wanted(self.shown)

    def locator(self) -> Locator:
        """The button or link again, by its role and name; by its text where it has no role."""
        if self.role == "text":
            return self.frame.get_by_text(self.name, exact=True).filter(visible=True)
        role: Literal["link", "button"] = "link" if self.role == "link" else "button"
        # Styles may show a text in capitals that the page's own names write in small letters.
        words = r"\s*".join(re.escape(word) for word in self.name.split())
        name = re.compile(rf"^\s*{words}\s*$", re.IGNORECASE)
        return self.frame.get_by_role(role, name=name).filter(visible=True)


@dataclass(frozen=True, slots=True)
class Survey:
    """What all visible frames show together.

    Attributes:
        window_name: what the pages of this tab tell one another unseen, across sites.
    """

    url: str
    fields: tuple[Field, ...]
    actions: tuple[Action, ...]
    headings: tuple[str, ...]
    alerts: tuple[str, ...]
    frames: tuple[str, ...]
    lines: tuple[str, ...]
    payment_received: bool
    captcha: bool
    window_name: str

    @property
    def heading(self) -> str:
        """The page's headline; "Payment Received" wherever that stands as a line of its own."""
        if self.payment_received:
            return wording.PAYMENT_RECEIVED
        return self.headings[0] if self.headings else ""

    @property
    def alert(self) -> str:
        """Every alert, as one text."""
        return " / ".join(self.alerts)

    def named(self, words: Sequence[str]) -> list[Field]:
        """The fields called so; by the platform's own names only where no wording fits."""
        by_wording = [field for field in self.fields if field.is_called(words)]
        token = wording.AUTOCOMPLETE.get(tuple(words), "")
        return by_wording or [f for f in self.fields if token and f.autocomplete == token]

    def offers(self, wanted: Callable[[str], bool]) -> list[Action]:
        """The buttons and links whose text fits."""
        return [action for action in self.actions if action.fits(wanted)]

    def inventory(self) -> list[str]:
        """Everything found, for a person who must mend the page object."""
        return [
            *(f"heading “{text}”" for text in self.headings),
            *(f"alert “{text}”" for text in self.alerts),
            *(
                f"field “{' / '.join(name for _, name in field.names) or 'unnamed'}”"
                for field in self.fields
            ),
            *(f"{action.role} “{action.name}”" for action in self.actions),
            *(f"frame “{title}”" for title in self.frames),
        ]


def survey(page: Page) -> Survey:
    """Look at every frame once; a frame that is just going away shows nothing."""
    return _survey(page, page.frames)


def survey_of_the_page_itself(page: Page) -> Survey:
    """The same without the frames inside the page, which are most of the work."""
    return _survey(page, [page.main_frame])


def _survey(page: Page, frames: Sequence[Frame]) -> Survey:
    looks = list(_looks(frames))

    def gather(key: str) -> Iterator[tuple[Frame, Any]]:
        return ((frame, item) for frame, look in looks for item in look[key])

    main = [look for frame, look in looks if frame == page.main_frame]
    return Survey(
        url=page.url,
        fields=tuple(
            Field(
                frame,
                tuple((kind, name) for kind, name in f["names"]) or _name_of_frame(frame, looks),
                f["autocomplete"],
                focused=f["focused"],
                filled=f["filled"],
            )
            for frame, f in gather("fields")
        ),
        actions=tuple(
            Action(
                frame,
                a["role"],
                " ".join(a["name"].split()),
                disabled=a["disabled"],
                focused=a["focused"],
                shown=" ".join(a["shown"].split()),
                asked=a["asked"],
            )
            for frame, a in gather("actions")
        ),
        headings=tuple(text for look in main for text in look["headings"] if text),
        alerts=tuple(text for _, text in gather("alerts")),
        frames=tuple(text for _, text in gather("frames")),
        lines=tuple(text for look in main for text in look["lines"]),
        payment_received=any(look["marker"] for look in main),
        captcha=any(look["robot"] for _, look in looks),
        window_name="".join(look["name"] for look in main),
    )


def _name_of_frame(frame: Frame, looks: Sequence[tuple[Frame, Any]]) -> tuple[tuple[str, str], ...]:
    """What a frame is called that holds one nameless field and nothing else to type into."""
    alone = any(f == frame and len(look["fields"]) == 1 for f, look in looks)
    if frame.parent_frame is None or not alone:
        return ()
    try:
        element = frame.frame_element()
        name = element.get_attribute("title") or element.get_attribute("aria-label")
    except Error:
        return ()
    return (("frame", name),) if name else ()


def _looks(frames: Sequence[Frame]) -> Iterator[tuple[Frame, Any]]:
    for frame in frames:
        try:
            yield frame, frame.evaluate(_SCRIPT, _WANTED)
        except Error:
            continue


def wait_for(
    page: Page, pick: Callable[[Survey], Found | None], *, within_s: float
) -> tuple[Found | None, Survey]:
    """Survey the page after each change until ``pick`` finds what it wants.

    Returns:
        What was picked, or None when ``within_s`` seconds have passed; and the last survey.
    """
    return wait_until(page, survey, pick, within_s=within_s)
