"""The provider without its web pages: merchants, sessions, payments and redirects."""

import secrets
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from standin.cards import CardEntry
from standin.clock import Clock
from standin.faults.api_defects import ApiDefect
from standin.merchants import Merchant
from standin.record import Answer, Checkout, CreateCall
from standin.redirect.pipeline import plan_redirect, requests_on_open, show
from standin.redirect.response_plan import IDLE_MS, RedirectPlan, SideRequest, View
from standin.redirect.situation import OtherSession, Shopper, Situation, Trigger
from standin.sessions import Session, SessionStore
from standin.state import StateFile
from standin.web.limits import RateLimit

CreateListener = Callable[[CreateCall], None]
AnswerListener = Callable[[Answer], None]


class UnknownCheckoutError(LookupError):
    """No session has this id, or it is forgotten."""

    category = "suite problem"


@dataclass(frozen=True, slots=True)
class Origins:
    """Scheme, host and port of each site of the provider."""

    api: str
    page: str
    fields: str
    dashboard: str
    plain: str
    beside: str = ""

    @classmethod
    def at(cls, port: int, plain_port: int, beside_port: int = 0) -> "Origins":
        """The sites on a TLS port, on a port without TLS, and on one that nobody declares."""
        return cls(
            api=f"https://localhost:{port}",
            page=f"https://checkout.localhost:{port}",
            fields=f"https://fields.localhost:{port}",
            dashboard=f"https://dashboard.localhost:{port}",
            plain=f"http://checkout.localhost:{plain_port}",
            beside=f"https://checkout.localhost:{beside_port}",
        )

    @classmethod
    def without_tls(cls, port: int) -> "Origins":
        """The sites on a port without TLS."""
        return cls(
            api=f"http://localhost:{port}",
            page=f"http://checkout.localhost:{port}",
            fields=f"http://fields.localhost:{port}",
            dashboard=f"http://dashboard.localhost:{port}",
            plain=f"http://checkout.localhost:{port}",
        )


