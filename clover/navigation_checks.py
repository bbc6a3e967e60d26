"""How the browser came to the merchant: once, by a request of its own, over safe ground."""

from collections.abc import Iterator

from clover.address import bare, read
from clover.expectation import Expectation
from clover.find_landing import Landing
from clover.host_ownership import HostOwnership
from clover.template import Template
from clover.url_comparison import compare
from records.observation import Arrival, Hop, Observation
from records.verdict import Violation

#: What a browser calls a page that it asks for.
DOCUMENTS = {"document", "iframe", "frame"}


def agree(landing: Landing, observed: Observation, ownership: HostOwnership) -> Iterator[Violation]:
    """The merchant's site tells the same story as the browser."""
    if observed.arrivals is None or not landing.answered:
        return
    told = landing.address.without_fragment
    same = [arrival for arrival in observed.arrivals if bare(arrival.url) == told]
    if not same:
        yield Violation(
            "lands",
            f"{told} reaches the merchant's site",
            "no such request there",
            "the browser asked for it, the merchant never got it",
        )
        return
    method = same[0].method
    if method != landing.hop.method:
        yield Violation("is-a-get", landing.hop.method, method, "as the merchant's site saw")
    ended = bare(observed.address) == told or ownership.is_merchant(observed.address)
    if landing.hop.place == "tab" and not ended:
        yield Violation("lands", f"the shopper ends at {told}", f"ended at {observed.address}")


def once(observed: Observation, landing: Landing, times: int) -> Iterator[Violation]:
    """One landing, and nothing else that reaches the merchant."""
    due = f"{times} request" + ("s" if times != 1 else "")
    if observed.arrivals is None:  # the merchant's own site: what it does of its own is its affair
        told = landing.address.without_fragment
        again = [hop for hop in observed.hops if bare(hop.url) == told]
        if len(again) != times:
            yield Violation("lands-once", due, f"{len(again)} requests for {landing.hop.url}")
        return
    if len(observed.arrivals) != times:
        listed = ", ".join(
            f"{arrival.method} {arrival.url} ({arrival.dest or 'unknown use'})"
            for arrival in observed.arrivals
        )
        yield Violation("lands-once", due, f"{len(observed.arrivals)}: {listed}")
    for arrival in observed.arrivals:
        use = _use(arrival)
        if use not in ({"document"} if landing.hop.place == "tab" else DOCUMENTS):
            yield Violation(
                "lands-once",
                "requested by the shopper's navigation alone",
                f"{arrival.method} {arrival.url} as {use}",
            )


def _use(arrival: Arrival) -> str:
    """What a request was for; one made ahead of the shopper's navigation says so."""
    purposes = [value for name, value in arrival.headers if name in {"purpose", "sec-purpose"}]
    if any("prefetch" in purpose for purpose in purposes):
        return "prefetch"
    return arrival.dest or "document"


def landed_again(
    template: Template, observed: Observation, landing: Landing
) -> Iterator[Violation]:
    """Who returns to the landing returns to the very same address."""
    for arrival in observed.arrivals or ():
        came = read(arrival.url)
        if came is not None and came.without_fragment != landing.address.without_fragment:
            differences = compare(template, came)
            yield from (found for found in differences if found.clause != "keeps-fragment")


def too_early(observed: Observation, landing: Landing) -> Iterator[Violation]:
    """Nobody lands before the shopper has pressed Pay or Cancel."""
    early_ms = observed.acted_ms - landing.hop.at_ms
    if early_ms > 0:
        yield Violation(
            "lands", "after the shopper pressed Pay or Cancel", f"{early_ms:.0f} ms before"
        )


def insecure(
    expectation: Expectation,
    observed: Observation,
    ownership: HostOwnership,
    landing: Landing | None,
) -> Iterator[Violation]:
    """Every hop is HTTPS, but for those inside a plain-HTTP loopback target.

    Where the merchant's own URL is plain and wins, the merchant's hosts are excused too.
    """
    configured = expectation.landing is not None and expectation.landing.address.scheme == "http"
    for hop in _way(observed, landing):
        address = read(hop.url)
        plain = address is not None and address.scheme == "http"
        excused = ownership.may_be_plain(hop.url) or (configured and ownership.is_merchant(hop.url))
        if plain and not excused:
            yield Violation("secure", "HTTPS on every hop", hop.url)


def strange_hosts(
    observed: Observation, ownership: HostOwnership, landing: Landing | None
) -> Iterator[Violation]:
    """On the way, the shopper's tab passes nobody but Clover."""
    if landing is None:
        return
    for hop in _way(observed, landing):
        if hop.place == "tab" and ownership.is_foreign(hop.url):
            yield Violation(
                "same-origin",
                "only Clover's hosts on the way",
                hop.url,
                "the shopper was led through a stranger's host",
            )


def _way(observed: Observation, landing: Landing | None) -> Iterator[Hop]:
    """The documents on the way to the landing, itself included; all where there is none."""
    for hop in observed.hops:
        if landing is None or hop.number <= landing.hop.number:
            yield hop
