"""Input methods: mouse and keyboard."""

from collections.abc import Callable

from playwright.sync_api import ElementHandle, Error, Page

from pages.elements import Action, Element, Field

#: No page needs more presses of Tab.
MOST_TABS = 80
_CLICK_WITHIN_MS = 5000
_HAS_FOCUS = "(element) => element.matches(':focus')"


class NotReachable(Exception):
    """The element is gone or covered, or Tab does not reach it; a new snapshot may find it."""

    category = "page changed"


class Mouse:
    """Clicks and pastes."""

    def press(self, page: Page, action: Action) -> None:
        """Click the action."""
        _use(page, action, lambda e: e.click(timeout=_CLICK_WITHIN_MS, no_wait_after=True))

    def fill(self, page: Page, field: Field, text: str) -> None:
        """Set the field's text at once, as pasting does."""
        _use(page, field, lambda e: e.fill(text, timeout=_CLICK_WITHIN_MS))


class Keyboard:
    """Uses Tab, Enter, Space and character keys only.

    Args:
        key_delay_ms: pause between two characters.
    """

    def __init__(self, key_delay_ms: float = 0) -> None:
        self.key_delay_ms = key_delay_ms

    def press(self, page: Page, action: Action, key: str = "") -> None:
        """Tab to the action; press ``key``, or Space on a switch and Enter on anything else."""
        self._reach(page, action)
        page.keyboard.press(key or ("Space" if action.checked is not None else "Enter"))

    def fill(self, page: Page, field: Field, text: str) -> None:
        """Tab to the field, select its text and type over it."""
        self._reach(page, field)
        if field.filled:
            page.keyboard.press("ControlOrMeta+a")
            page.keyboard.press("Delete")
        page.keyboard.type(text, delay=self.key_delay_ms)

    def _reach(self, page: Page, element: Element) -> None:
        for _ in range(MOST_TABS):
            if _use(page, element, lambda e: e.evaluate(_HAS_FOCUS)):
                return
            page.keyboard.press("Tab")
        raise NotReachable(
            f"“{element.name}” on {page.url} cannot be reached with {MOST_TABS} presses of Tab."
        )


def _use(page: Page, element: Element, act: Callable[[ElementHandle], object]) -> object:
    try:
        if handle := element.handle():
            return act(handle)
        why = "it is no longer there"
    except Error as error:
        why = error.message
    raise NotReachable(f"“{element.name}” on {page.url}: {why}")


InputMethod = Mouse | Keyboard
MOUSE = Mouse()
KEYBOARD = Keyboard()
