"""Lookup of the session and the shopper of a request."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse

from standin.provider import Provider
from standin.redirect.situation import Shopper
from standin.sessions import Session
from standin.web.render import html

#: Cookie with the first session that the browser opened.
VISITOR = "visitor"


def find_session(provider: Provider, request: Request) -> Session:
    """The session of a request's address.

    Raises:
        HTTPException: 404, the address was never issued.
    """
    session = provider.sessions.find(request.path_params["session"])
    path = request.path_params.get("path")
    if session is None or (path and path != session.merchant.behaviour.href_path):
        raise HTTPException(404)
    return session


def shopper_of(request: Request) -> Shopper:
    """The shopper, as far as headers show."""
    return Shopper(
        request.headers.get("user-agent", ""),
        request.headers.get("accept-language", ""),
        request.cookies.get(VISITOR, ""),
    )


def not_found() -> HTMLResponse:
    """The page for every address that does not exist."""
    return html("pages/not-found.html", status=404, skin="classic", merchant="Hosted Checkout")
