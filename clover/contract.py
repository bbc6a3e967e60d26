"""The contract between Clover, the merchant and the shopper, clause by clause.

Pure code: it compares an expectation with an observation and needs neither a browser nor a
provider, so it judges recorded data as well.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from clover import navigation_checks as navigation
from clover.address import Address, parse, parse_or_none, without_fragment
from clover.expectation import PAYMENT_RECEIVED, Expectation
from clover.find_landing import Landing, find_landing
from clover.host_ownership import HostOwnership
from clover.leaks import Secret, leaks, session_leaks
from clover.template import CLAUSE_OF, SESSION_ID, Template, literal_placeholders
from clover.url_attribution import find_other_url, shares_host_and_path
from clover.url_comparison import compare
from clover.verdict import CLAUSES
from records.observation import Observation
from records.outcome import Outcome
from records.verdict import Violation

__all__ = ["Landing", "check", "find_landing"]


def check(
    expectation: Expectation,
    observed: Observation,
    ownership: HostOwnership,
    *,
    secrets: Sequence[Secret] = (),
    times: int = 1,
) -> list[Violation]:
    """Compare an observation with an expectation.

    Args:
        expectation: where this session's shopper must end.
        observed: what the browser's trail and the landing site's journal saw.
        ownership: which hosts are the merchant's and which the provider's.
        secrets: what must not be readable along the way.
        times: the number of landings due: more than one only if the shopper reloads the
            landing page or goes back to it.

    Returns:
        Every broken clause, in clause order; empty if the contract holds.
    """
    found: list[Violation] = []
    landing = find_landing(observed, ownership)
    if expectation.landing is None:
        found += _left_checkout(expectation, observed, ownership)
    elif landing is None:
        found += _missing_landing(expectation.landing, observed, ownership)
    else:
        found += _wrong_landing(expectation, expectation.landing, landing, observed, ownership)
        found += navigation.interruptions(expectation, observed, landing)
        found += session_leaks(expectation.session_id, observed, landing.hop, ownership)
        found += navigation.repeated_landings(observed, landing, times) if landing.answered else ()
        if times > 1:
            found += navigation.changed_returns(expectation.landing, observed, landing)
        else:
            found += navigation.early_landing(observed, landing)
    found += _wrong_requests(expectation, observed, ownership, landing)
    found += navigation.insecure_hops(expectation, observed, ownership, landing)
    found += navigation.foreign_hops(observed, ownership, landing)
    found += _wrong_payments(expectation, observed)
    configured = expectation.landing.raw if expectation.landing else None
    found += leaks(secrets, observed, landing.hop if landing else None, configured)
    unique = {str(violation): violation for violation in found}
    return sorted(unique.values(), key=lambda violation: CLAUSES.index(violation.clause))


def _wrong_landing(
    expectation: Expectation,
    template: Template,
    landing: Landing,
    observed: Observation,
    ownership: HostOwnership,
) -> Iterator[Violation]:
    came = landing.address
    other = find_other_url(expectation, came)
    judged = template
    if other is not None:
        yield Violation(other.clause, str(template.expected()), str(came), f"this is {other.label}")
        judged = other.template
    told = came
    if not landing.shows_fragment:
        told = replace(came, fragment=judged.expected().fragment)
    differences = list(compare(judged, told))
    yield from differences
    if not any(violation.clause == "no-literal-placeholder" for violation in differences):
        yield from _literal_placeholder(expectation, judged, came)
    hop = landing.hop
    if hop.method != "GET":
        yield Violation("is-a-get", "GET", hop.method)
    if hop.place != "tab":
        where = {"popup": "another tab or window", "frame": "a frame inside the page"}[hop.place]
        yield Violation("same-tab", "the shopper's own tab", where)
    yield from navigation.witness_disagreements(landing, observed, ownership)


def _literal_placeholder(
    expectation: Expectation, template: Template, came: Address
) -> Iterator[Violation]:
    """Find a placeholder that should have been substituted, anywhere in the URL."""
    if not expectation.substituted or template.values.get(SESSION_ID) is None:
        return
    values = template.values
    misspelt = literal_placeholders(template.raw) - sum(map(template.raw.count, CLAUSE_OF))
    unknown = sum(template.raw.count(name) for name in CLAUSE_OF if values.get(name) is None)
    if literal_placeholders(str(came)) > misspelt + unknown:
        yield Violation("no-literal-placeholder", str(template.expected()), str(came))


def _missing_landing(
    template: Template, observed: Observation, ownership: HostOwnership
) -> Iterator[Violation]:
    stayed = observed.stayed
    foreign = [hop for hop in observed.hops if hop.place == "tab" and ownership.is_foreign(hop.url)]
    if foreign:
        came = parse(foreign[-1].url).origin
        detail = f"the browser was sent to {foreign[-1].url}"
        yield Violation("same-origin", template.expected().origin, came, detail)
    shown = " / ".join(text for text in (stayed.heading, stayed.alert) if text)
    failed = [hop for hop in observed.hops if hop.failure and ownership.is_merchant(hop.url)]
    detail = f"the request failed with {failed[-1].failure}" if failed else ""
    end = f"{observed.waited_s:.1f} s later at {stayed.url}" + (f" “{shown}”" if shown else "")
    yield Violation("lands", str(template.expected()), end, detail)


def _left_checkout(
    expectation: Expectation, observed: Observation, ownership: HostOwnership
) -> Iterator[Violation]:
    """Find requests to other sites and a wrong page where the shopper stays with Clover."""
    left = [
        hop.url
        for hop in observed.hops
        if hop.place == "tab" and hop.at_ms >= observed.acted_ms and ownership.is_foreign(hop.url)
    ]
    others = [other.template for other in expectation.other_urls]
    for url in dict.fromkeys([*left, *_merchant_urls(observed, ownership)]):
        came = parse_or_none(url)  # a configured URL breaks another clause, see _wrong_requests
        if not any(shares_host_and_path(other, came) for other in others):
            yield Violation("lands", expectation.description, f"the browser went to {url}")
    # A shopper who cancels by going back may be on any page.
    if expectation.outcome is not Outcome.CANCEL and not ownership.is_web(observed.address):
        end = f"ended at {observed.address or 'no page'}"
        yield Violation("lands", expectation.description, end)
    stayed = observed.stayed
    if expectation.payments == 0 and stayed.heading == PAYMENT_RECEIVED:
        came_text = f"“{PAYMENT_RECEIVED}” at {stayed.url}"
        yield Violation("right-outcome", "no receipt, because nothing was paid", came_text)
    if expectation.heading and stayed.heading != expectation.heading:
        came_text = f"“{stayed.heading or 'no heading'}” at {stayed.url}"
        alert = f"the page warns “{stayed.alert}”" if stayed.alert else ""
        due = f"Clover's page headed “{expectation.heading}”"
        yield Violation("lands", due, came_text, alert)


def _wrong_requests(
    expectation: Expectation,
    observed: Observation,
    ownership: HostOwnership,
    landing: Landing | None,
) -> Iterator[Violation]:
    """Find requests for another configured URL, of any kind and at any time."""
    judged = without_fragment(landing.hop.url) if landing and expectation.landing else None
    template = expectation.landing
    due = str(template.expected()) if template else expectation.description
    for url in dict.fromkeys(_merchant_urls(observed, ownership)):
        came = parse_or_none(url)
        if came is None or came.without_fragment == judged:
            continue
        other = find_other_url(expectation, came)
        if other is not None:
            yield Violation(other.clause, due, url, f"{other.label} was requested")


def _wrong_payments(expectation: Expectation, observed: Observation) -> Iterator[Violation]:
    """Compare the outcome with the payments in the provider's books."""
    due, taken = expectation.payments, observed.payments
    if due is None or taken is None or due == taken:
        return
    clause = "lands-once" if taken > due > 0 else "right-outcome"
    detail = "in the provider's books for this session"
    yield Violation(clause, f"payments taken: {due}", f"payments taken: {taken}", detail)


def _merchant_urls(observed: Observation, ownership: HostOwnership) -> Iterator[str]:
    yield from (hop.url for hop in observed.hops if ownership.is_merchant(hop.url))
    yield from (arrival.url for arrival in observed.arrivals or ())
