"""Login sessions and their cookies."""

import secrets
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from standin.clock import Clock
from standin.merchants import Merchant

#: With this prefix browsers require Secure, the path ``/`` and no domain.
COOKIE: Final = "__Host-dashboard"
#: Seconds without a request after which a login ends.
IDLE_S: Final = 30 * 60.0


@dataclass(slots=True, eq=False)
class LoginSession:
    """One signed-in browser.

    Attributes:
        merchants: the test merchants of this account; it can open no others.
        sandbox: state of the Sandbox toggle; a new login begins in production.
        saved: message for the next page, after something was saved.
    """

    email: str
    merchants: tuple[Merchant, ...]
    seen_s: float
    sandbox: bool = False
    saved: str = ""

    def merchant(self, merchant_id: str) -> Merchant | None:
        """The merchant of this id, if it belongs to the account."""
        return next((each for each in self.merchants if each.id == merchant_id), None)

    def take_saved(self) -> str:
        """Return and forget the message."""
        said, self.saved = self.saved, ""
        return said


class LoginStore:
    """All login sessions by the secret in their cookie."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._logins: dict[str, LoginSession] = {}

    def find(self, request: Request) -> LoginSession | None:
        """The login session of a request, or None if it has ended."""
        login, now = self._logins.get(request.cookies.get(COOKIE, "")), self._clock.now()
        if login is None or now - login.seen_s >= IDLE_S:
            return None
        login.seen_s = now
        return login

    def begin(self, response: Response, email: str, merchants: tuple[Merchant, ...]) -> None:
        """Sign in with a new secret, so that a planted cookie is useless; forget ended logins."""
        now, secret = self._clock.now(), secrets.token_urlsafe(32)
        kept = {key: each for key, each in self._logins.items() if now - each.seen_s < IDLE_S}
        self._logins = {**kept, secret: LoginSession(email, merchants, now)}
        response.set_cookie(COOKIE, secret, path="/", secure=True, httponly=True, samesite="strict")

    def end(self, request: Request, response: Response) -> None:
        """Sign out; copies of the cookie become invalid too."""
        self._logins.pop(request.cookies.get(COOKIE, ""), None)
        response.delete_cookie(COOKIE, path="/", secure=True, httponly=True, samesite="strict")
