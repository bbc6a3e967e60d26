"""What the two witnesses of a redirect have to tell, as far as the contract reads it.

The landing site and the browser's trail satisfy these shapes without knowing
them: a witness records, it does not judge.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


class Arrival(Protocol):
    """One request that reached the merchant's site."""

    @property
    def number(self) -> int: ...
    @property
    def at_s(self) -> float: ...
    @property
    def method(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def headers(self) -> Sequence[tuple[str, str]]: ...
    @property
    def body(self) -> str: ...
    @property
    def status(self) -> int: ...
    @property
    def dest(self) -> str: ...


class Hop(Protocol):
    """One document that the browser asked for."""

    @property
    def number(self) -> int: ...
    @property
    def place(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def method(self) -> str: ...
    @property
    def status(self) -> int | None: ...
    @property
    def location(self) -> str | None: ...
    @property
    def cause(self) -> str: ...
    @property
    def at_ms(self) -> float: ...
    @property
    def referer(self) -> str: ...
    @property
    def failure(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Stayed:
    """Where the shopper was when the suite stopped looking, as the screen showed it."""

    url: str
    heading: str
    alert: str


@dataclass(frozen=True, slots=True)
class Observed:
    """Everything the witnesses saw of one checkout.

    Attributes:
        hops: every document request of the browser since the checkout was opened.
        arrivals: every request that the merchant's site got from this shopper,
            or None where the landing pages are not ours and cannot testify.
        address: the address bar at the end, fragment included.
        stayed: what the shopper saw at the end.
        texts: every text that others can read along the way, by where it stood
            (request URLs, referrers, page titles), for the leak clause.
        waited_s: how long the suite waited for the landing, seconds.
        payments: how many payments the provider's books hold for the session, or None where
            nobody may look into them.
        acted_ms: when the shopper last pressed Pay or Cancel, on the trail's clock.
    """

    hops: Sequence[Hop]
    arrivals: Sequence[Arrival] | None
    address: str
    stayed: Stayed
    texts: Sequence[tuple[str, str]] = ()
    waited_s: float = 0.0
    acted_ms: float = 0.0
    payments: int | None = None
