"""The call that the Pay button makes."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from standin import payments, webhooks
from standin.cards import CardEntry
from standin.faults.api_defects import ApiDefect
from standin.provider import Provider
from standin.redirect.response_plan import View
from standin.sessions import Notification, Session
from standin.web.lookup import find_session, shopper_of
from standin.web.redirects import RedirectDelivery

#: The four fields of a card, in the order of ``CardEntry``.
FIELD_KINDS = ("number", "expiry", "cvv", "zip")

#: Seconds; lets the browser reach the merchant before the webhook.
_PAUSE_BEFORE_WEBHOOK_S = 0.3
_TIMES = {"duplicate": 2}


class PayEndpoint:
    """``POST …/pay``: takes the tokens of the card fields, answers with the page's next moves."""

    def __init__(self, provider: Provider) -> None:
        self._provider = provider

    def routes(self) -> list[Route]:
        """The addresses served."""
        return [Route("/{path}/{session}/pay", self.pay, methods=["POST"])]

    async def pay(self, request: Request) -> Response:
        """Try the card; an attempt that is sent again, with the same key, is tried only once."""
        session = find_session(self._provider, request)
        own = self._provider.origins_by(session.scheme).page
        if request.headers.get("origin") != own:
            return _refusal("404 Not Found", 404)
        try:
            asked = await request.json()
        except ValueError:
            asked = None
        if not isinstance(asked, dict) or not isinstance(asked.get("fields"), dict):
            return _refusal("The four card fields are missing.", 400)
        activity, key = session.activity, str(asked.get("key"))
        if key in activity.answers:
            return JSONResponse(activity.answers[key])
        if activity.paying:
            return _refusal("This payment is being made already.", 409)
        card = CardEntry(
            *(activity.take_field(kind, asked["fields"].get(kind)) for kind in FIELD_KINDS)
        )
        if self._provider.view(session, shopper_of(request)) is not View.FORM:
            return JSONResponse({"moves": [{"do": "go", "url": self._provider.href(session)}]})
        activity.paying = True
        try:
            return await self._try(session, card, asked, request)
        finally:
            activity.paying = False

    async def _try(
        self, session: Session, card: CardEntry, asked: Mapping[str, Any], request: Request
    ) -> Response:
        tip = payments.tip_cents(session, asked.get("tip"))
        result = payments.pay(self._provider, session, card, shopper_of(request), tip)
        if result.errors:
            return JSONResponse({"errors": result.errors})
        answer = self._answer(session, result)
        headers = _leaking_headers(session.merchant.api_defects, card)
        session.activity.answers[str(asked.get("key"))] = answer
        behaviour = session.merchant.behaviour
        notes = self._webhooks(session, result, session.activity.totals.total_cents + tip)
        if behaviour.webhook_timing == "before":
            self._provider.save()
            await self._notify(session, notes)
            notes = []
        timing = behaviour.webhook_timing
        late = timing == "late" or (timing == "approved-late" and result.approved)
        delay_s = behaviour.webhook_delay_s if late else _PAUSE_BEFORE_WEBHOOK_S
        later = BackgroundTask(self._notify, session, notes, after_s=delay_s) if notes else None
        return JSONResponse(answer, headers=headers, background=later)

    def _answer(self, session: Session, result: payments.PaymentResult) -> dict[str, Any]:
        plan = result.plan
        delivery = RedirectDelivery(self._provider, session, plan) if plan and plan.url else None
        if delivery and delivery.reaches_merchant:
            return {"moves": delivery.moves()}
        if result.approved:
            return {"moves": [{"do": "go", "url": self._provider.href(session)}]}
        behaviour = session.merchant.behaviour
        enough = session.activity.declines >= behaviour.declines_before_failure
        offered = behaviour.decline == "button" and enough
        way_out = f"{self._provider.page_url(session)}/give-up" if offered else ""
        silent = ApiDefect.SILENT_DECLINE in session.merchant.api_defects
        return {"declined": "" if silent else payments.DECLINED_MESSAGE, "giveUp": way_out}

    def _webhooks(
        self, session: Session, result: payments.PaymentResult, amount_cents: int
    ) -> list[Notification]:
        """The webhooks that this payment attempt causes, in the order of sending."""
        merchant, withheld = session.merchant, session.activity.withheld
        timing = merchant.behaviour.webhook_timing
        if not merchant.webhook_url or timing == "never":
            return []
        note = webhooks.write(
            merchant,
            session.id,
            approved=result.approved,
            amount_cents=amount_cents,
            at_s=self._provider.clock.now(),
        )
        session.activity.notifications.keep(note)
        if timing == "declined-last" and not result.approved:
            withheld.append(note)
            return []
        return [note, *withheld] if timing == "declined-last" else [note] * _TIMES.get(timing, 1)

    async def _notify(
        self, session: Session, notes: Sequence[Notification], after_s: float = 0
    ) -> None:
        await asyncio.sleep(after_s)
        for note in notes:
            await webhooks.notify(session, note, self._provider.clock)


def _leaking_headers(api_defects: frozenset[ApiDefect], card: CardEntry) -> dict[str, str]:
    headers = {}
    if ApiDefect.CARD_IN_COOKIE in api_defects:
        headers["set-cookie"] = f"card={card.digits}; Secure; Path=/"
    if ApiDefect.CARD_IN_ETAG in api_defects:
        headers["etag"] = f'"{card.digits}"'
    return headers


def _refusal(message: str, status: int) -> JSONResponse:
    return JSONResponse({"message": message}, status_code=status)
