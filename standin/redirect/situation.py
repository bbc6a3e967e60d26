"""Everything that a step of the redirect, or a fault in one, may look at."""

from dataclasses import dataclass
from enum import StrEnum

from standin.behaviour import Behaviour
from standin.cards import CardEntry
from standin.outcomes import RedirectUrls


class Trigger(StrEnum):
    """What the shopper or time did; what follows from it is for the steps to say."""

    OPENED = "opened"
    APPROVED = "approved"
    DECLINED = "declined"
    GAVE_UP = "gave-up"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Shopper:
    """Who is in front of the page, as far as the request's headers tell.

    Attributes:
        first_session: the first session that this browser opened, as its cookie says; empty where
            it has no cookie yet.
    """

    user_agent: str = ""
    languages: str = ""
    first_session: str = ""

    @property
    def on_phone(self) -> bool:
        """Whether the browser says that it runs on a phone."""
        return "Mobi" in self.user_agent

    @property
    def locale(self) -> str:
        """The first language the browser asks for, such as ``fr-CA``."""
        return self.languages.split(",")[0].split(";")[0].strip()


@dataclass(frozen=True, slots=True)
class OtherSession:
    """Another session, for faults that mix sessions up."""

    session_id: str
    requested: RedirectUrls
    dashboard: RedirectUrls


@dataclass(frozen=True, slots=True)
class Situation:
    """One session at the moment something happened to it.

    Attributes:
        requested: the URLs of the create request.
        dashboard: the merchant's URLs now.
        dashboard_at_creation: the merchant's URLs when the session was created.
        token: the merchant's API token.
        email: the customer's.
        total_cents: what is to be paid, tip included.
        lines: how many lines the cart has.
        age_s: seconds since the session was created.
        history: what has happened to the session so far, as kinds of events.
        query: what stood behind the question mark when the page was opened.
        home: the origin of the provider's own pages.
        nth_session: how many sessions the merchant had made with this one, from 1.
        nth_redirect: the how-manieth of the merchant's redirects this would be, from 1.
        attempts: payments tried in this session, this one included.
        declines: how many of them were declined.
        card: what was typed, while a payment is decided; None at any other time.
        previous: the merchant's session before this one.
        unrelated: some session of another merchant.
    """

    trigger: Trigger
    session_id: str
    behaviour: Behaviour
    requested: RedirectUrls
    dashboard: RedirectUrls
    dashboard_at_creation: RedirectUrls
    token: str = ""
    email: str = ""
    total_cents: int = 0
    lines: int = 1
    age_s: float = 0.0
    history: tuple[str, ...] = ()
    query: str = ""
    home: str = "https://checkout.localhost"
    nth_session: int = 1
    nth_redirect: int = 1
    attempts: int = 0
    declines: int = 0
    paid: bool = False
    card: CardEntry | None = None
    shopper: Shopper = Shopper()
    previous: OtherSession | None = None
    unrelated: OtherSession | None = None

    @property
    def returning(self) -> bool:
        """Whether this browser has opened another session before."""
        return self.shopper.first_session not in {"", self.session_id}

    def __repr__(self) -> str:
        return f"Situation({self.trigger}, {self.session_id})"
