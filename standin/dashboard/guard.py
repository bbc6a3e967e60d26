"""Access control for dashboard pages: login, account and origin of a form."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from standin.dashboard.login_sessions import LoginSession, LoginStore
from standin.merchants import Merchant
from standin.provider import Provider
from standin.web.render import html

Form = Mapping[str, str]
_FORM_TYPE = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Visit:
    """A request of a signed-in user; ``form`` is empty unless the request sends one."""

    provider: Provider
    request: Request
    login: LoginSession
    form: Form

    @property
    def merchant(self) -> Merchant:
        """The merchant of the address."""
        merchant = self.login.merchant(self.request.path_params["merchant"])
        assert merchant is not None, "the guard refuses other accounts' merchants"
        return merchant

    def page(self, template: str, *, status: int = 200, **values: Any) -> Response:
        """Render a page, with the merchant of its address if there is one."""
        if "merchant" in self.request.path_params:
            values["merchant"] = self.merchant
        return _page(template, status, login=self.login, saved=self.login.take_saved(), **values)


Handler = Callable[[Visit], Response]


class Guard:
    """Routes that require a login."""

    def __init__(self, provider: Provider) -> None:
        self.provider = provider
        self.logins = LoginStore(provider.clock)

    def routes(self, handlers: Mapping[str, Handler], method: str) -> list[Route]:
        """Routes by path; one with ``{merchant}`` is open to the merchant's account alone."""
        return [
            Route(path, partial(self._answer, handler), methods=[method])
            for path, handler in handlers.items()
        ]

    async def _answer(self, handler: Handler, request: Request) -> Response:
        login = self.logins.find(request)
        if login is None:
            return go("/login")
        form = await self.read(request) if request.method == "POST" else {}
        if isinstance(form, Response):
            return form
        merchant_id = request.path_params.get("merchant")
        if merchant_id is not None and login.merchant(merchant_id) is None:
            # The same answer as for a page that does not exist.
            return _notice("There is nothing here", 404)
        return handler(Visit(self.provider, request, login, form))

    async def read(self, request: Request) -> Form | Response:
        """Read a form of the dashboard, or return the refusal of any other body.

        The cookie is SameSite=Strict, and browsers name the origin of each form that they send.
        """
        own = self.provider.origins_by(request.url.scheme).dashboard
        if request.headers.get("origin", own) != own:
            return _notice("This form has expired", 403)
        if not request.headers.get("content-type", "").startswith(_FORM_TYPE):
            return _notice("This form cannot be read", 415)
        return dict(parse_qsl((await request.body()).decode("utf-8", "replace")))

    def sign_in_page(self, email: str = "", problem: str = "", *, status: int = 200) -> Response:
        """Render the login form."""
        return _page("sign-in", status, email=email, problem=problem)


def go(path: str) -> Response:
    """Redirect to ``path`` with GET."""
    return RedirectResponse(path, status_code=303, headers={"cache-control": "no-store"})


def _notice(heading: str, status: int) -> Response:
    return _page("notice", status, heading=heading)


def _page(template: str, status: int, **values: Any) -> Response:
    return html(
        f"dashboard/{template}.html", status=status, referrer_policy="same-origin", **values
    )
