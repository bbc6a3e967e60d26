"""The page's response to the shopper: another page, or a message on the same one."""

from dataclasses import dataclass

from pages.controls import pay_actions
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
        """Whether the word list recognises the texts as a message about a decline."""
        return words.says_declined(" ".join(self.texts))


def find_response(
    seen: Snapshot, before: Snapshot, opened: Snapshot, *, sent: bool
) -> PageResponse | None:
    """Compare two snapshots.

    A live region or a decline counts at once; any other new text counts once no payment is under
    way, that is when the Pay button shows its amount again. A message that was there before the
    shopper acted counts again if the page has sent a request since.

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
    idle = len(pay_actions(seen)) == 1
    live = set(seen.messages)
    if new and (idle or any(text in live or words.says_declined(text) for text in new)):
        return PageResponse(new)
    since_opened = tuple(seen.new_texts(opened))
    return PageResponse(since_opened) if sent and idle and since_opened else None
