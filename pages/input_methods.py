"""Input methods: mouse and keyboard."""

from typing import Protocol

from playwright.sync_api import ElementHandle, Error, Page

from pages.snapshot import Action, Element, Field

#: No page needs more presses of Tab.
MOST_TABS = 80
_CLICK_WITHIN_MS = 5000
_HAS_FOCUS = "(element) => element.matches(':focus')"


class NotReachable(Exception):
    """The element is gone, covered, or cannot be reached with the keyboard."""

    triage = "page changed"


class InputMethod(Protocol):
    """Presses actions and types into fields."""

    def press(self, page: Page, action: Action) -> None:
        """Press an action."""

    def fill(self, page: Page, field: Field, text: str) -> None:
        """Replace the text of a field."""


class Mouse:
    """Clicks and pastes."""

    def press(self, page: Page, action: Action) -> None:
        """Click the action.

        Raises:
            NotReachable: it was replaced meanwhile, for example; a new snapshot may find it.
        """
        try:
            _handle(action).click(timeout=_CLICK_WITHIN_MS, no_wait_after=True)
        except Error as error:
            raise NotReachable(f"“{action.name}” on {page.url}: {error.message}") from None

    def fill(self, page: Page, field: Field, text: str) -> None:
        """Set the field's text at once, as pasting does."""
        try:
            _handle(field).fill(text, timeout=_CLICK_WITHIN_MS)
        except Error as error:
            raise NotReachable(f"“{field.name}” on {page.url}: {error.message}") from None


class Keyboard:
    """Uses Tab, Enter, Space and character keys only.

    Args:
        key_delay_ms: pause between two characters.
    """

    def __init__(self, key_delay_ms: float = 0) -> None:
        self.key_delay_ms = key_delay_ms

    def press(self, page: Page, action: Action) -> None:
        """Tab to the action; press Space on a switch and Enter on anything else."""
        self._reach(page, action)
        page.keyboard.press("Space" if action.checked is not None else "Enter")

    def fill(self, page: Page, field: Field, text: str) -> None:
        """Tab to the field, select its text and type over it."""
        self._reach(page, field)
        if field.filled:
            page.keyboard.press("ControlOrMeta+a")
            page.keyboard.press("Delete")
        page.keyboard.type(text, delay=self.key_delay_ms)

    def _reach(self, page: Page, element: Element) -> None:
        handle = _handle(element)
        for _ in range(MOST_TABS):
            if handle.evaluate(_HAS_FOCUS):
                return
            page.keyboard.press("Tab")
        raise NotReachable(
            f"“{element.name}” on {page.url} cannot be reached with {MOST_TABS} presses of Tab."
        )


def _handle(element: Element) -> ElementHandle:
    handle = element.handle()
    if handle is None:
        raise NotReachable(f"“{element.name}” is no longer on the page.")
    return handle


MOUSE = Mouse()
KEYBOARD = Keyboard()
