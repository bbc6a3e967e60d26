"""What the browser did, as plain values that outlive it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hop:
    """One document request the browser made.

    Attributes:
        number: 1, 2, … in the order of the requests.
        place: "tab" (the shopper's own main frame), "frame" (a frame of a page) or "popup".
        url: as requested, with the fragment where the browser tells it.
        method: as sent.
        status: of the answer; None while there is none, for ever if `failure` says why.
        location: the Location header of the answer, as sent.
        cause: what made the browser go: "typed" (by the address bar, that is by the test),
            "redirect", "script", "form", "link", "meta-refresh", "reload", "history", "embedded"
            (the first document of a frame), "new-window" (the first document of a pop-up, opened
            by link or script), or "unknown".
        at_ms: since the trail began, milliseconds.
        referer: the Referer header sent with it, "" where there was none.
        failure: the browser's words ("net::ERR_…"), "" where nothing failed. A download and a
            204 have both a status and "net::ERR_ABORTED": no page came of them.
    """

    number: int
    place: str
    url: str
    method: str
    status: int | None
    location: str | None
    cause: str
    at_ms: float
    referer: str
    failure: str


@dataclass(frozen=True, slots=True)
class Sent:
    """One request of any kind that left the browser, as far as it is cheap to know.

    Attributes:
        url: without a fragment.
        method: as sent.
        headers: names in lower case; without those that the network stack adds last (cookies).
        post_data: UTF-8, what is not being replaced; None where there was no body.
    """

    url: str
    method: str
    headers: tuple[tuple[str, str], ...]
    post_data: str | None


@dataclass(frozen=True, slots=True)
class Address:
    """What an address bar (or a frame's place in the page) said from a moment on.

    Attributes:
        at_ms: since the trail began, milliseconds.
        place: as in `Hop`.
        url: with the fragment; "chrome-error://chromewebdata/" is Chromium's error page.
    """

    at_ms: float
    place: str
    url: str
