"""The dashboard's addresses."""

from starlette.routing import Route

from standin.dashboard.guard import Guard
from standin.dashboard.hosted_checkout import HostedCheckout
from standin.dashboard.pages import Pages
from standin.dashboard.sign_in import SignIn
from standin.provider import Provider


def dashboard_routes(provider: Provider) -> list[Route]:
    """Everything under ``https://dashboard.localhost``."""
    guard = Guard(provider)
    parts = (SignIn(guard), Pages(guard), HostedCheckout(guard))
    return [route for part in parts for route in part.routes()]
