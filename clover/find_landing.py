"""Search for the request that brought the shopper to the merchant."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from clover.address import Address, parse, parse_or_none, without_fragment
from clover.host_ownership import HostOwnership
from records.observation import Hop, Observation

#: How browsers describe a request that another one replaced or that a page's policy blocked.
#: Such a request led nowhere although the merchant's site was not down.
REPLACED_OR_BLOCKED = ("ERR_ABORTED", "BINDING_ABORTED", "cancelled", "BLOCKED", "csp")


@dataclass(frozen=True, slots=True)
class Landing:
    """The request that brought the shopper to the merchant.

    Attributes:
        address: the URL that the merchant's server received, with the browser's fragment.
        answered: whether the merchant's site answered. A site that is down is not the
            provider's fault, so the address is judged all the same.
    """

    hop: Hop
    address: Address
    answered: bool

    @property
    def shows_fragment(self) -> bool:
        """Whether the browser told the fragment; of a failed request only Chromium tells it."""
        return self.answered or self.hop.cause != "unknown"


def find_landing(observed: Observation, ownership: HostOwnership) -> Landing | None:
    """Return the first request for the merchant's site, in the shopper's own tab if possible.

    Requests that the merchant's own page makes later are no landing.
    """
    hops = [hop for hop in observed.hops if ownership.is_merchant(hop.url)]
    order = ("tab", "popup", "frame")
    hops.sort(key=lambda hop: (order.index(hop.place), hop.number))
    for hop in hops:
        answered = hop.status is not None or _arrived(hop, observed)
        led_nowhere = any(word in hop.failure for word in REPLACED_OR_BLOCKED)
        if led_nowhere and _requested_again(hop, hops):
            continue
        if answered or (hop.failure and not led_nowhere):
            address = _with_fragment(parse(hop.url), observed.address)
            return Landing(hop, address, answered)
    return None


def _requested_again(hop: Hop, hops: Sequence[Hop]) -> bool:
    """Whether the same URL was requested again and answered then."""
    later = [each for each in hops if each.number > hop.number and each.status is not None]
    return any(without_fragment(each.url) == without_fragment(hop.url) for each in later)


def _arrived(hop: Hop, observed: Observation) -> bool:
    arrivals = observed.arrivals or ()
    return any(without_fragment(each.url) == without_fragment(hop.url) for each in arrivals)


def _with_fragment(requested: Address, address_bar: str) -> Address:
    """Add the fragment, which no server receives, from the address bar."""
    shown = parse_or_none(address_bar)
    if shown is None or shown.without_fragment != requested.without_fragment:
        return requested
    return replace(requested, fragment=shown.fragment)
