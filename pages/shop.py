"""Pages of a shop that nobody here has seen, used by role, label and visible text."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar

from playwright.sync_api import ElementHandle, Error, Locator
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from pages.elements import Action, Element, Field
from pages.errors import DeadControl, StepFailed
from pages.page_object import PageObject
from pages.screenshots import masked_screenshot
from pages.snapshot import Snapshot
from pages.words.matching import begins, says

#: Longest wait for a control that need not appear, such as a cookie banner.
OPTIONAL_S = 2.0
#: How close a control is to a text: the depth in the page of its closest ancestor that holds the
#: text, which is greater for a smaller part of the page. An element that is the text alone counts
#: more than one that mentions it. -1 if the text is nowhere.
_CLOSENESS = """(element, text) => {
  const words = (at) => (at.innerText || "").replace(/\\s+/g, " ").trim().toLowerCase();
  const depth = (at) => (at.parentElement ? 1 + depth(at.parentElement) : 0);
  const holds = (at) => [...at.querySelectorAll("*")].some((part) => words(part) === text);
  for (const [test, bonus] of [[holds, 1000], [(at) => words(at).includes(text), 0]]) {
    for (let at = element; at; at = at.parentElement) if (test(at)) return bonus + depth(at);
  }
  return -1;
}"""

Control = TypeVar("Control", bound=Element)
Thing = TypeVar("Thing")


@dataclass(eq=False, repr=False)
class ShopPage(PageObject):
    """The page of a shop in a tab.

    Methods raise StepFailed if a control is missing or ambiguous, and DeadControl if it cannot be
    pressed.
    """

    name = "The shop's page"

    def click(
        self,
        name: str,
        *,
        near: str = "",
        optional: bool = False,
        twice: bool = False,
        waits: bool = False,
    ) -> None:
        """Press the only button, link or text with this name.

        Args:
            name: as a person reads it.
            near: a text of the row or card that holds it, if there are several.
            optional: whether to go on if it does not appear.
            twice: press it twice in quick succession.
            waits: whether to wait for the page that it leads to.
        """
        found = self._find(_actions, name, near, "button or link", optional=optional)
        if found is None or (handle := found.handle()) is None:
            return
        press, limit_ms = handle.dblclick if twice else handle.click, self.within_s * 1000
        try:
            press(timeout=limit_ms, trial=True)
        except PlaywrightTimeout:
            state = "is disabled" if found.disabled else "is covered or moves"
            raise self.problem(
                DeadControl,
                f"The {found.role} “{found.name}” cannot be pressed: it {state}. "
                f"Address: {self.page.url}.",
            ) from None
        with suppress(PlaywrightTimeout):  # the page that it leads to may be slow
            press(timeout=limit_ms, no_wait_after=not waits)

    def fill(self, label: str, text: str, *, near: str = "", optional: bool = False) -> None:
        """Put a text into the only field with this label."""
        found = self._find(_fields, label, near, "text field", optional=optional)
        if found is not None and (handle := found.handle()) is not None:
            handle.fill(text)

    def check(self, label: str, *, near: str = "", optional: bool = False) -> None:
        """Switch on the only box or choice with this label."""
        found = self._find(_toggles, label, near, "box or choice", optional=optional)
        if found is None or found.checked or (handle := found.handle()) is None:
            return
        handle.click(timeout=self.within_s * 1000)

    def select(self, label: str, option: str, *, near: str = "", optional: bool = False) -> None:
        """Choose an option of the only list with this label, by its text."""
        lists = self.page.get_by_role("combobox", name=label).or_(self.page.get_by_label(label))

        def shown(_: Snapshot) -> Sequence[Locator]:
            return _nearest(lists.locator("visible=true").all(), near, Locator.element_handle)

        found = self._the_one(shown, _what("list", label, near), optional=optional)
        if found is None:
            return
        try:
            found.select_option(label=option, timeout=self.within_s * 1000)
        except Error:
            offered = ", ".join(
                f"“{text.strip()}”" for text in found.locator("option").all_inner_texts()
            )
            raise self.problem(
                StepFailed,
                f"The list “{label}” has no option “{option}”: it offers {offered}. "
                f"Address: {self.page.url}.",
            ) from None

    def see(self, text: str, *, optional: bool = False) -> None:
        """Wait until the page shows a text."""
        missing = self.wait_for_texts([text], within_s=self._limit(optional=optional))
        if missing and not optional:
            raise self._failed(_what("text", text), 0, self.snapshot())

    def text(self) -> str:
        """All that the page shows, with single blanks."""
        try:
            return self._read()
        except Error:  # another page replaces it
            self.page.wait_for_load_state()
            return self._read()

    def _read(self) -> str:
        return " ".join(self.page.locator("body").inner_text(timeout=1000).split())

    def wait_for_texts(self, texts: Iterable[str], *, within_s: float) -> list[str]:
        """Wait until the page shows all texts; return those that are missing in the end.

        Letter case and white space do not count.
        """
        wanted = list(texts)
        missing = wanted

        def pick(_: Snapshot) -> bool | None:
            nonlocal missing
            with suppress(Error):  # another page replaces it: the next look sees that
                shown = self._read()
                missing = [text for text in wanted if not shows(shown, text)]
            return None if missing else True

        self.wait_for(pick, within_s=within_s)
        return missing

    def _find(
        self,
        candidates: Callable[[Snapshot, str], Sequence[Control]],
        name: str,
        near: str,
        kind: str,
        *,
        optional: bool,
    ) -> Control | None:
        def fitting(seen: Snapshot) -> Sequence[Control]:
            return _nearest(candidates(seen, name), near, Element.handle)

        return self._the_one(fitting, _what(kind, name, near), optional=optional)

    def _the_one(
        self, fitting: Callable[[Snapshot], Sequence[Thing]], what: str, *, optional: bool
    ) -> Thing | None:
        """Wait until exactly one thing fits."""
        found: Sequence[Thing] = ()

        def pick(seen: Snapshot) -> Thing | None:
            nonlocal found
            found = fitting(seen)
            return found[0] if len(found) == 1 else None

        picked, seen = self.wait_for(pick, within_s=self._limit(optional=optional))
        if picked is None and not optional:
            raise self._failed(what, len(found), seen)
        return picked

    def _limit(self, *, optional: bool) -> float:
        return min(OPTIONAL_S, self.within_s) if optional else self.within_s

    def _failed(self, what: str, count: int, seen: Snapshot) -> StepFailed:
        there = "; ".join(dict.fromkeys(seen.inventory())) or "nothing that a shopper could use"
        said, cure = f"has no {what}", "correct the step, or look at the screenshot"
        if count:
            said = f"shows the {what} {count} times"
            cure = 'add in = "…" with a text of the row or card of the right one'
        sentence = f"The shop's page at {seen.url} {said}: {cure}. It shows: {there}."
        return StepFailed(sentence, masked_screenshot(self.page))


def shows(shown: str, text: str) -> bool:
    """Whether a page's text contains another; letter case and white space do not count."""
    return " ".join(text.split()).casefold() in shown.casefold()


