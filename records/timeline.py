"""The timeline of one checkout: what shopper, network and console did, and when."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of a timeline.

    Attributes:
        at_ms: milliseconds since the timeline began.
        lane: "step" (of the shopper or the suite), "network" or "console".
        text: one line.
        is_bad: whether it reports a failure.
        screenshot: the file name of a picture of this moment, beside the record, or "".
    """

    at_ms: float
    lane: str
    text: str
    is_bad: bool = False
    screenshot: str = ""


@dataclass(frozen=True, slots=True)
class Timeline:
    """One checkout.

    Attributes:
        begins_with: "the create call", or "Clover's page" where a shop has made the call.
        events: in the order of time.
    """

    session_id: str
    begins_with: str
    events: tuple[Event, ...]
