"""The merchant's own dashboard, up to the settings list."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from standin.dashboard.desk import Desk
from standin.dashboard.history import rows
from standin.dashboard.visits import Visit
from standin.merchants import Merchant
from standin.outcomes import Outcome


class MerchantPages:
    """What there is to look at below ``/m/<merchant>``."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def routes(self) -> list[Route]:
        """The addresses served."""
        return [
            self._desk.shown_of_merchant("", self._home),
            self._desk.shown_of_merchant("/checkouts", self._checkouts),
            self._desk.shown_of_merchant("/settings", self._settings),
            self._desk.shown_of_merchant("/settings/api-tokens", self._tokens),
        ]

    async def _home(self, request: Request, visit: Visit, merchant: Merchant) -> Response:
        set_urls = [outcome.capitalize() for outcome in Outcome if merchant.urls.of(outcome)]
        return self._desk.page(
            request, visit, "home", merchant=merchant, here="home", set_urls=set_urls
        )

    async def _checkouts(self, request: Request, visit: Visit, merchant: Merchant) -> Response:
        provider = self._desk.provider
        ids = [session.id for session in provider.sessions.of_merchant(merchant)]
        known = [each for each in ids if provider.sessions.find(each)]
        return self._desk.page(
            request,
            visit,
            "checkouts",
            merchant=merchant,
            here="checkouts",
            rows=rows(provider, known),
            total=len(known),
        )

    async def _settings(self, request: Request, visit: Visit, merchant: Merchant) -> Response:
        return self._desk.page(request, visit, "settings", merchant=merchant, here="settings")

    async def _tokens(self, request: Request, visit: Visit, merchant: Merchant) -> Response:
        return self._desk.page(
            request,
            visit,
            "api-tokens",
            merchant=merchant,
            here="settings",
            api=self._desk.provider.origins.api,
        )
