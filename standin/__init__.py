"""The embedded, offline stand-in of Clover Hosted Checkout.

It imitates what is documented or was measured; where neither is known, the behaviour decides.
It cannot show what Clover itself does.
"""

from standin.behaviour import Behaviour, BehaviourError
from standin.merchants import Merchant
from standin.outcomes import Outcome, RedirectUrls
from standin.provider import Origins, UnknownCheckoutError
from standin.record import Checkout, CreateCall, Event, Payment
from standin.server import StandIn, UnknownSkinError
from standin.serving import StandInFailed

__all__ = [
    "Behaviour",
    "BehaviourError",
    "Checkout",
    "CreateCall",
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
