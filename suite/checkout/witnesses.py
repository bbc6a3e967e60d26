"""What the tests need of the two witnesses and of the evidence; conftest.py supplies them."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from records.exchange import Exchange
from records.observation import Arrival, Hop
from records.verdict import Verdict


class Request(Protocol):
    """Any request of the browser."""

    @property
    def url(self) -> str: ...
    @property
    def headers(self) -> Sequence[tuple[str, str]]: ...


class Address(Protocol):
    """What an address bar said for a while."""

    @property
    def url(self) -> str: ...


class Trail(Protocol):
    """The browser's own account of where it went."""

    @property
    def hops(self) -> Sequence[Hop]: ...
    @property
    def requests(self) -> Sequence[Request]: ...
    @property
    def addresses(self) -> Sequence[Address]: ...
    @property
    def titles(self) -> Sequence[str]: ...
    def now_ms(self) -> float: ...
    def address(self, place: str = "tab") -> str: ...
    def wait_until(self, predicate: Callable[[Any], bool], timeout_s: float) -> bool: ...


class Journal(Protocol):
    """The landing site's account of what reached it."""

    def mark(self) -> int: ...
    def since(self, mark: int) -> Sequence[Arrival]: ...


class Evidence(Protocol):
    """What a test leaves behind."""

    case: dict[str, Any]

    def add_verdict(self, verdict: Verdict) -> None: ...
    def add_exchange(self, exchanges: Iterable[Exchange]) -> None: ...
    def note(self, key: str, value: object) -> None: ...


class Clock(Protocol):
    """The provider's time."""

    def advance(self, seconds: float) -> object: ...


class Till(Protocol):
    """How a session stands at the provider."""

    @property
    def payments(self) -> Sequence[object]: ...


class Provider(Protocol):
    """The stand-in, as far as tests may control it."""

    @property
    def clock(self) -> Clock: ...
    def checkout(self, session_id: str) -> Till: ...


class MerchantSite(Protocol):
    """The landing site, as far as tests may disturb it."""

    def down(self) -> AbstractContextManager[None]: ...
    def answer_with(self, path_prefix: str, *, status: int) -> AbstractContextManager[None]: ...
