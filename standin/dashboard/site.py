"""The dashboard as a whole."""

from starlette.routing import Route

from standin.dashboard.desk import Desk
from standin.dashboard.developer import Developer
from standin.dashboard.hosted_checkout import HostedCheckout
from standin.dashboard.merchant import MerchantPages
from standin.dashboard.sign_in import SignIn
from standin.provider import Provider


class Dashboard:
    """Everything under ``https://dashboard.localhost``."""

    def __init__(self, provider: Provider) -> None:
        desk = Desk(provider)
        self._parts = (SignIn(desk), Developer(desk), MerchantPages(desk), HostedCheckout(desk))

    def routes(self) -> list[Route]:
        """The addresses served."""
        return [route for part in self._parts for route in part.routes()]
