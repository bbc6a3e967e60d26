"""Signing in and out."""

import hmac
import math

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from standin.dashboard.guard import Form, Guard, go
from standin.dashboard.login_attempts import LoginAttempts
from standin.dashboard.login_sessions import LoginSession
from standin.merchants import Merchant
from standin.provider import Provider
from standin.web.render import html

WRONG = "The email address or the password is not right."


class SignIn:
    """``/login`` and ``/logout``."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._attempts = LoginAttempts(guard.provider.clock)

    def routes(self) -> list[Route]:
        """The addresses served."""
        return [
            Route("/", self._enter, methods=["GET"]),
            Route("/login", self._show, methods=["GET"]),
            Route("/login", self._sign_in, methods=["POST"]),
            self._guard.form_route("/logout", self._sign_out),
        ]

    async def _enter(self, request: Request) -> Response:
        return go("/developer" if self._guard.logins.find(request) else "/login")

    async def _show(self, request: Request) -> Response:
        return go("/developer") if self._guard.logins.find(request) else self._page(request)

    async def _sign_in(self, request: Request) -> Response:
        form = await self._guard.read(request)
        if isinstance(form, Response):
            return form
        email = form.get("email", "").strip()
        account = email.casefold()
        wait_s = self._attempts.wait_s(account)
        if wait_s > 0:
            seconds = math.ceil(wait_s)
            problem = f"Too many attempts. Try again in {seconds} seconds."
            return self._page(request, email, problem, status=429, retry_after=str(seconds))
        merchants = merchants_of(self._guard.provider, account, form.get("password", ""))
        if not merchants:
            self._attempts.failed(account)
            return self._page(request, email, WRONG, status=401)
        self._attempts.succeeded(account)
        answer = go("/developer")
        self._guard.logins.begin(answer, email, merchants)
        return answer

    async def _sign_out(self, request: Request, _login: LoginSession, _form: Form) -> Response:
        answer = go("/login")
        self._guard.logins.end(request, answer)
        return answer

    def _page(
        self,
        request: Request,
        email: str = "",
        problem: str = "",
        *,
        status: int = 200,
        retry_after: str = "",
    ) -> Response:
        secret, token = self._guard.logins.anonymous(request)
        page = html(
            "dashboard/sign-in.html",
            status=status,
            referrer_policy="same-origin",
            form_token=token,
            email=email,
            problem=problem,
        )
        self._guard.logins.keep_anonymous(page, secret)
        if retry_after:
            page.headers["retry-after"] = retry_after
        return page


def merchants_of(provider: Provider, account: str, password: str) -> tuple[Merchant, ...]:
    """The test merchants of an account, if the password is correct."""
    found = []
    for merchant in tuple(provider.merchants.values()):
        known = merchant.password.encode()
        same = hmac.compare_digest(password.encode("utf-8", "replace"), known)
        if same and known and merchant.email.casefold() == account:
            found.append(merchant)
    return tuple(found)
