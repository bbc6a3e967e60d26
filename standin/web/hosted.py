"""The hosted checkout page and the addresses that a shopper's browser opens from it."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from standin.faults.api_defects import ApiDefect
from standin.provider import Provider
from standin.redirect.response_plan import View
from standin.redirect.situation import Trigger
from standin.sessions import Session
from standin.web.checkout_page import checkout_page, notice
from standin.web.lookup import VISITOR, find_session, not_found, shopper_of
from standin.web.redirects import RedirectDelivery, policy_for, redirect
from standin.web.render import html

#: Seconds after which the faulty receipt leaves.
RECEIPT_S = 4


class HostedPages:
    """Pages under ``https://checkout.localhost``."""

    def __init__(self, provider: Provider) -> None:
        self._provider = provider

    def routes(self) -> list[Route]:
        """The addresses served."""
        base = "/{path}/{session}"
        return [
            Route(base, self.open, methods=["GET"]),
            Route(f"{base}/cancel", self.cancel, methods=["GET"]),
            Route(f"{base}/give-up", self.give_up, methods=["GET"]),
            Route(f"{base}/continue/{{name}}", self.show_continue, methods=["GET"]),
            Route(f"{base}/leave/{{name}}/{{leg:int}}", self.leave, methods=["GET", "POST"]),
        ]

    async def open(self, request: Request) -> Response:
        """The payment form, or the page that replaces it."""
        session = find_session(self._provider, request)
        session.log_event(self._provider.clock.now(), "opened")
        shopper = shopper_of(request)
        match self._provider.view(session, shopper):
            case View.FORM:
                session.activity.query = request.url.query
                page = (
                    HTMLResponse()
                    if self._is_empty(session)
                    else checkout_page(self._provider, session, shopper)
                )
                if not shopper.first_session:
                    page.set_cookie(VISITOR, session.id, secure=True, httponly=True)
                return page
            case View.ALREADY_PAID:
                return notice(session, "already-paid", status=410)
            case View.EXPIRED:
                return await self._end(request, session, Trigger.EXPIRED, "expired")
            case View.REDIRECT_AGAIN if session.activity.plans:
                plan = list(session.activity.plans.values())[-1]
                return await RedirectDelivery(self._provider, session, plan).response()
            case _:
                return self._receipt(session)

    def _receipt(self, session: Session) -> Response:
        page = notice(session, "received")
        defects, events = session.merchant.api_defects, session.activity.events
        home = f"{self._provider.origins_by(session.scheme).page}/"
        if ApiDefect.RECEIPT_LEAVES in defects:
            page.headers["refresh"] = f"{RECEIPT_S}; url={home}"
        reloads = [event.kind for event in events[-2:]] == ["opened"] * 2
        if reloads and ApiDefect.RELOAD_LEAVES in defects:
            return redirect(303, home, "strict-origin")
        return page

    @staticmethod
    def _is_empty(session: Session) -> bool:
        visits = sum(event.kind == "opened" for event in session.activity.events)
        return visits > 1 and ApiDefect.EMPTY_AGAIN in session.merchant.api_defects

    async def cancel(self, request: Request) -> Response:
        """The shopper leaves without paying."""
        return await self._leave_unpaid(request, Trigger.CANCELLED, "cancelled")

    async def give_up(self, request: Request) -> Response:
        """The shopper leaves after a decline, by the button that appears then."""
        return await self._leave_unpaid(request, Trigger.GAVE_UP, "not-paid")

    async def show_continue(self, request: Request) -> Response:
        """The page with a Continue button between an outcome and the redirect."""
        delivery = self._delivery(request)
        session = delivery.session
        return html(
            "pages/continue.html",
            policy=policy_for(session),
            skin=session.merchant.skin,
            merchant=session.merchant.name,
            moves=delivery.moves_after_click(),
        )

    async def leave(self, request: Request) -> Response:
        """One step of a redirect."""
        return await self._delivery(request).step(request.path_params["leg"])

    async def _leave_unpaid(self, request: Request, trigger: Trigger, page: str) -> Response:
        session = find_session(self._provider, request)
        behaviour = session.merchant.behaviour
        offered = (
            behaviour.cancel != "none"
            if trigger is Trigger.CANCELLED
            else behaviour.decline == "button"
            and session.activity.declines >= behaviour.declines_before_failure
        )
        if not offered:
            return not_found()
        if self._provider.view(session, shopper_of(request)) is not View.FORM:
            return redirect(303, self._provider.href(session), "strict-origin")
        session.log_event(self._provider.clock.now(), trigger.value)
        return await self._end(request, session, trigger, page)

    async def _end(
        self, request: Request, session: Session, trigger: Trigger, page: str
    ) -> Response:
        situation = self._provider.situation(session, trigger, shopper_of(request))
        plan = self._provider.plan_redirect(session, situation)
        if plan.url is not None:
            delivery = RedirectDelivery(self._provider, session, plan)
            if delivery.reaches_merchant:
                return await delivery.response()
        return notice(session, page, status=410 if trigger is Trigger.EXPIRED else 200)

    def _delivery(self, request: Request) -> RedirectDelivery:
        session, name = find_session(self._provider, request), request.path_params["name"]
        if name not in session.activity.plans:
            raise HTTPException(404)
        return RedirectDelivery(self._provider, session, session.activity.plans[name], name)