class Provider:
    """State of the provider, shared by its sites."""

    def __init__(self) -> None:
        self.origins = Origins.at(0, 0)
        #: The same sites without TLS, if they are served.
        self.http_origins: Origins | None = None
        self.clock = Clock()
        self.sessions = SessionStore(self.clock)
        self.merchants: dict[str, Merchant] = {}
        self.errors: list[BaseException] = []
        #: The latest create calls, if the stand-in is to show them.
        self.calls: deque[CreateCall] | None = None
        #: Receives each create call for a merchant that exists.
        self.on_create: CreateListener | None = None
        self.state: StateFile | None = None
        self.rate_limit: RateLimit | None = None
        #: Seconds that each answer waits.
        self.latency_s = 0.0
        #: Receives each answer.
        self.on_answer: AnswerListener | None = None
        #: Key of the hashes that count uses of a card without storing its number.
        self.card_key = secrets.token_bytes(32)

    @property
    def reports_calls(self) -> bool:
        """Whether anybody wants to know about create calls."""
        return self.on_create is not None or self.calls is not None

    def report(self, call: CreateCall) -> None:
        """Pass a create call on to those who want to know."""
        if self.calls is not None:
            self.calls.append(call)
        if self.on_create is not None:
            self.on_create(call)

    def save(self) -> None:
        """Write to the state file, if there is one; every answer is preceded by it."""
        if self.state is not None:
            self.state.save(self.sessions, self.merchants, self.clock.now())

    def origins_by(self, scheme: str) -> Origins:
        """The sites as a client of ``http`` or ``https`` sees them."""
        return self.http_origins if self.http_origins and scheme == "http" else self.origins

    def href(self, session: Session) -> str:
        """The address of the hosted page."""
        return f"{self.page_url(session)}?mode=checkout"

    def page_url(self, session: Session) -> str:
        """The address without its query; every address of the session begins with it."""
        page = self.origins_by(session.scheme).page
        return f"{page}/{session.merchant.behaviour.href_path}/{session.id}"

    def is_expired(self, session: Session) -> bool:
        """Whether the session has expired unpaid."""
        return not session.paid and self.clock.now() >= session.expires

    def situation(
        self,
        session: Session,
        trigger: Trigger,
        shopper: Shopper,
        *,
        card: CardEntry | None = None,
        total_cents: int = 0,
    ) -> Situation:
        """Collect everything that the redirect may depend on."""
        merchant, activity = session.merchant, session.activity
        return Situation(
            trigger=trigger,
            session_id=session.id,
            behaviour=merchant.behaviour,
            requested=session.requested,
            dashboard=merchant.urls,
            dashboard_at_creation=session.dashboard_at_creation,
            token=merchant.token,
            email=activity.order.customer.email,
            total_cents=total_cents or activity.totals.total_cents,
            lines=len(activity.order.lines),
            age_s=self.clock.now() - session.created,
            history=tuple(event.kind for event in activity.events),
            query=activity.query,
            home=self.origins_by(session.scheme).page,
            nth_session=session.number,
            nth_redirect=merchant.redirects + 1,
            attempts=activity.attempts,
            declines=activity.declines,
            paid=session.paid,
            card=card,
            shopper=shopper,
            previous=self._other_session(session.previous),
            unrelated=self._other_session(self._unrelated_to(merchant)),
        )

    def plan_redirect(self, session: Session, situation: Situation) -> RedirectPlan:
        """Plan a redirect and record it."""
        merchant = session.merchant
        right = plan_redirect(situation, None)
        plan = merchant.note(plan_redirect(situation, merchant.fault), right)
        if plan.url is not None:
            merchant.redirects += 1
            session.activity.landing = plan.url
            session.log_event(self.clock.now(), "redirected", f"{plan.outcome}: {plan.url}")
        return plan

    def view(self, session: Session, shopper: Shopper) -> View:
        """What the hosted page's address shows now."""
        trigger = Trigger.EXPIRED if self.is_expired(session) else Trigger.OPENED
        visits = sum(event.kind == Trigger.OPENED for event in session.activity.events)
        merchant = session.merchant
        if visits > 1 and not session.paid and ApiDefect.SHOWN_ONCE in merchant.api_defects:
            return View.EXPIRED
        situation = self.situation(session, trigger, shopper)
        return merchant.note(show(situation, merchant.fault), show(situation, None))

    def on_open(self, session: Session, shopper: Shopper) -> tuple[SideRequest, ...]:
        """Requests that the hosted page makes when it is opened."""
        situation = self.situation(session, Trigger.OPENED, shopper)
        merchant = session.merchant
        side_requests = merchant.note(requests_on_open(situation, merchant.fault), ())
        if ApiDefect.SENDS_HOME in merchant.api_defects:
            side_requests += (SideRequest("go", f"{situation.home}/", after_ms=IDLE_MS),)
        return side_requests

    def checkout(self, session_id: str) -> Checkout:
        """Return a snapshot of a session.

        Raises:
            UnknownCheckoutError: no session has this id.
        """
        session = self.sessions.find(session_id)
        if session is None:
            raise UnknownCheckoutError(
                f"The stand-in knows no session {session_id}: it was created elsewhere, or expired"
                " so long ago that it is forgotten."
            )
        activity = session.activity
        state = "paid" if session.paid else "expired" if self.is_expired(session) else "open"
        return Checkout(
            session_id=session.id,
            merchant_id=session.merchant.id,
            state=state,
            requested=session.requested,
            dashboard=session.dashboard_at_creation,
            total_cents=activity.totals.total_cents,
            payments=tuple(activity.payments),
            declines=activity.declines,
            events=tuple(activity.events),
            landing=activity.landing,
            created_s=session.created,
            expires_s=session.expires,
        )

    def _other_session(self, session_id: str) -> OtherSession | None:
        session = self.sessions.find(session_id) if session_id else None
        if session is None:
            return None
        return OtherSession(session.id, session.requested, session.merchant.urls)

    def _unrelated_to(self, merchant: Merchant) -> str:
        others = (each for each in tuple(self.merchants.values()) if each is not merchant)
        return next((each.latest_session for each in others if each.latest_session), "")
