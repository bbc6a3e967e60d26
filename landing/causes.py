"""Causes of navigations, from the events of Chromium's Page domain that precede requests."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

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


Event = Mapping[str, str]
"""Parameters of an event: ``url``, and ``frameId``, ``reason`` or ``navigationType``."""


def without_fragment(url: str) -> str:
    """Return a URL without its fragment, as a server receives it."""
    return url.partition("#")[0]


@dataclass
class Causes:  # no slots: Playwright keeps a mark on the owner of each handler
    """Announced navigations whose request is still to come.

    Chromium announces a navigation before its request, on the same connection, and names the
    URL with the fragment, which the request lacks.
    """

    _reasons: dict[str, tuple[str, str]] = field(default_factory=dict)
    _announced: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def handlers(self) -> tuple[tuple[str, Callable[..., None]], ...]:
        """The name of each event with its handler."""
        return (
            ("Page.frameRequestedNavigation", self.requested),
            ("Page.frameStartedNavigating", self.started),
            ("Page.windowOpen", self.opened),
        )

    def requested(self, event: Event) -> None:
        """Note the reason that a page gives for a navigation."""
        self._reasons[event["frameId"]] = (event["url"], event["reason"])

    def started(self, event: Event) -> None:
        """Note a navigation, except one inside the document, which makes no request."""
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
        else:  # no page requested it, so it came from the address bar
            cause = "typed"
        self._announce(event["url"], cause)

    def opened(self, event: Event) -> None:
        """Note the first document of a new window."""
        self._announce(event["url"], "new-window")

    def claim(self, url: str) -> tuple[str, str]:
        """Return the cause of a request and its URL with the fragment, as announced."""
        return self._announced.pop(url, ("unknown", url))

    def _announce(self, url: str, cause: str) -> None:
        self._announced[without_fragment(url)] = (cause, url)
