"""The dashboard as a whole."""

from starlette.routing import Route

from standin.dashboard.developer import Developer
from standin.dashboard.guard import Guard
from standin.dashboard.hosted_checkout import HostedCheckout
from standin.dashboard.merchant import MerchantPages
from standin.dashboard.sign_in import SignIn
from standin.provider import Provider


class Dashboard:
    """Everything under ``https://dashboard.localhost``."""

    def __init__(self, provider: Provider) -> None:
        guard = Guard(provider)
        self._parts = (SignIn(guard), Developer(guard), MerchantPages(guard), HostedCheckout(guard))

    def routes(self) -> list[Route]:
        """The addresses served."""
        return [route for part in self._parts for route in part.routes()]
