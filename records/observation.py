"""Observations of the two witnesses: the browser's navigation and the landing site's journal."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

#: Place of a text: the window's name, which outlives a navigation to another site.
WINDOW_NAME: Final = "the window's name"


@dataclass(frozen=True, slots=True)
class Hop:
    """One document request of the browser.

    Attributes:
        number: 1, 2, … in the order of the requests.
        place: "tab" (the shopper's own main frame), "frame" (a frame of a page) or "popup".
        url: as requested, with the fragment where the browser reports it.
        method: as sent.
        status: of the response; None while there is none, or if `failure` says why.
        cause: why the browser navigated: "typed" (by the test), "redirect", "script", "form",
            "link", "meta-refresh", "reload", "history", "embedded" (the first document of a
            frame), "new-window" (the first document of a pop-up) or "unknown".
        at_ms: milliseconds since the trail began.
        failure: the browser's words ("net::ERR_…"), or "". A download and a 204 have both a
            status and "net::ERR_ABORTED", because they show no page.
    """

    number: int
    place: str
    url: str
    method: str
    status: int | None
    location: str | None
    cause: str
    at_ms: float
    referer: str = ""
    failure: str = ""


@dataclass(frozen=True, slots=True)
class SentRequest:
    """One request of any kind that left the browser.

    Attributes:
        url: without a fragment.
        method: as sent.
        headers: names in lower case; without those that the network stack adds last (cookies).
        post_data: UTF-8 with replacement characters; None where there was no body.
        kind: what the page sent it for: "document", "fetch", "xhr", "image" …
        at_ms: milliseconds since the trail began.
        status: of the response; None while there is none.
        failure: the browser's words ("net::ERR_…"), or "".
        ms: milliseconds until the response began or failed; None while it is awaited.
    """

    url: str
    method: str
    headers: tuple[tuple[str, str], ...]
    post_data: str | None
    kind: str
    at_ms: float
    status: int | None = None
    failure: str = ""
    ms: float | None = None


@dataclass(frozen=True, slots=True)
class ConsoleLine:
    """One line that a page wrote to the browser's console.

    Attributes:
        kind: "log", "warning", "error" …
        at_ms: milliseconds since the trail began.
    """

    kind: str
    text: str
    at_ms: float


@dataclass(frozen=True, slots=True)
class AddressBar:
    """The address of a tab, frame or pop-up from a moment on.

    Attributes:
        at_ms: milliseconds since the trail began.
        place: as in `Hop`.
        url: with the fragment; "chrome-error://chromewebdata/" is Chromium's error page.
    """

    at_ms: float
    place: str
    url: str


@dataclass(frozen=True, slots=True)
class Interruption:
    """Something that a page opened in the shopper's way.

    Attributes:
        kind: "alert", "confirm", "prompt", "beforeunload" or "blank window".
        text: of the dialog, or the address of the window.
        at_ms: milliseconds since the trail began.
    """

    kind: str
    text: str
    at_ms: float


@dataclass(frozen=True, slots=True)
class Arrival:
    """One request that reached the merchant's site.

    Attributes:
        number: 1, 2, … on this site.
        at_s: `time.monotonic()` when the request line and headers were read, seconds.
        method: as sent.
        url: scheme of the connection, Host header and request target, byte for byte as sent
            (Latin-1). A fragment never reaches a server.
        headers: names in lower case, values as sent (Latin-1), in order, repeats included.
        body: the first 64 KiB of the body, Latin-1.
    """

    number: int
    at_s: float
    method: str
    url: str
    headers: tuple[tuple[str, str], ...]
    body: str
    status: int

    @property
    def target(self) -> str:
        """Path and query, byte for byte as sent."""
        _, slash, target = self.url.partition("://")[2].partition("/")
        return slash + target

    @property
    def dest(self) -> str:
        """What the browser requested it for: "document", "iframe", … or "" if unknown."""
        return self.header("sec-fetch-dest")

    def header(self, name: str) -> str:
        """Return the first value of a header by its lower-case name, or ""."""
        return next((value for key, value in self.headers if key == name), "")


@dataclass(frozen=True, slots=True)
class PageState:
    """The page that the shopper saw at the end of the observation."""

    url: str
    heading: str = ""
    alert: str = ""


@dataclass(frozen=True, slots=True)
class Observation:
    """Everything that the witnesses saw of one checkout.

    Attributes:
        hops: every document request of the browser since the checkout was opened.
        arrivals: every request of this shopper that the merchant's site received, or None
            where the landing pages are not ours and leave no journal.
        address: the address bar at the end, fragment included.
        texts: every text that others can read, with its place (request URL, referrer, page
            title, console), for the clause `leaks-nothing`.
        interruptions: dialogs and blank windows since the checkout was opened.
        waited_s: how long the suite waited for the landing, seconds.
        acted_ms: when the shopper last pressed Pay or Cancel, on the trail's clock.
        payments: the number of payments in the provider's books for the session, or None
            where the suite may not read them.
    """

    hops: Sequence[Hop]
    arrivals: Sequence[Arrival] | None
    address: str
    stayed: PageState
    texts: Sequence[tuple[str, str]] = ()
    interruptions: Sequence[Interruption] = ()
    waited_s: float = 0.0
    acted_ms: float = 0.0
    payments: int | None = None
