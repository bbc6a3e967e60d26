"""The dashboard's addresses, and signing in and out."""

import hmac

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from standin.dashboard import hosted_checkout
from standin.dashboard.guard import Guard, Visit, go
from standin.dashboard.pages import PAGES, toggle_sandbox
from standin.merchants import Merchant
from standin.provider import Provider

_SETTINGS = "/m/{merchant}/settings/hosted-checkout"
_WRONG = "The email address or the password is not right."


def dashboard_routes(provider: Provider) -> list[Route]:
    """Everything under ``https://dashboard.localhost``."""
    guard = Guard(provider)

    async def enter(request: Request) -> Response:
        return go("/developer" if guard.logins.find(request) else "/login")

    async def show(request: Request) -> Response:
        return go("/developer") if guard.logins.find(request) else guard.sign_in_page()

    async def sign_in(request: Request) -> Response:
        form = await guard.read(request)
        if isinstance(form, Response):
            return form
        email = form.get("email", "").strip()
        merchants = _merchants_of(provider, email, form.get("password", ""))
        if not merchants:
            return guard.sign_in_page(email, _WRONG, status=401)
        answer = go("/developer")
        guard.logins.begin(answer, email, merchants)
        return answer

    def sign_out(visit: Visit) -> Response:
        answer = go("/login")
        guard.logins.end(visit.request, answer)
        return answer

    forms = {
        "/logout": sign_out,
        "/developer/sandbox": toggle_sandbox,
        _SETTINGS: hosted_checkout.save_urls,
        f"{_SETTINGS}/recaptcha": hosted_checkout.switch_recaptcha,
    }
    return [
        Route("/", enter, methods=["GET"]),
        Route("/login", show, methods=["GET"]),
        Route("/login", sign_in, methods=["POST"]),
        *guard.routes({**PAGES, _SETTINGS: hosted_checkout.show}, "GET"),
        *guard.routes(forms, "POST"),
    ]


def _merchants_of(provider: Provider, email: str, password: str) -> tuple[Merchant, ...]:
    """The test merchants of an account, if the password is correct."""
    typed = password.encode("utf-8", "replace")
    return tuple(
        merchant
        for merchant in tuple(provider.merchants.values())
        if merchant.email.casefold() == email.casefold()
        and merchant.password
        and hmac.compare_digest(typed, merchant.password.encode())
    )
