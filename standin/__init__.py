"""The embedded, offline stand-in of Clover Hosted Checkout.

It imitates what is documented or was measured, and where nothing is known it does what the
behaviour says. What it cannot show is what Clover itself does.
"""

from standin.behaviour import Behaviour, BehaviourError
from standin.merchants import Merchant
from standin.outcomes import Outcome, RedirectUrls
from standin.provider import Origins, UnknownCheckoutError, UnknownSkinError
from standin.record import Checkout, Event, Payment
from standin.server import StandIn
from standin.serving import StandInFailed

__all__ = [
    "Behaviour",
    "BehaviourError",
    "Checkout",
    "Event",
    "Merchant",
    "Origins",
    "Outcome",
    "Payment",
    "RedirectUrls",
    "StandIn",
    "StandInFailed",
    "UnknownCheckoutError",
    "UnknownSkinError",
]
