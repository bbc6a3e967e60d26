"""Immutable snapshots of a session, for tests and the dashboard."""

from dataclasses import dataclass

from standin.integration_check import Finding
from standin.outcomes import RedirectUrls


@dataclass(frozen=True, slots=True)
class Payment:
    """An approved payment; brand and last four digits are all that is stored of the card."""

    id: str
    amount_cents: int
    brand: str
    last_four: str
    at_s: float


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened; ``at_s`` is seconds since 1970 by the stand-in's clock."""

    at_s: float
    kind: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class CreateCall:
    """A create call for a merchant that exists.

    Attributes:
        at_s: seconds since 1970 by the stand-in's clock.
        status: of the answer.
        message: the words of a refusal, or "".
        session_id: of the session that was created, or "".
        request: the beginning of the body, without the API token.
        findings: of the integration check.
    """

    at_s: float
    merchant_id: str
    status: int
    message: str
    session_id: str
    request: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """An answered request, without its query, headers and body.

    Attributes:
        at_s: seconds since 1970 by the stand-in's clock.
        ms: from the request to the head of the answer, by the real time.
    """

    at_s: float
    method: str
    host: str
    path: str
    status: int
    ms: int


@dataclass(frozen=True, slots=True)
class Checkout:
    """A session at the time of the snapshot.

    Attributes:
        state: ``open``, ``paid`` or ``expired``. A decline or a cancelled visit leaves a session
            open: its link can be used again until it expires.
        requested: the redirect URLs of the create call; ``dashboard`` those of the dashboard then.
        landing: the URL of the last redirect, as it was sent; None before the first.
        created_s: seconds since 1970 by the stand-in's clock; so is ``expires_s``.
    """

    session_id: str
    merchant_id: str
    state: str
    requested: RedirectUrls
    dashboard: RedirectUrls
    total_cents: int
    payments: tuple[Payment, ...]
    declines: int
    events: tuple[Event, ...]
    landing: str | None
    created_s: float
    expires_s: float

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of the events, in order."""
        return tuple(event.kind for event in self.events)
