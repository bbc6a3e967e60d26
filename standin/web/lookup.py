"""Which session and which shopper a request is about."""

from starlette.requests import Request
from starlette.responses import HTMLResponse

from standin.provider import Provider
from standin.redirect.situation import Shopper
from standin.sessions import Session
from standin.web.render import html

#: The cookie that knows a browser again by the first session it opened.
VISITOR = "visitor"


def find_session(provider: Provider, request: Request) -> Session | None:
    """The session in a request's address, if it is one that was handed out."""
    session = provider.sessions.find(request.path_params["session"])
    path = request.path_params.get("path")
    if session is None or (path and path != session.merchant.behaviour.href_path):
        return None
    return session


def shopper_of(request: Request) -> Shopper:
    """The shopper, as far as headers tell."""
    return Shopper(
        request.headers.get("user-agent", ""),
        request.headers.get("accept-language", ""),
        request.cookies.get(VISITOR, ""),
    )


def not_found() -> HTMLResponse:
    """The page for every address that does not exist."""
    return html("pages/not-found.html", status=404, skin="classic", merchant="Hosted Checkout")
