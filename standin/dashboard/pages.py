"""Dashboard pages: test merchants, home, checkout sessions and the settings list."""

from datetime import UTC, datetime
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from standin.dashboard.guard import Form, Guard, go
from standin.dashboard.login_sessions import LoginSession
from standin.merchants import Merchant
from standin.outcomes import Outcome
from standin.record import Checkout

MOST_ROWS: Final = 50

#: Outcome and landing for the last event of a session without a redirect.
_WITHOUT_REDIRECT: Final = {
    "approved": ("Success", "Stayed on Clover's page"),
    "cancelled": ("Cancel", "Stayed on Clover's page"),
    "gave-up": ("Failure", "Stayed on Clover's page"),
    "declined": ("Declined", "May try again"),
}


class Pages:
    """Pages below ``/developer`` and ``/m/<merchant>``."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard

    def routes(self) -> list[Route]:
        """The addresses served."""
        return [
            self._guard.page_route("/developer", self._developer),
            self._guard.form_route("/developer/sandbox", self._toggle),
            self._guard.page_route("/developer/test-merchants", self._merchants),
            self._guard.merchant_page_route("", self._home),
            self._guard.merchant_page_route("/checkouts", self._checkouts),
            self._guard.merchant_page_route("/settings", self._settings),
            self._guard.merchant_page_route("/settings/api-tokens", self._tokens),
        ]

    async def _developer(self, request: Request, login: LoginSession) -> Response:
        return self._guard.page(request, login, "developer", here="home")

    async def _toggle(self, _request: Request, login: LoginSession, form: Form) -> Response:
        login.sandbox = form.get("sandbox") == "on"
        return go("/developer")

    async def _merchants(self, request: Request, login: LoginSession) -> Response:
        if not login.sandbox:
            return go("/developer")
        return self._guard.page(request, login, "test-merchants", here="merchants")

    async def _home(self, request: Request, login: LoginSession, merchant: Merchant) -> Response:
        values: dict[str, Any] = {
            "merchant": merchant,
            "here": "home",
            "set_urls": [each.capitalize() for each in Outcome if merchant.urls.of(each)],
        }
        return self._guard.page(request, login, "home", **values)

    async def _checkouts(
        self, request: Request, login: LoginSession, merchant: Merchant
    ) -> Response:
        provider = self._guard.provider
        sessions = provider.sessions.of_merchant(merchant)
        known = [each.id for each in sessions if provider.sessions.find(each.id)]
        values: dict[str, Any] = {
            "merchant": merchant,
            "here": "checkouts",
            "rows": [_row(provider.checkout(each)) for each in known[-MOST_ROWS:][::-1]],
            "total": len(known),
        }
        return self._guard.page(request, login, "checkouts", **values)

    async def _settings(
        self, request: Request, login: LoginSession, merchant: Merchant
    ) -> Response:
        return self._guard.page(request, login, "settings", merchant=merchant, here="settings")

    async def _tokens(self, request: Request, login: LoginSession, merchant: Merchant) -> Response:
        api = self._guard.provider.origins.api
        values: dict[str, Any] = {"merchant": merchant, "here": "settings", "api": api}
        return self._guard.page(request, login, "api-tokens", **values)


def _row(checkout: Checkout) -> dict[str, object]:
    outcome, landing = _end(checkout)
    moment = datetime.fromtimestamp(checkout.created_s, UTC)
    return {
        "created": moment.strftime("%Y-%m-%d %H:%M:%S"),
        "session_id": checkout.session_id,
        "total_cents": checkout.total_cents,
        "state": checkout.state.capitalize(),
        "outcome": outcome,
        "landing": landing,
    }


def _end(checkout: Checkout) -> tuple[str, str]:
    """Outcome and landing of a session, by its last event that has any."""
    for event in reversed(checkout.events):
        if event.kind == "redirected":
            outcome, _, url = event.detail.partition(": ")
            return outcome.capitalize(), url
        if event.kind in _WITHOUT_REDIRECT:
            return _WITHOUT_REDIRECT[event.kind]
    return "", ""
