"""Waiting for a page by its own changes."""

from collections.abc import Callable
from time import monotonic
from typing import TypeVar

from playwright.sync_api import Error, Page

#: Resolves at the page's next change. A change inside a frame of another origin reaches no
#: observer outside it, hence the limit.
_NEXT_CHANGE = """() => new Promise((resolve) => {
  const done = () => { observer.disconnect(); clearTimeout(limit); resolve(); };
  const observer = new MutationObserver(done);
  const limit = setTimeout(done, 40);
  observer.observe(document, { subtree: true, childList: true, attributes: true });
})"""

Seen = TypeVar("Seen")
Found = TypeVar("Found")


def wait_until(
    page: Page,
    look: Callable[[Page], Seen],
    pick: Callable[[Seen], Found | None],
    *,
    within_s: float,
) -> tuple[Found | None, Seen]:
    """Look at the page after each change until ``pick`` finds what it wants.

    Returns:
        What was picked, or None when ``within_s`` seconds have passed; and the last look.
    """
    deadline = monotonic() + within_s
    while True:
        seen = look(page)
        found = pick(seen)
        if found is not None or monotonic() > deadline:
            return found, seen
        try:
            page.evaluate(_NEXT_CHANGE)
        except Error:
            page.wait_for_load_state("domcontentloaded")
