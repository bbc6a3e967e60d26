"""The provider itself, without its web: merchants, sessions and what follows from what."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from standin.behaviour import Behaviour, with_switches
from standin.cards import CardEntry
from standin.clock import Clock
from standin.faults import CATALOGUE
from standin.faults.lapse import Lapse
from standin.merchants import Merchant
from standin.record import Checkout
from standin.redirect.departure import LEFT_ALONE_MS, Aside, Departure, View
from standin.redirect.pipeline import ask_ahead, depart, show
from standin.redirect.situation import Happening, Neighbour, Shopper, Situation
from standin.sessions import Session, SessionBook

SKINS = ("classic", "bare", "modern")


class UnknownCheckoutError(LookupError):
    """No session has this id, or it is forgotten."""

    category = "suite problem"


class UnknownSkinError(LookupError):
    """There is no skin of this name."""

    category = "suite problem"


@dataclass(frozen=True, slots=True)
class Origins:
    """Scheme, host and port of each of the provider's sites."""

    api: str
    page: str
    fields: str
    dashboard: str
    plain: str

    @classmethod
    def at(cls, port: int, plain_port: int) -> "Origins":
        """The sites on one TLS port, and one without TLS."""
        return cls(
            api=f"https://localhost:{port}",
            page=f"https://checkout.localhost:{port}",
            fields=f"https://fields.localhost:{port}",
            dashboard=f"https://dashboard.localhost:{port}",
            plain=f"http://checkout.localhost:{plain_port}",
        )


class Provider:
    """What the web parts and the tests share."""

    def __init__(
        self, behaviour: Behaviour, *, fault: str | None, skin: str, origins: Origins
    ) -> None:
        self.behaviour = behaviour
        self.fault = CATALOGUE.find(fault) if fault else None
        self.skin = _known_skin(skin)
        self.origins = origins
        self.clock = Clock()
        self.sessions = SessionBook(self.clock)
        self.merchants: dict[str, Merchant] = {}
        self.errors: list[BaseException] = []
        #: Makes card numbers countable without keeping them.
        self.card_key = secrets.token_bytes(32)

    def new_merchant(
        self,
        *,
        name: str,
        switches: Mapping[str, object],
        skin: str | None,
        fault: str | None,
    ) -> Merchant:
        """Open an account; what is not given is as for the whole run."""
        merchant = Merchant(
            name=name,
            behaviour=with_switches(self.behaviour, switches),
            skin=_known_skin(skin) if skin else self.skin,
            fault=CATALOGUE.find(fault) if fault else self.fault,
        )
        self.merchants[merchant.id] = merchant
        return merchant

    def href(self, session: Session) -> str:
        """The address of the hosted page."""
        return f"{self.page_url(session)}?mode=checkout"

    def page_url(self, session: Session) -> str:
        """The same without its query: every address of the session begins with it."""
        return f"{self.origins.page}/{session.merchant.behaviour.href_path}/{session.id}"

    def is_late(self, session: Session) -> bool:
        """Whether the session has expired unpaid."""
        return not session.paid and self.clock.now() >= session.expires

    def situation(
        self,
        session: Session,
        happened: Happening,
        shopper: Shopper,
        *,
        card: CardEntry | None = None,
        total_cents: int = 0,
    ) -> Situation:
        """Everything the redirect may depend on, as it is now."""
        merchant, life = session.merchant, session.life
        return Situation(
            happened=happened,
            session_id=session.id,
            behaviour=merchant.behaviour,
            requested=session.requested,
            dashboard=merchant.urls,
            dashboard_then=session.dashboard_then,
            token=merchant.token,
            email=life.order.customer.email,
            total_cents=total_cents or life.totals.total_cents,
            lines=len(life.order.lines),
            age_s=self.clock.now() - session.created,
            history=tuple(event.kind for event in life.events),
            query=life.query,
            home=self.origins.page,
            nth_session=session.number,
            nth_departure=merchant.departures + 1,
            attempts=life.attempts,
            declines=life.declines,
            paid=session.paid,
            card=card,
            shopper=shopper,
            previous=self._neighbour(session.previous),
            stranger=self._neighbour(self._stranger_of(merchant)),
        )

    def depart(self, session: Session, situation: Situation) -> Departure:
        """Run the redirect's steps and write down what came of them."""
        departure = depart(situation, session.merchant.fault)
        if departure.url is not None:
            session.merchant.departures += 1
            session.life.landing = departure.url
            session.note(self.clock.now(), "departed", f"{departure.outcome}: {departure.url}")
        return departure

    def view(self, session: Session, shopper: Shopper) -> View:
        """What opening the hosted page shows now."""
        happened = Happening.EXPIRED if self.is_late(session) else Happening.OPENED
        visits = sum(event.kind == Happening.OPENED for event in session.life.events)
        if Lapse.SHOWN_ONCE in session.merchant.lapses and visits > 1 and not session.paid:
            return View.EXPIRED
        return show(self.situation(session, happened, shopper), session.merchant.fault)

    def ahead(self, session: Session, shopper: Shopper) -> tuple[Aside, ...]:
        """What the hosted page requests as soon as it is opened."""
        situation = self.situation(session, Happening.OPENED, shopper)
        asides = ask_ahead(situation, session.merchant.fault)
        if Lapse.SENDS_HOME in session.merchant.lapses:
            asides += (Aside("go", f"{situation.home}/", after_ms=LEFT_ALONE_MS),)
        return asides

    def checkout(self, session_id: str) -> Checkout:
        """A snapshot of a session.

        Raises:
            UnknownCheckoutError: there is none of this id.
        """
        session = self.sessions.find(session_id)
        if session is None:
            raise UnknownCheckoutError(
                f"The stand-in knows no session {session_id}: it was created elsewhere, or expired"
                " so long ago that it is forgotten."
            )
        life = session.life
        state = "paid" if session.paid else "expired" if self.is_late(session) else "open"
        return Checkout(
            session_id=session.id,
            merchant_id=session.merchant.id,
            state=state,
            total_cents=life.totals.total_cents,
            payments=tuple(life.payments),
            declines=life.declines,
            events=tuple(life.events),
            landing=life.landing,
            created_s=session.created,
            expires_s=session.expires,
        )

    def _neighbour(self, session_id: str) -> Neighbour | None:
        session = self.sessions.find(session_id) if session_id else None
        if session is None:
            return None
        return Neighbour(session.id, session.requested, session.merchant.urls)

    def _stranger_of(self, merchant: Merchant) -> str:
        others = (each for each in tuple(self.merchants.values()) if each is not merchant)
        return next((each.latest_session for each in others if each.latest_session), "")


def _known_skin(name: str) -> str:
    if name not in SKINS:
        raise UnknownSkinError(f"There is no skin {name!r}: name one of {', '.join(SKINS)}.")
    return name
