"""Base of the dashboard's page objects: how one page leads to the next."""

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import Self, TypeVar

from playwright.sync_api import Error, Page, Request

from pages.elements import Action, Element
from pages.input_methods import MOUSE, InputMethod, NotReachable
from pages.page_object import PageObject
from pages.snapshot import Snapshot, wait_for

#: A press that came before a slow page's scripts is repeated once after this time.
PRESS_AGAIN_AFTER_S = 3.0
#: Longest wait for the response to a form; some pages show nothing when they have saved.
RESPONSE_WITHIN_S = 5.0

_MARK = "() => { globalThis[Symbol.for('before-submitting')] = true; }"
_IS_MARKED = "() => globalThis[Symbol.for('before-submitting')] === true"

Choose = Callable[[Snapshot], Action | None]
Reached = Callable[[Snapshot], bool]
NextPage = TypeVar("NextPage", bound="DashboardPage")
Wanted = TypeVar("Wanted", bound=Element)


@dataclass(eq=False, repr=False, kw_only=True)
class DashboardPage(PageObject):
    """One page or panel of the dashboard.

    Methods raise PageChanged if a control is missing or leads elsewhere.
    """

    name = "The dashboard"
    input_method: InputMethod = MOUSE

    def next_page(self, kind: type[NextPage]) -> NextPage:
        """Return the page object of what the tab shows now."""
        return kind(self.page, within_s=self.within_s, input_method=self.input_method)

    def press(self, choose: Choose, reached: Reached, *, what: str, leads_to: str) -> Self:
        """Press one action, wait until it has led somewhere, and go on in the tab that shows it.

        Args:
            choose: finds the action.
            reached: whether a page is the one that must follow.
            what: the action in words.
            leads_to: what must follow, in words.
        """
        tabs = set(self.page.context.pages)
        before = self._press(choose, what)
        deadline = monotonic() + self.within_s
        found = self._arrive(tabs, reached, min(PRESS_AGAIN_AFTER_S, self.within_s))
        if found is None and self.snapshot().inventory() == before.inventory():
            self._press(choose, what)
        found = found or self._arrive(tabs, reached, deadline - monotonic())
        if found is None:
            raise self.changed(f"{leads_to}, after {what} was pressed")
        self.page = found
        return self

    def submit(self, button: Action) -> None:
        """Submit a form, and wait for another page, another text or an answered request."""
        before = _state(self.snapshot())
        finished: list[Request] = []

        def note(request: Request) -> None:
            finished.append(request)

        def responded(seen: Snapshot) -> bool | None:
            sent = any(r.method != "GET" and not r.is_navigation_request() for r in finished)
            return sent or _state(seen) != before or not self._is_marked() or None

        self.page.evaluate(_MARK)
        self.page.on("requestfinished", note)
        try:
            self.input_method.press(self.page, button)
            self.wait_for(responded, within_s=min(RESPONSE_WITHIN_S, self.within_s))
        finally:
            self.page.remove_listener("requestfinished", note)
        self.page.wait_for_load_state("domcontentloaded", timeout=self.within_s * 1000)

    def find(self, choose: Callable[[Snapshot], Wanted | None], what: str) -> Wanted:
        """Wait for one element."""
        found, seen = self.wait_for(choose)
        if found is None:
            raise self.changed(what, seen=seen)
        return found

    def _press(self, choose: Choose, what: str) -> Snapshot:
        """Press the action, again if it just moved; return the snapshot before that."""
        deadline = monotonic() + self.within_s
        while True:
            action, before = self.wait_for(choose)
            if action is None:
                raise self.changed(what, seen=before)
            try:
                self.input_method.press(self.page, action)
            except NotReachable:
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

    def _is_marked(self) -> bool:
        try:
            return bool(self.page.evaluate(_IS_MARKED))
        except Error:
            return False  # between two pages there is no mark


def first(actions: list[Action]) -> Action | None:
    """Return the first action, if there is one."""
    return actions[0] if actions else None


def _state(seen: Snapshot) -> tuple[object, ...]:
    """What a person would take for a response."""
    return seen.url, seen.texts, [field.invalid for field in seen.fields]
