"""The contract between Clover, the merchant and the shopper, clause by clause.

Pure: it reads a promise and what the witnesses saw, and needs neither a browser
nor a provider, so it judges recorded data as well.
"""

from collections.abc import Iterator, Sequence

from clover.address import Address, bare, parse, read
from clover.expectation import PAYMENT_RECEIVED, Expectation
from clover.find_landing import Landing, find_landing
from clover.host_ownership import HostOwnership
from clover.leaks import Secret, leaks
from clover.navigation_checks import agree, insecure, landed_again, once, strange_hosts, too_early
from clover.template import SESSION_ID, Template, literal_placeholders
from clover.url_attribution import goes_to, rival_of
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
    """Compare what was seen with what was promised.

    Args:
        expectation: where this session's shopper must end.
        observed: what the browser's trail and the landing site's journal saw.
        ownership: which hosts are the merchant's and which the provider's.
        secrets: what nobody along the way may read.
        times: how many landings are due: more than one only where the shopper
            reloaded or went back to the landing page.

    Returns:
        Every broken clause, in clause order; empty when the promise was kept.
    """
    found: list[Violation] = []
    landing = find_landing(observed, ownership)
    if expectation.landing is None:
        found += _stays(expectation, observed, ownership)
    elif landing is None:
        found += _never_landed(expectation.landing, observed, ownership)
    else:
        found += _landed(expectation, expectation.landing, landing, observed, ownership)
        found += once(observed, landing, times) if landing.answered else ()
        found += landed_again(expectation.landing, observed, landing) if times > 1 else ()
        found += too_early(observed, landing) if times == 1 else ()
    found += _wrong_requests(expectation, observed, ownership, landing)
    found += insecure(expectation, observed, ownership, landing)
    found += strange_hosts(observed, ownership, landing)
    found += _paid(expectation, observed)
    configured = expectation.landing.raw if expectation.landing else None
    found += leaks(secrets, observed, landing.hop if landing else None, configured)
    unique = {str(violation): violation for violation in found}
    return sorted(unique.values(), key=lambda violation: CLAUSES.index(violation.clause))


def _landed(
    expectation: Expectation,
    template: Template,
    landing: Landing,
    observed: Observation,
    ownership: HostOwnership,
) -> Iterator[Violation]:
    came = landing.address
    rival = rival_of(expectation, came)
    judged = template
    if rival is not None:
        yield Violation(rival.clause, str(template.expected()), str(came), f"this is {rival.label}")
        judged = rival.template
    differences = list(compare(judged, came))
    yield from differences
    if not any(violation.clause == "no-literal-placeholder" for violation in differences):
        yield from _literal(expectation, judged, came)
    hop = landing.hop
    if hop.method != "GET":
        yield Violation("is-a-get", "GET", hop.method)
    if hop.place != "tab":
        where = {"popup": "another tab or window", "frame": "a frame inside the page"}[hop.place]
        yield Violation("same-tab", "the shopper's own tab", where)
    yield from agree(landing, observed, ownership)


def _literal(expectation: Expectation, template: Template, came: Address) -> Iterator[Violation]:
    """A placeholder, anywhere in the URL, that had to become a value and arrived as written."""
    if not expectation.substituted or template.values.get(SESSION_ID) is None:
        return
    due = literal_placeholders(str(template.expected()))
    unknown = sum(template.raw.count(name) for name, v in template.values.items() if v is None)
    if literal_placeholders(str(came)) > due + unknown:
        yield Violation("no-literal-placeholder", str(template.expected()), str(came))


def _never_landed(
    template: Template, observed: Observation, ownership: HostOwnership
) -> Iterator[Violation]:
    stayed = observed.stayed
    strays = [hop for hop in observed.hops if hop.place == "tab" and ownership.is_foreign(hop.url)]
    if strays:
        came = parse(strays[-1].url).origin
        detail = f"the browser was sent to {strays[-1].url}"
        yield Violation("same-origin", template.expected().origin, came, detail)
    shown = " / ".join(text for text in (stayed.heading, stayed.alert) if text)
    failed = [hop for hop in observed.hops if hop.failure and ownership.is_merchant(hop.url)]
    detail = f"the request failed with {failed[-1].failure}" if failed else ""
    end = f"{observed.waited_s:.1f} s later at {stayed.url}" + (f" “{shown}”" if shown else "")
    yield Violation("lands", str(template.expected()), end, detail)


def _stays(
    expectation: Expectation, observed: Observation, ownership: HostOwnership
) -> Iterator[Violation]:
    """Nothing of the merchant's is requested, and Clover's page says what it must."""
    left = [
        hop.url
        for hop in observed.hops
        if hop.place == "tab" and hop.at_ms >= observed.acted_ms and ownership.is_foreign(hop.url)
    ]
    for url in dict.fromkeys([*left, *_requested(observed, ownership)]):
        if not any(goes_to(rival.template, read(url)) for rival in expectation.rivals):
            yield Violation("lands", expectation.words, f"the browser went to {url}")
    # Who cancels by going back may be anywhere; everybody else still sees Clover's page.
    if expectation.outcome is not Outcome.CANCEL and not ownership.is_web(observed.address):
        yield Violation("lands", expectation.words, f"ended at {observed.address or 'no page'}")
    if expectation.payments == 0 and observed.stayed.heading == PAYMENT_RECEIVED:
        came = f"“{PAYMENT_RECEIVED}” at {observed.stayed.url}"
        yield Violation("right-outcome", "no receipt, for nothing was paid", came)
    if expectation.heading and observed.stayed.heading != expectation.heading:
        shown = observed.stayed.heading or "no heading"
        alert = f"the page warns “{observed.stayed.alert}”" if observed.stayed.alert else ""
        came = f"“{shown}” at {observed.stayed.url}"
        yield Violation("lands", f"Clover's page headed “{expectation.heading}”", came, alert)


def _wrong_requests(
    expectation: Expectation,
    observed: Observation,
    ownership: HostOwnership,
    landing: Landing | None,
) -> Iterator[Violation]:
    """No other configured URL was requested, by whatever means, at any time."""
    judged = landing.hop.url if landing and expectation.landing else None
    for url in dict.fromkeys(_requested(observed, ownership)):
        came = read(url)
        if came is None or (judged and came.without_fragment == bare(judged)):
            continue
        rival = rival_of(expectation, came)
        if rival is not None:
            wanted = (
                str(expectation.landing.expected()) if expectation.landing else expectation.words
            )
            yield Violation(rival.clause, wanted, url, f"{rival.label} was requested")


def _paid(expectation: Expectation, observed: Observation) -> Iterator[Violation]:
    """What the shopper is told is what stands in the provider's books."""
    due, taken = expectation.payments, observed.payments
    if due is None or taken is None or due == taken:
        return
    clause = "lands-once" if taken > due > 0 else "right-outcome"
    detail = "in the provider's books for this session"
    yield Violation(clause, f"payments taken: {due}", f"payments taken: {taken}", detail)


def _requested(observed: Observation, ownership: HostOwnership) -> Iterator[str]:
    yield from (hop.url for hop in observed.hops if ownership.is_merchant(hop.url))
    yield from (arrival.url for arrival in observed.arrivals or ())
