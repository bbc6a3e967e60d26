"""The stand-in's own page for developers: the latest create calls and what was found in them."""

from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from standin.provider import Provider
from standin.web.render import html


class IndexPage:
    """``/`` for a person and ``/calls.json`` for a program, on the API's host."""

    def __init__(self, provider: Provider) -> None:
        self._provider = provider

    def routes(self) -> list[Route]:
        """The addresses served."""
        return [
            Route("/", self.page),
            Route("/calls.json", self.calls),
            Route("/health", self.health),
            Route("/ready", self.ready),
        ]

    async def page(self, request: Request) -> Response:
        """Show the latest calls, the newest first; the page updates itself."""
        calls = [
            (call, self._provider.sessions.find(call.session_id))
            for call in reversed(self._provider.calls or ())
        ]
        shown = [(call, self._provider.href(session) if session else "") for call, session in calls]
        dashboard = self._provider.origins_by(request.url.scheme).dashboard
        return html(
            "pages/index.html",
            skin="classic",
            merchant="Stand-in",
            calls=shown,
            dashboard=dashboard,
        )

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
