"""Why the browser went somewhere, from what Chromium's Page domain announces beforehand."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypedDict

REASONS = {
    "anchorClick": "link",
    "formSubmissionGet": "form",
    "formSubmissionPost": "form",
    "httpHeaderRefresh": "meta-refresh",
    "initialFrameNavigation": "embedded",
    "metaTagRefresh": "meta-refresh",
    "reload": "reload",
    "scriptInitiated": "script",
}


class RequestedNavigation(TypedDict):
    """`Page.frameRequestedNavigation`: the page itself asked for it."""

    frameId: str
    reason: str
    url: str


class StartedNavigating(TypedDict):
    """`Page.frameStartedNavigating`: whoever asked, it begins."""

    frameId: str
    url: str
    navigationType: str


class WindowOpen(TypedDict):
    """`Page.windowOpen`: a link or a script opens a new window."""

    url: str


def without_fragment(url: str) -> str:
    """A URL without its fragment, as requests carry it."""
    return url.partition("#")[0]


@dataclass
class Causes:  # no slots: Playwright keeps a mark on the owner of each handler
    """Announcements that wait for the request they announce.

    Chromium sends them before the request, on the same connection. They name the URL with its
    fragment, which the request itself does not.
    """

    _reasons: dict[str, tuple[str, str]] = field(default_factory=dict)
    _announced: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def handlers(self) -> tuple[tuple[str, Callable[..., None]], ...]:
        """Each announcement by its name, with what takes it."""
        return (
            ("Page.frameRequestedNavigation", self.requested),
            ("Page.frameStartedNavigating", self.started),
            ("Page.windowOpen", self.opened),
        )

    def requested(self, event: RequestedNavigation) -> None:
        """A page asks to go somewhere."""
        self._reasons[event["frameId"]] = (event["url"], event["reason"])

    def started(self, event: StartedNavigating) -> None:
        """A navigation begins; one inside the document makes no request and is left out."""
        kind = event["navigationType"]
        if kind.endswith("ameDocument"):
            return
        url, reason = self._reasons.pop(event["frameId"], ("", ""))
        if kind.startswith("reload"):
            cause = "reload"
        elif kind.startswith(("history", "restore")):
            cause = "history"
        elif url == event["url"]:
            cause = REASONS.get(reason, "unknown")
        else:  # no page asked for it, so it came from outside: the address bar
            cause = "typed"
        self._announce(event["url"], cause)

    def opened(self, event: WindowOpen) -> None:
        """A new window is about to load its first document."""
        self._announce(event["url"], "new-window")

    def claim(self, url: str) -> tuple[str, str]:
        """The cause of a request and its URL with the fragment, as far as announced."""
        return self._announced.pop(url, ("unknown", url))

    def _announce(self, url: str, cause: str) -> None:
        self._announced[without_fragment(url)] = (cause, url)
