"""The ASGI application of the stand-in: one site per host name."""

import asyncio
import time
from collections.abc import Sequence
from email.utils import formatdate

from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route, Router
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from standin.dashboard.site import dashboard_routes
from standin.provider import Provider
from standin.record import Answer
from standin.web.api import Api
from standin.web.fields import CardFields
from standin.web.hosted import HostedPages
from standin.web.index import IndexPage
from standin.web.lookup import not_found
from standin.web.pay import PayEndpoint
from standin.web.render import html


class Sites:
    """Dispatch by the Host header, and collect exceptions for ``StandIn.check``."""

    def __init__(self, provider: Provider) -> None:
        self._provider = provider
        api: ASGIApp = Api(provider)
        hosted, fields = HostedPages(provider).routes(), CardFields(provider)
        if provider.calls is not None:
            routes = IndexPage(provider).routes()
            api = Router(routes, redirect_slashes=False, default=api)
        self._secure: dict[str, ASGIApp] = {
            "localhost": api,
            "127.0.0.1": api,
            "checkout.localhost": _site(
                [*hosted, *PayEndpoint(provider).routes(), *fields.routes_of_page()]
            ),
            "fields.localhost": _site(fields.routes()),
            "dashboard.localhost": _site(dashboard_routes(provider)),
        }
        # Without TLS only the hops of a faulty redirect are served, unless all sites are.
        steps = [route for route in hosted if "/leave/" in route.path]
        hops: dict[str, ASGIApp] = {"checkout.localhost": _site(steps)}
        self._plain = self._secure if provider.http_origins else hops
        self._nowhere = _site([])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request to its site."""
        sites = self._secure if scope["scheme"] == "https" else self._plain
        host = Headers(scope=scope).get("host", "").partition(":")[0].lower()
        site = sites.get(host, self._nowhere)
        begun = False
        came = time.monotonic()

        async def watch(message: Message) -> None:
            nonlocal begun
            begun = True
            if message["type"] == "http.response.start":
                provider = self._provider
                provider.save()
                if provider.latency_s:
                    await asyncio.sleep(provider.latency_s)
                now = formatdate(provider.clock.now(), usegmt=True)
                message = {**message, "headers": [*message["headers"], (b"date", now.encode())]}
                if provider.on_answer:
                    provider.on_answer(
                        Answer(
                            at_s=provider.clock.now(),
                            method=scope["method"],
                            host=host,
                            path=scope["path"],
                            status=message["status"],
                            ms=round((time.monotonic() - came) * 1000),
                        )
                    )
            await send(message)

        try:
            await site(scope, receive, watch)
        except ClientDisconnect:
            return  # the browser has closed the connection
        except Exception as error:  # noqa: BLE001 - StandIn.check raises it
            self._provider.errors.append(error)
            if not begun:
                page = html("pages/broken.html", status=500, skin="classic", merchant="Checkout")
                await page(scope, receive, watch)


def _site(routes: Sequence[Route]) -> Starlette:
    async def missing(_request: Request, error: Exception) -> Response:
        page = not_found()
        if isinstance(error, HTTPException) and error.status_code == 405:
            page.status_code = 405
        return page

    return Starlette(routes=list(routes), exception_handlers={404: missing, 405: missing})
