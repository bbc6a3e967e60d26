"""The input of the redirect steps and of the faults."""

from dataclasses import dataclass
from enum import StrEnum

from standin.behaviour import Behaviour
from standin.cards import CardEntry
from standin.outcomes import RedirectUrls


class Trigger(StrEnum):
    """What triggers a redirect: an action of the shopper or the expiry of the session."""

    OPENED = "opened"
    APPROVED = "approved"
    DECLINED = "declined"
    GAVE_UP = "gave-up"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Shopper:
    """The shopper, as far as request headers show.

    Attributes:
        first_session: the first session that this browser opened, from its cookie; empty without
            a cookie.
    """

    user_agent: str = ""
    languages: str = ""
    first_session: str = ""

    @property
    def on_phone(self) -> bool:
        """Whether the user agent is a phone."""
        return "Mobi" in self.user_agent

    @property
    def locale(self) -> str:
        """The first accepted language, such as ``fr-CA``."""
        return self.languages.split(",")[0].split(";")[0].strip()


@dataclass(frozen=True, slots=True)
class OtherSession:
    """Another session, for faults that mix up sessions."""

    session_id: str
    requested: RedirectUrls
    dashboard: RedirectUrls


@dataclass(frozen=True, slots=True)
class Situation:
    """One session at the moment of a trigger.

    Attributes:
        dashboard: the merchant's URLs now.
        total_cents: amount to pay, tip included.
        age_s: seconds since the session was created.
        history: kinds of the session's events so far.
        query: query of the page's address when it was opened last.
        home: origin of the hosted pages.
        nth_session: number of this session among the merchant's, from 1.
        nth_redirect: number of this redirect among the merchant's, from 1.
        attempts: payment attempts in this session, this one included.
        declines: how many of them were declined.
        card: the card of the current payment attempt; None otherwise.
        previous: the merchant's previous session.
        unrelated: a session of another merchant.
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
