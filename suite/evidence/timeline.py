"""The recorder of a checkout's timeline: it keeps the steps, and reads the rest from the trail."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter

from playwright.sync_api import Page

from landing.trail import Trail
from records.exchange import Exchange
from records.observation import Arrival, Hop, SentRequest
from records.timeline import Event, Timeline

MOST_EVENTS = 200
"""Entries of a timeline that are kept, the first and the last ones."""
LONGEST_TEXT = 1_000
"""Characters of an entry that are kept."""
#: What a page sends to an API; everything else but documents are parts of the page.
_CALLS = {"beacon", "eventsource", "fetch", "ping", "xhr"}


@dataclass(frozen=True, slots=True)
class Picture:
    """A screenshot that was taken.

    Attributes:
        at_s: `time.monotonic()`, seconds.
        page: of which it is, or None if that is unknown.
        file: the name under which it was written.
    """

    at_s: float
    page: Page | None
    file: str = ""


@dataclass(slots=True)
class TimelineRecorder:
    """Records one checkout from now on.

    Attributes:
        lands_at: whether a URL is the merchant's.
        late: the requests that reached the merchant's site after the verdict.
    """

    session_id: str
    page: Page
    trail: Trail
    lands_at: Callable[[str], bool]
    late: Callable[[], Sequence[Arrival]]
    _steps: list[tuple[float, str, bool]] = field(default_factory=list)

    @property
    def last_step_s(self) -> float:
        """When the last step began, `time.monotonic()`."""
        return self._steps[-1][0] if self._steps else self.trail.began_s

    def step(self, text: str, *, is_bad: bool = False) -> None:
        """Note what the shopper or the suite does now."""
        self._steps.append((time.monotonic(), text, is_bad))

    def timeline(self, exchanges: Sequence[Exchange], pictures: Sequence[Picture]) -> Timeline:
        """Return everything in the order of time.

        Args:
            exchanges: API calls of the test; those that name the session are taken.
            pictures: screenshots of this checkout.
        """
        own = [one for one in exchanges if self.session_id in one.url + one.response_body]
        began_s = own[0].at_s if own else self.trail.began_s
        offset_ms = (self.trail.began_s - began_s) * 1000
        events = [
            *self._api(own, began_s),
            *self._documents(offset_ms),
            *self._calls(offset_ms),
            *self._signs(offset_ms),
            *self._late(began_s),
            *(Event(_ms(at_s, began_s), "step", text, bad) for at_s, text, bad in self._steps),
            *(Event(_ms(one.at_s, began_s), "step", "", screenshot=one.file) for one in pictures),
        ]
        events.sort(key=attrgetter("at_ms"))
        begins_with = "the create call" if own else "Clover's page"
        return Timeline(self.session_id, begins_with, _clipped(events))

    def _api(self, exchanges: Sequence[Exchange], began_s: float) -> Iterator[Event]:
        for one in exchanges:
            at_ms = _ms(one.at_s, began_s)
            if one is exchanges[0]:
                yield Event(at_ms, "step", "creates the checkout by API")
            yield _request(at_ms, "API", one)

    def _documents(self, offset_ms: float) -> Iterator[Event]:
        landed = False
        for hop in self.trail.hops:
            at_ms = hop.at_ms + offset_ms
            if hop.place != "frame" and not landed and self.lands_at(hop.url):
                landed = True
                yield Event(at_ms, "step", "the browser requests the merchant's page")
            event = _request(at_ms, f"{hop.place}, {hop.cause}", hop)
            if hop.place != "frame" or event.is_bad:
                yield event

    def _calls(self, offset_ms: float) -> Iterator[Event]:
        for one in self.trail.requests:
            if one.kind in _CALLS:
                yield _request(one.at_ms + offset_ms, one.kind, one)

    def _signs(self, offset_ms: float) -> Iterator[Event]:
        for line in self.trail.console:
            text = f"{line.kind}: {line.text}"
            yield Event(line.at_ms + offset_ms, "console", text, line.kind == "error")
        for one in self.trail.interruptions:
            yield Event(one.at_ms + offset_ms, "step", f"{one.kind}: {one.text}")

    def _late(self, began_s: float) -> Iterator[Event]:
        for one in self.late():
            text = f"late arrival: {one.method} {one.url}"
            yield Event(_ms(one.at_s, began_s), "network", text, is_bad=True)


def owner(recorders: Sequence[TimelineRecorder], picture: Picture) -> TimelineRecorder:
    """Return the checkout that a picture shows: that of its page, browser or latest step."""
    of_page = [one for one in recorders if one.page == picture.page]
    context = picture.page.context if picture.page else None
    of_context = [one for one in recorders if one.page.context == context]
    return max(of_page or of_context or recorders, key=lambda one: one.last_step_s)


def _ms(at_s: float, began_s: float) -> float:
    return (at_s - began_s) * 1000


def _request(at_ms: float, what: str, one: Exchange | Hop | SentRequest) -> Event:
    result = one.failure or ("no answer" if one.status is None else str(one.status))
    ms = None if isinstance(one, Hop) else one.ms
    took = "" if ms is None else f" in {ms:.0f} ms"
    is_bad = bool(one.failure) or one.status is None or one.status >= 400
    return Event(at_ms, "network", f"{one.method} {result}{took} ({what}) {one.url}", is_bad)


def _clipped(events: Sequence[Event]) -> tuple[Event, ...]:
    """Return the events with round times and short texts, and without those in the middle."""
    short = [
        replace(event, at_ms=round(event.at_ms, 1), text=event.text[:LONGEST_TEXT])
        for event in events
    ]
    dropped = len(short) - MOST_EVENTS
    if dropped <= 0:
        return tuple(short)
    half = MOST_EVENTS // 2
    gap = Event(short[half].at_ms, "step", f"{dropped} entries are left out here")
    return (*short[:half], gap, *short[-half:])
