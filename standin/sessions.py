"""Checkout sessions and their store; expired sessions are forgotten after an hour."""

import json
import secrets
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any, Final, TypeVar

from standin.clock import Clock
from standin.faults.api_defects import ApiDefect
from standin.merchants import Merchant
from standin.money import Totals, add_up
from standin.outcomes import RedirectUrls
from standin.record import Event, Payment
from standin.redirect.response_plan import RedirectPlan
from standin.request_validation import Order, read_order

#: Seconds after expiry in which a late shopper still gets the page for expired sessions.
KEPT_AFTER_EXPIRY_S: Final = 3600.0
#: Beyond this number the oldest sessions are forgotten, whatever their age.
MOST_SESSIONS: Final = 100_000
_MOST_EVENTS = 1000
_MOST_ANSWERS = 8
_LONG_LIFE_S = 3600
_DATED_BACK_S = 300

T = TypeVar("T")


class Recent(dict[str, T]):
    """The newest values by key; older ones are dropped."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def __setitem__(self, key: str, value: T) -> None:
        super().__setitem__(key, value)
        if len(self) > self._most:
            del self[next(iter(self))]

    def keep(self, value: T) -> str:
        """Store a value under a new random key, and return the key."""
        key = secrets.token_urlsafe(12)
        self[key] = value
        return key


@dataclass(slots=True, eq=False)
class Notification:
    """A webhook: its JSON, the payment's status in it, and the latest answers to it."""

    body: bytes
    status: str
    answers: deque[Event] = field(default_factory=lambda: deque(maxlen=_MOST_ANSWERS))


@dataclass(slots=True, eq=False)
class Activity:
    """What has happened in a session since it was opened.

    Attributes:
        query: query of the page's address when it was opened last.
        plans: redirect plans by the random name that stands in their addresses.
        answers: answers to pay calls by the attempt's key; a call that is sent again after a
            broken connection gets the same answer and pays once.
        fields: card fields that wait for the payment, by token.
        notifications: webhooks, by the random name that stands in the address of "Send again".
        withheld: webhooks of declines that follow that of the payment.
    """

    order: Order
    totals: Totals
    payments: list[Payment] = field(default_factory=list)
    attempts: int = 0
    declines: int = 0
    events: list[Event] = field(default_factory=list)
    landing: str | None = None
    query: str = ""
    plans: Recent[RedirectPlan] = field(default_factory=lambda: Recent(8))
    answers: Recent[Mapping[str, Any]] = field(default_factory=lambda: Recent(8))
    fields: Recent[tuple[str, str]] = field(default_factory=lambda: Recent(16), repr=False)
    paying: bool = False
    notifications: Recent[Notification] = field(default_factory=lambda: Recent(8), repr=False)
    withheld: list[Notification] = field(default_factory=list, repr=False)

    def take_field(self, kind: str, token: object) -> str:
        """Return and forget the field of a token; empty if there is none."""
        found = self.fields.pop(token, None) if isinstance(token, str) else None
        return found[1] if found and found[0] == kind else ""


@dataclass(slots=True, eq=False)
class Session:
    """One checkout session.

    The validated request is kept as bytes and parsed when the page is opened, because most
    sessions of a load test are never opened.

    Attributes:
        number: its place among the merchant's sessions, from 1.
        created: seconds since 1970 by the stand-in's clock; so is ``expires``.
        previous: id of the merchant's previous session, or empty.
        scheme: of the create call, ``https`` or ``http``; its page has the same.
        unsaved: the store's changed sessions, if anybody saves them.
    """

    id: str
    merchant: Merchant
    body: bytes
    requested: RedirectUrls
    dashboard_at_creation: RedirectUrls
    created: float
    expires: float
    number: int
    previous: str
    scheme: str
    unsaved: "dict[str, Session] | None" = field(default=None, repr=False)
    _activity: Activity | None = None

    @property
    def activity(self) -> Activity:
        """What has happened since the session was opened."""
        if self._activity is None:
            order = read_order(json.loads(self.body))
            lines = order.lines
            if ApiDefect.NO_TAX in self.merchant.api_defects:
                lines = tuple(replace(line, taxes=()) for line in lines)
            self._activity = Activity(order, add_up(lines))
        return self._activity

    @property
    def paid(self) -> bool:
        """Whether a payment was approved."""
        return self._activity is not None and bool(self._activity.payments)

    def log_event(self, at_s: float, kind: str, detail: str = "") -> None:
        """Record an event; further events are dropped once the record is full.

        Whatever changes a session is an event, and is done before the next ``await``.
        """
        if self.unsaved is not None:
            self.unsaved[self.id] = self
        if len(self.activity.events) < _MOST_EVENTS:
            self.activity.events.append(Event(at_s, kind, detail))


class SessionStore:
    """All sessions of all merchants."""

    def __init__(self, clock: Clock, *, most: int = MOST_SESSIONS) -> None:
        self._clock = clock
        self._most = most
        self._sessions: dict[str, Session] = {}
        self._queue: deque[Session] = deque()
        #: Sessions that have changed, by id, if anybody saves them.
        self.unsaved: dict[str, Session] | None = None

    def __len__(self) -> int:
        return len(self._sessions)

    def add(
        self,
        session_id: str,
        merchant: Merchant,
        body: bytes,
        requested: RedirectUrls,
        scheme: str = "https",
    ) -> Session:
        """Add a session, and forget those that expired long ago."""
        now, defects = self._clock.now(), merchant.api_defects
        life_s = merchant.behaviour.session_ttl_s
        if ApiDefect.LONG_LIFE in defects:
            life_s = max(life_s, _LONG_LIFE_S)
        created = now - (_DATED_BACK_S if ApiDefect.DATED_BACK in defects else 0)
        merchant.sessions += 1
        session = Session(
            session_id,
            merchant,
            body,
            requested,
            dashboard_at_creation=merchant.urls,
            created=created,
            # In every measurement the two times differ by some milliseconds less than the lifetime.
            # Source: docs/sources.md, The API.
            expires=created + life_s - 0.027,
            number=merchant.sessions,
            previous=merchant.latest_session,
            scheme=scheme,
            unsaved=self.unsaved,
        )
        merchant.latest_session = session_id
        self._sessions[session_id] = session
        if self.unsaved is not None:
            self.unsaved[session_id] = session
        queue = self._queue
        queue.append(session)
        while len(queue) > self._most or now >= queue[0].expires + KEPT_AFTER_EXPIRY_S:
            del self._sessions[queue.popleft().id]
        return session

    def find(self, session_id: str) -> Session | None:
        """The session of this id, or None if it never existed or is forgotten."""
        session = self._sessions.get(session_id)
        if session and self._clock.now() >= session.expires + KEPT_AFTER_EXPIRY_S:
            return None
        return session

    def latest(self, most: int) -> Iterator[Session]:
        """The newest sessions, newest first."""
        return islice(reversed(self._queue), most)

    def restore(self, session: Session) -> None:
        """Add a session of an earlier run; the oldest come first."""
        session.unsaved = self.unsaved
        self._sessions[session.id] = session
        self._queue.append(session)

    def of_merchant(self, merchant: Merchant) -> tuple[Session, ...]:
        """A merchant's sessions, oldest first."""
        return tuple(session for session in tuple(self._queue) if session.merchant is merchant)
