"""Access control for dashboard pages: login and form checks."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from standin.dashboard.login_sessions import LoginSession, LoginStore
from standin.merchants import Merchant
from standin.provider import Provider
from standin.web.render import html

Form = Mapping[str, str]
PageHandler = Callable[[Request, LoginSession], Awaitable[Response]]
FormHandler = Callable[[Request, LoginSession, Form], Awaitable[Response]]
MerchantPageHandler = Callable[[Request, LoginSession, Merchant], Awaitable[Response]]
MerchantFormHandler = Callable[[Request, LoginSession, Merchant, Form], Awaitable[Response]]

#: The same limit as at the API, so that both accept redirect URLs of the same length.
LARGEST_BODY_BYTES: Final = 1 << 20
_MOST_FIELDS = 50


class BadForm(Exception):
    """The body is not a form of the dashboard; ``status`` is the HTTP status of the answer."""

    def __init__(self, status: int = 400) -> None:
        super().__init__(status)
        self.status = status


class Guard:
    """Routes that require a login, and rendering of their pages."""

    def __init__(self, provider: Provider) -> None:
        self.provider = provider
        self.logins = LoginStore(provider.clock)

    def page_route(self, path: str, show: PageHandler) -> Route:
        """A page that requires a login."""

        async def guarded(request: Request) -> Response:
            login = self.logins.find(request)
            return go("/login") if login is None else await show(request, login)

        return Route(path, guarded, methods=["GET"])

    def form_route(self, path: str, act: FormHandler) -> Route:
        """A form that requires a login."""

        async def guarded(request: Request) -> Response:
            login = self.logins.find(request)
            if login is None:
                return go("/login")
            form = await self.read(request)
            return form if isinstance(form, Response) else await act(request, login, form)

        return Route(path, guarded, methods=["POST"])

    def merchant_page_route(self, path: str, show: MerchantPageHandler) -> Route:
        """A page about one merchant, which only its account can open."""

        async def guarded(request: Request, login: LoginSession) -> Response:
            merchant = login.merchant(request.path_params["merchant"])
            return self.not_found() if merchant is None else await show(request, login, merchant)

        return self.page_route(f"/m/{{merchant}}{path}", guarded)

    def merchant_form_route(self, path: str, act: MerchantFormHandler) -> Route:
        """A form about one merchant, which only its account can submit."""

        async def guarded(request: Request, login: LoginSession, form: Form) -> Response:
            merchant = login.merchant(request.path_params["merchant"])
            if merchant is None:
                return self.not_found()
            return await act(request, login, merchant, form)

        return self.form_route(f"/m/{{merchant}}{path}", guarded)

    async def read(self, request: Request) -> Form | Response:
        """Read a form that the dashboard issued to this browser; refuse any other."""
        try:
            form = await _read_form(request)
        except BadForm as refusal:
            return self.notice("This form cannot be read", refusal.status)
        origin = request.headers.get("origin", self.provider.origins.dashboard)
        if origin != self.provider.origins.dashboard or not self.logins.is_genuine(
            request, form.get("form_token", "")
        ):
            return self.notice("This form has expired", 403)
        return form

    def page(
        self,
        request: Request,
        login: LoginSession,
        template: str,
        *,
        status: int = 200,
        **values: Any,
    ) -> Response:
        """Render a page for a signed-in user."""
        return html(
            f"dashboard/{template}.html",
            status=status,
            referrer_policy="same-origin",
            form_token=self.logins.form_token(request),
            login=login,
            saved=login.take_saved(),
            **values,
        )

    def notice(self, heading: str, status: int) -> Response:
        """Render an error page with a link to the start."""
        return html(
            "dashboard/notice.html", status=status, referrer_policy="same-origin", heading=heading
        )

    def not_found(self) -> Response:
        """The same answer for pages that do not exist and pages of other accounts."""
        return self.notice("There is nothing here", 404)


def go(path: str) -> Response:
    """Redirect to ``path`` with GET."""
    return RedirectResponse(path, status_code=303, headers={"cache-control": "no-store"})


async def _read_form(request: Request) -> Form:
    """Read the fields of a submitted form; the last of repeated fields wins.

    Raises:
        BadForm: the body is not a form, or too large.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise BadForm(415)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY_BYTES:
            raise BadForm(413)
    try:
        return dict(
            parse_qsl(
                body.decode("ascii"),
                keep_blank_values=True,
                errors="strict",
                max_num_fields=_MOST_FIELDS,
            )
        )
    except ValueError:
        raise BadForm from None
