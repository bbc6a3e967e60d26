"""Base of all page objects."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import KW_ONLY, dataclass
from typing import Self, TypeVar

from playwright.sync_api import Dialog, Error, Page

from pages.errors import PageChanged, PageDown, PageProblem
from pages.screenshots import masked_screenshot
from pages.snapshot import Snapshot, take_snapshot, wait_for

Found = TypeVar("Found")

_OFFLINE = "this machine has no network"
_NO_HOST = "no such host is known here; check the target and the network"
_NOTHING_LISTENS = "nothing listens there; is the target up?"
_NOT_TRUSTED = "its certificate is not trusted; is this the right host?"
#: The words of Chromium and Firefox, and what they mean to a person.
_CAUSES = {
    "ERR_INTERNET_DISCONNECTED": _OFFLINE,
    "NS_ERROR_OFFLINE": _OFFLINE,
    "ERR_NAME_NOT_RESOLVED": _NO_HOST,
    "NS_ERROR_UNKNOWN_HOST": _NO_HOST,
    "ERR_CONNECTION_REFUSED": _NOTHING_LISTENS,
    "NS_ERROR_CONNECTION_REFUSED": _NOTHING_LISTENS,
    "ERR_CERT": _NOT_TRUSTED,
    "SEC_ERROR": _NOT_TRUSTED,
    "Timeout": "it did not answer in time; is the target up?",
}


@dataclass(eq=False, repr=False)
class PageObject:
    """A page or panel in a tab.

    Attributes:
        within_s: longest wait for what the page must show, seconds.
    """

    page: Page
    _: KW_ONLY
    within_s: float = 10.0
    name = "The page"

    def go(self, href: str, *, check: str = "") -> Self:
        """Open an address and wait for nothing that the page must show.

        Args:
            href: the address.
            check: what a person should look at, in place of a hint from the browser's words.

        Raises:
            PageDown: it could not be reached, or answered with a server error.
        """
        try:
            answer = self.page.goto(href, wait_until="domcontentloaded")
        except Error as error:
            lines = error.message.splitlines()
            # Firefox over BiDi says what happened in the second line.
            said = [line for line in lines if line.startswith("Message: Error: ")] or lines
            cause = said[0].removeprefix("Page.goto: ").removeprefix("Message: Error: ")
            known = (meaning for words, meaning in _CAUSES.items() if words in cause)
            why = check or next(known, "is the target up, and may this machine reach it?")
            text = f"{self.name} at {href} could not be opened: {why} ({cause})."
            raise PageDown(text) from None
        if answer is not None and answer.status >= 500:
            raise self.problem(
                PageDown,
                f"{self.name} at {href} answered with status {answer.status}: the provider is in "
                "trouble; try again when it has recovered.",
            )
        return self

    def snapshot(self, *, inner_frames: bool = True) -> Snapshot:
        """What the page shows right now."""
        return take_snapshot(self.page, inner_frames=inner_frames)

    def wait_for(
        self, pick: Callable[[Snapshot], Found | None], *, within_s: float | None = None
    ) -> tuple[Found | None, Snapshot]:
        """Take snapshots until ``pick`` finds something; see ``pages.snapshot.wait_for``."""
        return wait_for(self.page, pick, within_s=self.within_s if within_s is None else within_s)

    @contextmanager
    def accepted_dialogs(self) -> Iterator[None]:
        """Answer every dialog with OK."""
        self.page.on("dialog", _accept)
        try:
            yield
        finally:
            self.page.remove_listener("dialog", _accept)

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


def _accept(dialog: Dialog) -> None:
    with suppress(Error):  # a listener of the tab has answered it
        dialog.accept()


def how_many(candidates: Sequence[object]) -> str:
    """What to add to the name of something that is expected once."""
    return f", of which there are {len(candidates)} (one was expected)" if candidates else ""
