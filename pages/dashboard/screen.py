"""How one page of the dashboard leads to the next."""

from collections.abc import Callable, Sequence
from time import monotonic
from typing import ClassVar, TypeVar

from playwright.sync_api import Error, Page, Request

from pages.dashboard.hands import MOUSE, Hand, OutOfReach
from pages.dashboard.look import Look, Thing, look, wait_for
from pages.errors import PageChanged

#: A press that a slow page's scripts were not ready for is made once more after this time.
PRESS_AGAIN_AFTER_S = 3.0
#: A page that shows nothing when it has taken what was typed is waited for no longer than this.
ANSWER_WITHIN_S = 5.0

_MARK = "() => { globalThis[Symbol.for('before-submitting')] = true; }"
_IS_MARKED = "() => globalThis[Symbol.for('before-submitting')] === true"

Choose = Callable[[Look], Thing | None]
Reached = Callable[[Look], bool]
NextScreen = TypeVar("NextScreen", bound="Screen")


class Screen:
    """One page or panel.

    Args:
        page: the tab.
        within_s: how long it may take to show what it must, seconds.
        hand: how it is used.
    """

    NAME: ClassVar = "The dashboard"

    def __init__(self, page: Page, *, within_s: float = 10.0, hand: Hand = MOUSE) -> None:
        self.page = page
        self.within_s = within_s
        self.hand = hand

    def look(self) -> Look:
        """What it shows right now."""
        return look(self.page)

    def turn_to(self, screen: type[NextScreen], page: Page | None = None) -> NextScreen:
        """The next page or panel, used in the same way."""
        return screen(page or self.page, within_s=self.within_s, hand=self.hand)

    def press(self, choose: Choose, reached: Reached, *, what: str, leads_to: str) -> Page:
        """Press one thing, and wait until that has led somewhere.

        Args:
            choose: finds the thing.
            reached: whether a page is where the press leads to.
            what: the thing in words.
            leads_to: the same for what must follow.

        Returns:
            The tab in which it was reached: a new one, if one was opened.

        Raises:
            PageChanged: the thing is not there, or leads elsewhere.
        """
        tabs = set(self.page.context.pages)
        before = self._press(choose, what)
        deadline = monotonic() + self.within_s
        found = self._arrive(tabs, reached, min(PRESS_AGAIN_AFTER_S, self.within_s))
        if found is None and self.look().inventory() == before.inventory():
            self._press(choose, what)
        found = found or self._arrive(tabs, reached, deadline - monotonic())
        if found is None:
            raise self.changed([f"{leads_to}, after {what} was pressed"])
        return found

    def submit(self, button: Thing) -> None:
        """Press what sends a form off, and wait for an answer of any kind.

        An answer is another page, another text on this one, or an answered request.
        """
        before = _state(self.look())
        finished: list[Request] = []

        def note(request: Request) -> None:
            finished.append(request)

        def answered(seen: Look) -> bool | None:
            sent = any(r.method != "GET" and not r.is_navigation_request() for r in finished)
            return sent or _state(seen) != before or not self._is_marked() or None

        self.page.evaluate(_MARK)
        self.page.on("requestfinished", note)
        try:
            self.hand.press(self.page, button)
            wait_for(self.page, answered, within_s=min(ANSWER_WITHIN_S, self.within_s))
        finally:
            self.page.remove_listener("requestfinished", note)
        self.page.wait_for_load_state("domcontentloaded", timeout=self.within_s * 1000)

    def find(self, choose: Choose, what: str) -> Thing:
        """Wait for one thing.

        Raises:
            PageChanged: it does not appear.
        """
        found, _ = wait_for(self.page, choose, within_s=self.within_s)
        if found is None:
            raise self.changed([what])
        return found

    def _press(self, choose: Choose, what: str) -> Look:
        """Press the thing and return what was to be seen before; try again where it just moved."""
        deadline = monotonic() + self.within_s
        while True:
            thing, before = wait_for(self.page, choose, within_s=self.within_s)
            if thing is None:
                raise self.changed([what])
            try:
                self.hand.press(self.page, thing)
            except OutOfReach:
                if monotonic() > deadline:
                    raise
                continue
            return before

    def _arrive(self, tabs: set[Page], reached: Reached, within_s: float) -> Page | None:
        deadline = monotonic() + within_s
        while True:
            opened = [tab for tab in self.page.context.pages if tab not in tabs]
            tab = opened[-1] if opened else self.page
            left_s = max(0.0, min(deadline - monotonic(), 0.25))
            arrived, _ = wait_for(tab, lambda seen: reached(seen) or None, within_s=left_s)
            if arrived:
                return tab
            if monotonic() > deadline:
                return None

    def changed(self, missing: Sequence[str]) -> PageChanged:
        """The error for a page that lacks something."""
        seen = self.look()
        return PageChanged(
            self.NAME,
            seen.url,
            missing=missing,
            found=seen.inventory(),
            screenshot=self.screenshot(),
        )

    def _is_marked(self) -> bool:
        try:
            return bool(self.page.evaluate(_IS_MARKED))
        except Error:
            return False  # between two pages there is no mark

    def screenshot(self) -> bytes:
        """A picture of the page, or nothing where none can be made."""
        try:
            return self.page.screenshot(full_page=True, timeout=5000)
        except Error:
            return b""  # the sentence stands without its picture


def _state(seen: Look) -> tuple[object, ...]:
    """What a person would take for an answer."""
    return seen.url, seen.texts, [field.invalid for field in seen.of("field")]
