"""The stand-in's own page for developers: its account, the sessions and what became of each."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from standin import webhooks
from standin.cards import DECLINED, brand_of
from standin.provider import Provider
from standin.record import Checkout, CreateCall
from standin.sessions import Notification
from standin.web.render import html
from standin.web.request_text import request_text

SHOWN_SESSIONS: Final = 50
_DESCRIPTION: Final[dict[str, Any]] = json.loads(
    Path(__file__).with_name("openapi.json").read_text(encoding="utf-8")
)
#: Method, path, summary and statuses of each operation of the description.
_OPERATIONS: Final = tuple(
    (method.upper(), path, operation["summary"], ", ".join(operation["responses"]))
    for path, operations in _DESCRIPTION["paths"].items()
    for method, operation in operations.items()
)
_CARDS: Final = tuple(
    (" ".join(digits[at : at + 4] for at in range(0, len(digits), 4)), brand_of(digits), result)
    for digits, result in (
        ("4242424242424242", "approved"),
        *((number, "declined") for number in DECLINED),
    )
)


@dataclass(frozen=True, slots=True)
class _Shown:
    """A session; ``call`` is None if an earlier start of the stand-in received it."""

    checkout: Checkout
    call: CreateCall | None
    href: str
    request: str
    notifications: dict[str, Notification]


class IndexPage:
    """``/`` for a person and JSON for a program, on the API's host."""

    def __init__(self, provider: Provider) -> None:
        self._provider = provider

    def routes(self) -> list[Route]:
        """The addresses served."""
        return [
            Route("/", self.page),
            Route("/notify/{session}/{name}", self.notify, methods=["POST"]),
            Route("/calls.json", self.calls),
            Route("/openapi.json", self.description),
            Route("/health", self.health),
            Route("/ready", self.ready),
        ]

    async def page(self, request: Request) -> Response:
        """Show the latest sessions and refused calls, the newest first."""
        provider = self._provider
        calls = tuple(reversed(provider.calls or ()))
        return html(
            "pages/index.html",
            accounts=list(provider.merchants.values()),
            origins=provider.origins_by(request.url.scheme),
            cards=_CARDS,
            operations=_OPERATIONS,
            shown=list(self._shown({call.session_id: call for call in calls})),
            total=len(provider.sessions),
            refused=[call for call in calls if not call.session_id],
        )

    async def notify(self, request: Request) -> Response:
        """Send a webhook again, for a form of this page alone."""
        own = f"{request.url.scheme}://{request.headers['host']}"
        if request.headers.get("origin") != own:
            return JSONResponse({"message": "Only the stand-in's own page may ask for this."}, 403)
        session = self._provider.sessions.find(request.path_params["session"])
        notes = session.activity.notifications if session else {}
        note = notes.get(request.path_params["name"])
        if session is None or note is None:
            return JSONResponse({"message": "404 Not Found"}, 404)
        await webhooks.notify(session, note, self._provider.clock)
        return RedirectResponse("/", status_code=303)

    async def health(self, _: Request) -> Response:
        """Say that the process answers."""
        return JSONResponse({"status": "alive"})

    async def ready(self, _: Request) -> Response:
        """Say whether checkouts can be served; 503 once the stand-in itself has failed."""
        if self._provider.errors:
            return JSONResponse({"status": "broken"}, 503)
        return JSONResponse({"status": "ready", "sessions": len(self._provider.sessions)})

    async def calls(self, _: Request) -> Response:
        """Answer with the latest calls, the oldest first."""
        return JSONResponse([asdict(call) for call in self._provider.calls or ()])

    async def description(self, _: Request) -> Response:
        """Answer with the OpenAPI description of the API's host."""
        return JSONResponse(_DESCRIPTION)

    def _shown(self, calls: dict[str, CreateCall]) -> Iterator[_Shown]:
        provider = self._provider
        for session in provider.sessions.latest(SHOWN_SESSIONS):
            if provider.sessions.find(session.id):
                yield _Shown(
                    checkout=provider.checkout(session.id),
                    call=calls.get(session.id),
                    href=provider.href(session),
                    request=request_text(session.body, session.merchant.token),
                    notifications=session.activity.notifications,
                )
