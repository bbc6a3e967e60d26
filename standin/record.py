"""What tests and the dashboard may know of a session: a snapshot that nobody changes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Payment:
    """An approved payment; of the card no more is kept than this."""

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
class Checkout:
    """A session as it was when it was asked for.

    Attributes:
        state: ``open``, ``paid`` or ``expired``. A decline or a cancelled visit leaves a session
            open: its link can be used again until it expires.
        landing: the URL that was chosen last, as it was sent; None while there is none.
        created_s: seconds since 1970 by the stand-in's clock; so is ``expires_s``.
    """

    session_id: str
    merchant_id: str
    state: str
    total_cents: int
    payments: tuple[Payment, ...]
    declines: int
    events: tuple[Event, ...]
    landing: str | None
    created_s: float
    expires_s: float

    @property
    def kinds(self) -> tuple[str, ...]:
        """What happened, in order, without times."""
        return tuple(event.kind for event in self.events)
