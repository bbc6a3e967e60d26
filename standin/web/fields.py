"""The card fields: frames on a separate origin, which alone receives the card data."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from standin.provider import Provider
from standin.sessions import Session
from standin.web.lookup import find_session, not_found
from standin.web.pay import FIELD_KINDS
from standin.web.render import html

#: Source of the wording: docs/sources.md, The hosted page.
PLACEHOLDERS = {"number": "Card Number", "expiry": "MM/YY", "cvv": "CVV", "zip": "Zip"}
LONGEST_VALUE = 32

#: Cookie that a faulty provider sets in its frames; a browser may block it there.
_FIELD_COOKIE = "field"
DECOYS = ("captcha-badge", "captcha-challenge", "wallet", "wallet-button")


def field_config(
    provider: Provider, session: Session, kind: str, address: str
) -> dict[str, object]:
    """What the script of a field needs to know; ``address`` takes its value."""
    today, page = provider.clock.today(), provider.origins_by(session.scheme).page
    return {
        "kind": kind,
        "page": page,
        "address": address,
        "year": today.year,
        "month": today.month,
    }


class CardFields:
    """Everything under ``https://fields.localhost``."""

    def __init__(self, provider: Provider) -> None:
        self._provider = provider

    def routes(self) -> list[Route]:
        """The addresses served."""
        return [
            Route("/card/{session}/{kind}", self.show, methods=["GET"]),
            Route("/card/{session}/{kind}", self.hand_in, methods=["POST"]),
            Route("/card/{session}/{kind}/wrap", self.wrap, methods=["GET"]),
            Route("/decoy/{name}", self.decoy, methods=["GET"]),
        ]

    def routes_of_page(self) -> list[Route]:
        """Where the skin without frames sends the values of its fields."""
        return [Route("/{path}/{session}/card/{kind}", self.hand_in, methods=["POST"])]

    async def show(self, request: Request) -> Response:
        """The frame of one field."""
        session, kind = self._find(request)
        skin = session.merchant.skin
        page = html(
            "frames/field.html",
            policy=self._policy(request),
            skin=skin,
            placeholder=PLACEHOLDERS[kind],
            config=field_config(self._provider, session, kind, f"/card/{session.id}/{kind}"),
        )
        if session.merchant.fault:
            page.set_cookie(_FIELD_COOKIE, kind, secure=True, samesite="none")
        return page

    async def wrap(self, request: Request) -> Response:
        """A frame that only contains the field's frame."""
        session, kind = self._find(request)
        address = f"/card/{session.id}/{kind}"
        return html("frames/wrap.html", policy=self._policy(request), address=address)

    async def hand_in(self, request: Request) -> Response:
        """Take a field's value from its frame, or from the page, in exchange for a token."""
        session, kind = self._find(request)
        origins = self._provider.origins_by(session.scheme)
        in_frame = "path" not in request.path_params
        if request.headers.get("origin") != (origins.fields if in_frame else origins.page):
            return JSONResponse({"message": "404 Not Found"}, status_code=404)
        if in_frame and session.merchant.fault and _FIELD_COOKIE not in request.cookies:
            session.log_event(self._provider.clock.now(), "cookie-blocked")
        try:
            value = (await request.json())["value"]
        except (ValueError, TypeError, KeyError):
            value = None
        if not isinstance(value, str) or len(value) > LONGEST_VALUE:
            return JSONResponse({"message": "The field's value is missing."}, status_code=400)
        return JSONResponse({"token": session.activity.fields.keep((kind, value))})

    async def decoy(self, request: Request) -> Response:
        """A frame of a payment page that has no card field in it."""
        name = request.path_params["name"]
        if name not in DECOYS:
            return not_found()
        return html(f"frames/{name}.html", policy=self._policy(request))

    def _find(self, request: Request) -> tuple[Session, str]:
        """The session and the kind of a field; the answer is 404 if one does not exist."""
        session, kind = find_session(self._provider, request), request.path_params["kind"]
        if kind not in FIELD_KINDS:
            raise HTTPException(404)
        return session, kind

    def _policy(self, request: Request) -> dict[str, str]:
        origins = self._provider.origins_by(request.url.scheme)
        return {
            "frame-ancestors": f"{origins.page} {origins.fields}",
            "frame-src": "'self'",
            "form-action": "'none'",
        }
