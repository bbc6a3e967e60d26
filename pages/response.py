"""The page's response to the shopper: another page, or a message on the same one."""

from dataclasses import dataclass

from pages.snapshot import Snapshot
from pages.words import checkout as words


@dataclass(frozen=True, slots=True)
class PageResponse:
    """What a page showed after the shopper acted.

    Attributes:
        texts: the texts that were not there before.
        navigated: whether this is another page, by its address or its heading.
    """

    texts: tuple[str, ...]
    navigated: bool = False

    @property
    def says_declined(self) -> bool:
        """Whether the word list recognises a message about a decline."""
        return words.says_declined(" ".join(self.texts))


def find_response(
    seen: Snapshot, before: Snapshot, opened: Snapshot, *, sent: bool
) -> PageResponse | None:
    """Compare snapshots of the page.

    A live region or a decline counts at once; any other new text counts when the Pay button shows
    its amount, so that no payment is under way. A repeated message counts after a request.

    Args:
        seen: the page now.
        before: the page right before the shopper acted.
        opened: the page when it was first ready.
        sent: whether the page has sent a request since the shopper acted.
    """
    new = tuple(seen.new_texts(before))
    if (seen.url, seen.heading) != (before.url, before.heading):
        moved = bool(seen.texts) and not words.says_in_progress(seen.heading)
        return PageResponse(new, navigated=True) if moved else None
    idle = len(seen.buttons_that(words.says_pay)) == 1
    live = set(seen.messages)
    if new and (idle or any(text in live or words.says_declined(text) for text in new)):
        return PageResponse(new)
    since_opened = tuple(seen.new_texts(opened))
    return PageResponse(since_opened) if sent and idle and since_opened else None
