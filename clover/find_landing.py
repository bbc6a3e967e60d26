"""Find the request that brought the shopper to the merchant."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from clover.address import Address, bare, parse, read
from clover.host_ownership import HostOwnership
from records.observation import Hop, Observation

#: How browsers word a request that another one took the place of, or that a page's own
#: policy forbade: such a request led nowhere, and not because the merchant's site was down.
LED_NOWHERE = ("ERR_ABORTED", "BINDING_ABORTED", "cancelled", "BLOCKED", "csp")


@dataclass(frozen=True, slots=True)
class Landing:
    """The request that brought the shopper to the merchant.

    Attributes:
        address: what the merchant's server got and, after the hash, what the browser kept.
        answered: whether the merchant's site was there to answer. A site that is down is not
            the provider's fault, so the address is judged all the same.
    """

    hop: Hop
    address: Address
    answered: bool


def find_landing(observed: Observation, ownership: HostOwnership) -> Landing | None:
    """The first request for the merchant's site, best in the shopper's own tab.

    What the merchant's own page does after it was reached is not the landing.
    """
    hops = [hop for hop in observed.hops if ownership.is_merchant(hop.url)]
    order = ("tab", "popup", "frame")
    hops.sort(key=lambda hop: (order.index(hop.place), hop.number))
    for hop in hops:
        answered = hop.status is not None or _arrived(hop, observed)
        led_nowhere = any(word in hop.failure for word in LED_NOWHERE)
        if led_nowhere and _asked_again(hop, hops):
            continue
        if answered or (hop.failure and not led_nowhere):
            address = _with_fragment(parse(hop.url), observed.address)
            return Landing(hop, address, answered)
    return None


def _asked_again(hop: Hop, hops: Sequence[Hop]) -> bool:
    """Whether the same address was asked for once more, and answered then."""
    wanted = bare(hop.url)
    return any(
        other.number > hop.number and other.status is not None and bare(other.url) == wanted
        for other in hops
    )


def _arrived(hop: Hop, observed: Observation) -> bool:
    wanted = bare(hop.url)
    return any(bare(arrival.url) == wanted for arrival in observed.arrivals or ())


def _with_fragment(requested: Address, bar: str) -> Address:
    """The fragment never travels to a server: only the address bar knows it."""
    shown = read(bar)
    if shown is None or shown.without_fragment != requested.without_fragment:
        return requested
    return replace(requested, fragment=shown.fragment)
