"""The call behind the Pay button."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from standin import till, webhooks
from standin.cards import CardEntry
from standin.faults.lapse import Lapse
from standin.provider import Provider
from standin.redirect.departure import View
from standin.sessions import Session
from standin.web.finding import find_session, shopper_of
from standin.web.leaving import Road

#: The four fields of a card, in the order of ``CardEntry``.
KINDS = ("number", "expiry", "cvv", "zip")

#: Lets the browser reach the merchant first when the webhook is to come after it.
_PAUSE_BEFORE_LATE_WEBHOOK_S = 0.3


class Paying:
    """``POST …/pay``: the page names the four card fields by token, and learns its next moves."""

    def __init__(self, provider: Provider) -> None:
        self._provider = provider

    def routes(self) -> list[Route]:
        """The addresses served."""
        return [Route("/{path}/{session}/pay", self.pay, methods=["POST"])]

    async def pay(self, request: Request) -> Response:
        """Try the card; one attempt, known by its key, is tried once however often it is sent."""
        session = find_session(self._provider, request)
        if session is None or request.headers.get("origin") != self._provider.origins.page:
            return _refusal("404 Not Found", 404)
        try:
            asked = await request.json()
        except ValueError:
            asked = None
        if not isinstance(asked, dict) or not isinstance(asked.get("fields"), dict):
            return _refusal("The four card fields are missing.", 400)
        life, key = session.life, str(asked.get("key"))
        if key in life.answers:
            return JSONResponse(life.answers[key])
        if life.paying:
            return _refusal("This payment is being made already.", 409)
        card = CardEntry(*(life.take_field(kind, asked["fields"].get(kind)) for kind in KINDS))
        if self._provider.view(session, shopper_of(request)) is not View.FORM:
            return JSONResponse({"moves": [{"do": "go", "url": self._provider.href(session)}]})
        life.paying = True
        try:
            return await self._try(session, card, asked, request)
        finally:
            life.paying = False

    async def _try(
        self, session: Session, card: CardEntry, asked: Mapping[str, Any], request: Request
    ) -> Response:
        tip = till.tip_cents(session, asked.get("tip"))
        result = till.pay(self._provider, session, card, shopper_of(request), tip)
        if result.errors:
            return JSONResponse({"errors": result.errors})
        answer = self._answer(session, result)
        headers = _leaking_headers(session.merchant.lapses, card)
        session.life.keep_answer(str(asked.get("key")), answer)
        timing = session.merchant.behaviour.webhook_timing
        if not session.merchant.webhook_url or timing == "never":
            return JSONResponse(answer, headers=headers)
        send = self._webhook(session, result, session.life.totals.total_cents + tip)
        if timing == "before":
            await send()
            return JSONResponse(answer, headers=headers)
        times = 2 if timing == "duplicate" else 1
        return JSONResponse(
            answer, headers=headers, background=BackgroundTask(_send_later, send, times)
        )

    def _answer(self, session: Session, result: till.Result) -> dict[str, Any]:
        departure = result.departure
        road = Road(self._provider, session, departure) if departure and departure.url else None
        if road and road.is_open:
            return {"moves": road.moves()}
        if result.approved:
            return {"moves": [{"do": "go", "url": self._provider.href(session)}]}
        behaviour = session.merchant.behaviour
        enough = session.life.declines >= behaviour.declines_before_failure
        offered = behaviour.decline == "button" and enough
        way_out = f"{self._provider.page_url(session)}/give-up" if offered else ""
        return {"declined": till.DECLINED_MESSAGE, "giveUp": way_out}

    def _webhook(
        self, session: Session, result: till.Result, amount_cents: int
    ) -> Callable[[], Awaitable[None]]:
        merchant, now = session.merchant, self._provider.clock.now()
        body = webhooks.write_body(
            merchant.behaviour,
            merchant_id=merchant.id,
            session_id=session.id,
            approved=result.approved,
            amount_cents=amount_cents,
            at_s=now,
        )

        async def send() -> None:
            came = await asyncio.to_thread(webhooks.send, merchant, body, now)
            session.note(self._provider.clock.now(), "webhook", came)

        return send


async def _send_later(send: Callable[[], Awaitable[None]], times: int) -> None:
    await asyncio.sleep(_PAUSE_BEFORE_LATE_WEBHOOK_S)
    for _ in range(times):
        await send()


def _leaking_headers(lapses: frozenset[Lapse], card: CardEntry) -> dict[str, str]:
    headers = {}
    if Lapse.CARD_IN_COOKIE in lapses:
        headers["set-cookie"] = f"card={card.digits}; Secure; Path=/"
    if Lapse.CARD_IN_ETAG in lapses:
        headers["etag"] = f'"{card.digits}"'
    return headers


def _refusal(message: str, status: int) -> JSONResponse:
    return JSONResponse({"message": message}, status_code=status)
