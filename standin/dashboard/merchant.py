"""The Merchant Dashboard except the hosted checkout settings."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from standin.dashboard.guard import Guard
from standin.dashboard.history import rows
from standin.dashboard.login_sessions import LoginSession
from standin.merchants import Merchant
from standin.outcomes import Outcome


class MerchantPages:
    """Pages below ``/m/<merchant>``."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard

    def routes(self) -> list[Route]:
        """The addresses served."""
        return [
            self._guard.merchant_page_route("", self._home),
            self._guard.merchant_page_route("/checkouts", self._checkouts),
            self._guard.merchant_page_route("/settings", self._settings),
            self._guard.merchant_page_route("/settings/api-tokens", self._tokens),
        ]

    async def _home(self, request: Request, login: LoginSession, merchant: Merchant) -> Response:
        set_urls = [outcome.capitalize() for outcome in Outcome if merchant.urls.of(outcome)]
        return self._guard.page(
            request, login, "home", merchant=merchant, here="home", set_urls=set_urls
        )

    async def _checkouts(
        self, request: Request, login: LoginSession, merchant: Merchant
    ) -> Response:
        provider = self._guard.provider
        ids = [session.id for session in provider.sessions.of_merchant(merchant)]
        known = [each for each in ids if provider.sessions.find(each)]
        return self._guard.page(
            request,
            login,
            "checkouts",
            merchant=merchant,
            here="checkouts",
            rows=rows(provider, known),
            total=len(known),
        )

    async def _settings(
        self, request: Request, login: LoginSession, merchant: Merchant
    ) -> Response:
        return self._guard.page(request, login, "settings", merchant=merchant, here="settings")

    async def _tokens(self, request: Request, login: LoginSession, merchant: Merchant) -> Response:
        return self._guard.page(
            request,
            login,
            "api-tokens",
            merchant=merchant,
            here="settings",
            api=self._guard.provider.origins.api,
        )
