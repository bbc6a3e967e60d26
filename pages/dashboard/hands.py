"""Two ways to use a page: with the mouse, and with nothing but the keyboard."""

from typing import Protocol

from playwright.sync_api import ElementHandle, Error, Page

from pages.dashboard.look import Thing

#: Further than this nobody tabs.
MOST_TABS = 80
_CLICK_WITHIN_MS = 5000
_HAS_FOCUS = "(element) => element.matches(':focus')"


class OutOfReach(Exception):
    """The thing went away, or the keyboard does not get there."""

    category = "page changed"


class Hand(Protocol):
    """Presses things and types into fields."""

    def press(self, page: Page, thing: Thing) -> None:
        """Press an action."""

    def fill(self, page: Page, thing: Thing, text: str) -> None:
        """Put ``text`` into a field in place of what stands there."""


class Mouse:
    """Points at things."""

    def press(self, page: Page, thing: Thing) -> None:
        """Click; a thing that has just been replaced by its like can be looked for again."""
        try:
            _element(thing).click(timeout=_CLICK_WITHIN_MS, no_wait_after=True)
        except Error as error:
            raise OutOfReach(f"“{thing.name}” on {page.url}: {error.message}") from None

    def fill(self, page: Page, thing: Thing, text: str) -> None:
        """Set the field's text, as pasting does."""
        try:
            _element(thing).fill(text, timeout=_CLICK_WITHIN_MS)
        except Error as error:
            raise OutOfReach(f"“{thing.name}” on {page.url}: {error.message}") from None


class Keyboard:
    """Knows Tab, Enter, Space and letters."""

    def press(self, page: Page, thing: Thing) -> None:
        """Tab to the thing; Space for what is switched on and off, Enter for the rest."""
        self._reach(page, thing)
        page.keyboard.press("Space" if thing.checked is not None else "Enter")

    def fill(self, page: Page, thing: Thing, text: str) -> None:
        """Tab to the field, mark what stands there and type over it."""
        self._reach(page, thing)
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.press("Delete")
        page.keyboard.type(text)

    def _reach(self, page: Page, thing: Thing) -> None:
        element = _element(thing)
        for _ in range(MOST_TABS):
            if element.evaluate(_HAS_FOCUS):
                return
            page.keyboard.press("Tab")
        raise OutOfReach(
            f"“{thing.name}” on {page.url} cannot be reached with {MOST_TABS} presses of Tab."
        )


def _element(thing: Thing) -> ElementHandle:
    element = thing.element()
    if element is None:
        raise OutOfReach(f"“{thing.name}” has just gone.")
    return element


MOUSE = Mouse()
KEYBOARD = Keyboard()