def _what(kind: str, name: str, near: str = "") -> str:
    return f"{kind} “{name}”" + (f" near “{near}”" if near else "")


def _called(elements: Iterable[Control], name: str) -> Sequence[Control]:
    """Those with this name; if there are none, those whose name begins so."""
    listed = list(elements)
    for fits in (says, begins):
        found = [e for e in listed if any(fits(each, [name]) for _, each in e.names)]
        if found:
            return found
    return []


def _actions(seen: Snapshot, name: str) -> Sequence[Element]:
    pressable = [a for a in seen.actions if a.checked is None or a.role in {"tab", "option"}]
    texts = (e for e in seen.elements if e.kind in {"text", "heading"} and not e.in_action)
    return _called(pressable, name) or _called(texts, name)


def _fields(seen: Snapshot, label: str) -> Sequence[Field]:
    exact = seen.fields_labelled([label])
    return exact or [f for f in seen.fields if any(begins(each, [label]) for _, each in f.labels)]


def _toggles(seen: Snapshot, label: str) -> Sequence[Action]:
    return _called((action for action in seen.actions if action.checked is not None), label)


def _nearest(
    found: Sequence[Thing], near: str, handle_of: Callable[[Thing], ElementHandle | None]
) -> Sequence[Thing]:
    """Those that share the smallest part of the page with the text ``near``."""
    if not near:
        return found
    at: dict[int, list[Thing]] = {}
    for element in found:
        try:
            handle = handle_of(element)
            closeness = (
                handle.evaluate(_CLOSENESS, " ".join(near.split()).lower()) if handle else -1
            )
        except Error:
            continue
        if closeness >= 0:
            at.setdefault(closeness, []).append(element)
    return at[max(at)] if at else []
