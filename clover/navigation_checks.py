"""Checks on the navigation to the merchant: one request, HTTPS only, no unexpected hosts."""

from collections.abc import Iterator

from clover.address import parse_or_none, without_fragment
from clover.expectation import Expectation
from clover.find_landing import Landing
from clover.host_ownership import HostOwnership
from clover.template import Template
from clover.url_comparison import compare
from records.observation import Arrival, Hop, Observation
from records.outcome import Outcome
from records.verdict import Violation

#: Values of Sec-Fetch-Dest for documents.
DOCUMENTS = {"document", "iframe", "frame"}


def witness_disagreements(
    landing: Landing, observed: Observation, ownership: HostOwnership
) -> Iterator[Violation]:
    """Compare the landing in the browser with the journal of the merchant's site."""
    if observed.arrivals is None or not landing.answered:
        return
    url = landing.address.without_fragment
    arrival = next((each for each in observed.arrivals if without_fragment(each.url) == url), None)
    if arrival is None:
        yield Violation(
            "lands",
            f"{url} reaches the merchant's site",
            "no such request there",
            "the browser requested it, the merchant never received it",
        )
        return
    if arrival.method != landing.hop.method:
        detail = "as the merchant's site saw"
        yield Violation("is-a-get", landing.hop.method, arrival.method, detail)
    end = observed.address
    ended_there = without_fragment(end) == url or ownership.is_merchant(end)
    if landing.hop.place == "tab" and not ended_there:
        yield Violation("lands", f"the shopper ends at {url}", f"ended at {end}")


def repeated_landings(observed: Observation, landing: Landing, times: int) -> Iterator[Violation]:
    """Find requests to the merchant beside the landings that are due."""
    due = f"{times} request" + ("s" if times != 1 else "")
    if observed.arrivals is None:  # the merchant's own site, whose page may request more
        url = landing.address.without_fragment
        same = [hop for hop in observed.hops if without_fragment(hop.url) == url]
        if len(same) != times:
            yield Violation("lands-once", due, f"{len(same)} requests for {landing.hop.url}")
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
    """Return what a request was for; a prefetch says so in a header."""
    purposes = [value for name, value in arrival.headers if name in {"purpose", "sec-purpose"}]
    if any("prefetch" in purpose for purpose in purposes):
        return "prefetch"
    return arrival.dest or "document"


def changed_returns(
    template: Template, observed: Observation, landing: Landing
) -> Iterator[Violation]:
    """Find returns to the landing page, such as a reload, at another URL."""
    for arrival in observed.arrivals or ():
        came = parse_or_none(arrival.url)
        if came is not None and came.without_fragment != landing.address.without_fragment:
            differences = compare(template, came)
            yield from (found for found in differences if found.clause != "keeps-fragment")


def early_landing(observed: Observation, landing: Landing) -> Iterator[Violation]:
    """Find a landing before the shopper pressed Pay or Cancel."""
    early_ms = observed.acted_ms - landing.hop.at_ms
    if early_ms > 0:
        due = "after the shopper pressed Pay or Cancel"
        yield Violation("lands", due, f"{early_ms:.0f} ms before")


def interruptions(
    expectation: Expectation, observed: Observation, landing: Landing
) -> Iterator[Violation]:
    """Find dialogs and blank windows between the shopper's action and the landing.

    A shopper who cancels may be asked to confirm that.
    """
    for each in observed.interruptions:
        asked = each.kind == "confirm" and expectation.outcome is Outcome.CANCEL
        if asked or not observed.acted_ms <= each.at_ms <= landing.hop.at_ms:
            continue
        if each.kind == "blank window":
            yield Violation("same-tab", "the shopper's own tab alone", "a blank window as well")
        else:
            came = f"the dialog “{each.text}” ({each.kind})"
            yield Violation("lands", "no dialog before the landing", came)


def insecure_hops(
    expectation: Expectation,
    observed: Observation,
    ownership: HostOwnership,
    landing: Landing | None,
) -> Iterator[Violation]:
    """Find hops over plain HTTP, except those inside a plain-HTTP loopback target.

    If the merchant's own URL is plain HTTP and wins, the merchant's hosts are excepted too.
    """
    configured = expectation.landing is not None and expectation.landing.address.scheme == "http"
    for hop in _hops_to_landing(observed, landing):
        address = parse_or_none(hop.url)
        allowed = ownership.allows_plain_http(hop.url) or (
            configured and ownership.is_merchant(hop.url)
        )
        if address is not None and address.scheme == "http" and not allowed:
            yield Violation("secure", "HTTPS on every hop", hop.url)


def foreign_hops(
    observed: Observation, ownership: HostOwnership, landing: Landing | None
) -> Iterator[Violation]:
    """Find hops of the shopper's tab through hosts that are not Clover's."""
    for hop in _hops_to_landing(observed, landing) if landing else ():
        if hop.place == "tab" and ownership.is_foreign(hop.url):
            yield Violation(
                "same-origin",
                "only Clover's hosts on the way",
                hop.url,
                "the shopper was led through a foreign host",
            )


def _hops_to_landing(observed: Observation, landing: Landing | None) -> Iterator[Hop]:
    """Return the hops up to and including the landing, or all if there is none."""
    for hop in observed.hops:
        if landing is None or hop.number <= landing.hop.number:
            yield hop
