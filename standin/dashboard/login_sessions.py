"""Login sessions: cookies, and the tokens that tie a form to its cookie."""

import hmac
import re
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
#: Seconds after which a login ends in any case.
LONGEST_S: Final = 8 * 3600.0

_SECRET = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(slots=True, eq=False)
class LoginSession:
    """One signed-in browser.

    Attributes:
        email: the account's.
        merchants: the test merchants of this account; it can open no others.
        sandbox: state of the Sandbox toggle; a new login begins in production.
        saved: message for the next page, after something was saved.
    """

    email: str
    merchants: tuple[Merchant, ...]
    began_s: float
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
        self._form_key = secrets.token_bytes(32)

    def find(self, request: Request) -> LoginSession | None:
        """The login session of a request, or None if it has ended."""
        secret = request.cookies.get(COOKIE, "")
        login, now = self._logins.get(secret), self._clock.now()
        if login is None:
            return None
        if now - login.seen_s >= IDLE_S or now - login.began_s >= LONGEST_S:
            del self._logins[secret]
            return None
        login.seen_s = now
        return login

    def begin(self, response: Response, email: str, merchants: tuple[Merchant, ...]) -> None:
        """Sign in with a new secret, so that a planted cookie is useless."""
        now = self._clock.now()
        over = [key for key, login in self._logins.items() if now - login.seen_s >= IDLE_S]
        for key in over:
            del self._logins[key]
        secret = secrets.token_urlsafe(32)
        self._logins[secret] = LoginSession(email, merchants, now, now)
        _set_cookie(response, secret)

    def end(self, request: Request, response: Response) -> None:
        """Sign out; copies of the cookie become invalid too."""
        self._logins.pop(request.cookies.get(COOKIE, ""), None)
        response.delete_cookie(COOKIE, path="/", secure=True, httponly=True, samesite="strict")

    def anonymous(self, request: Request) -> tuple[str, str]:
        """A cookie secret and its form token for a browser without a login."""
        brought = request.cookies.get(COOKIE, "")
        secret = brought if _SECRET.fullmatch(brought) else secrets.token_urlsafe(32)
        return secret, self._token(secret)

    def keep_anonymous(self, response: Response, secret: str) -> None:
        """Set the cookie of a browser without a login."""
        _set_cookie(response, secret)

    def form_token(self, request: Request) -> str:
        """The token that every form of this browser must send."""
        return self._token(request.cookies.get(COOKIE, ""))

    def is_genuine(self, request: Request, token: str) -> bool:
        """Whether a form was issued to the browser that sends it."""
        secret = request.cookies.get(COOKIE, "")
        return bool(secret) and hmac.compare_digest(token.encode(), self._token(secret).encode())

    def _token(self, secret: str) -> str:
        return hmac.new(self._form_key, secret.encode(), "sha256").hexdigest()


def _set_cookie(response: Response, secret: str) -> None:
    response.set_cookie(COOKIE, secret, path="/", secure=True, httponly=True, samesite="strict")
