"""Base of all page objects."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from playwright.sync_api import Page

from pages.errors import PageChanged, PageProblem
from pages.screenshots import masked_screenshot
from pages.snapshot import Snapshot, take_snapshot, wait_for

Found = TypeVar("Found")


class PageObject:
    """A page or panel in a tab.

    Args:
        page: the tab.
        within_s: longest wait for what the page must show, seconds.
    """

    name = "The page"

    def __init__(self, page: Page, *, within_s: float = 10.0) -> None:
        self.page = page
        self.within_s = within_s

    def snapshot(self, *, inner_frames: bool = True) -> Snapshot:
        """What the page shows right now."""
        return take_snapshot(self.page, inner_frames=inner_frames)

    def wait_for(
        self, pick: Callable[[Snapshot], Found | None], *, within_s: float | None = None
    ) -> tuple[Found | None, Snapshot]:
        """Take snapshots until ``pick`` finds something; see ``pages.snapshot.wait_for``."""
        return wait_for(self.page, pick, within_s=self.within_s if within_s is None else within_s)

    def changed(self, *missing: str, seen: Snapshot | None = None) -> PageChanged:
        """Return the error for a page that lacks something, with what it shows instead."""
        seen = seen or self.snapshot()
        return PageChanged(
            self.name,
            seen.url,
            missing=missing,
            found=seen.inventory(),
            screenshot=masked_screenshot(self.page),
        )

    def problem(self, kind: type[PageProblem], sentence: str) -> PageProblem:
        """Return another error, with a screenshot."""
        return kind(sentence, masked_screenshot(self.page))


def how_many(candidates: Sequence[object]) -> str:
    """What to add to the name of something that is expected once."""
    return f", of which there are {len(candidates)} (one was expected)" if candidates else ""
