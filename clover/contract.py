"""The contract between Clover, the merchant and the shopper, clause by clause.

Pure: it reads a promise and what the witnesses saw, and needs neither a browser
nor a provider, so it judges recorded data as well.
"""

from collections.abc import Iterator, Sequence

from clover.address import Address, bare, parse, read
from clover.expectation import PAYMENT_RECEIVED, Promise
from clover.find_landing import Landing, find_landing
from clover.host_ownership import Territory
from clover.leaks import Secret, leaks
from clover.navigation_checks import agree, insecure, landed_again, once, strange_hosts, too_early
from clover.outcome import Outcome
from clover.template import SESSION_ID, Template, literal_placeholders
from clover.url_attribution import goes_to, rival_of
from clover.url_comparison import compare
from clover.verdict import CLAUSES, Violation
from clover.witnesses import Observed

__all__ = ["Landing", "check", "find_landing"]


def check(
    promise: Promise,
    observed: Observed,
    territory: Territory,
    *,
    secrets: Sequence[Secret] = (),
    times: int = 1,
) -> list[Violation]:
    """Compare what was seen with what was promised.

    Args:
        promise: where this session's shopper must end.
        observed: what the browser's trail and the landing site's journal saw.
        territory: which hosts are the merchant's and which the provider's.
        secrets: what nobody along the way may read.
        times: how many landings are due: more than one only where the shopper
            reloaded or went back to the landing page.

    Returns:
        Every broken clause, in clause order; empty when the promise was kept.
    """
    found: list[Violation] = []
    landing = find_landing(observed, territory)
    if promise.landing is None:
        found += _stays(promise, observed, territory)
    elif landing is None:
        found += _never_landed(promise.landing, observed, territory)
    else:
        found += _landed(promise, promise.landing, landing, observed, territory)
        found += once(observed, landing, times) if landing.answered else ()
        found += landed_again(promise.landing, observed, landing) if times > 1 else ()
        found += too_early(observed, landing) if times == 1 else ()
    found += _wrong_requests(promise, observed, territory, landing)
    found += insecure(promise, observed, territory, landing)
    found += strange_hosts(observed, territory, landing)
    found += _paid(promise, observed)
    configured = promise.landing.raw if promise.landing else None
    found += leaks(secrets, observed, landing.hop if landing else None, configured)
    unique = dict.fromkeys(found)
    return sorted(unique, key=lambda violation: CLAUSES.index(violation.clause))


def _landed(
    promise: Promise,
    template: Template,
    landing: Landing,
    observed: Observed,
    territory: Territory,
) -> Iterator[Violation]:
    came = landing.address
    rival = rival_of(promise, came)
    judged = template
    if rival is not None:
        yield Violation(rival.clause, str(template.expected()), str(came), f"this is {rival.label}")
        judged = rival.template
    differences = list(compare(judged, came))
    yield from differences
    if not any(violation.clause == "no-literal-placeholder" for violation in differences):
        yield from _literal(promise, judged, came)
    hop = landing.hop
    if hop.method != "GET":
        yield Violation("is-a-get", "GET", hop.method)
    if hop.place != "tab":
        where = {"popup": "another tab or window", "frame": "a frame inside the page"}[hop.place]
        yield Violation("same-tab", "the shopper's own tab", where)
    yield from agree(landing, observed, territory)


def _literal(promise: Promise, template: Template, came: Address) -> Iterator[Violation]:
    """A placeholder, anywhere in the URL, that had to become a value and arrived as written."""
    if not promise.substituted or template.values.get(SESSION_ID) is None:
        return
    due = literal_placeholders(str(template.expected()))
    unknown = sum(template.raw.count(name) for name, v in template.values.items() if v is None)
    if literal_placeholders(str(came)) > due + unknown:
        yield Violation("no-literal-placeholder", str(template.expected()), str(came))


def _never_landed(
    template: Template, observed: Observed, territory: Territory
) -> Iterator[Violation]:
    stayed = observed.stayed
    strays = [hop for hop in observed.hops if hop.place == "tab" and territory.is_foreign(hop.url)]
    if strays:
        came = parse(strays[-1].url).origin
        detail = f"the browser was sent to {strays[-1].url}"
        yield Violation("same-origin", template.expected().origin, came, detail)
    shown = " / ".join(text for text in (stayed.heading, stayed.alert) if text)
    failed = [hop for hop in observed.hops if hop.failure and territory.is_merchant(hop.url)]
    detail = f"the request failed with {failed[-1].failure}" if failed else ""
    end = f"{observed.waited_s:.1f} s later at {stayed.url}" + (f" “{shown}”" if shown else "")
    yield Violation("lands", str(template.expected()), end, detail)


def _stays(promise: Promise, observed: Observed, territory: Territory) -> Iterator[Violation]:
    """Nothing of the merchant's is requested, and Clover's page says what it must."""
    left = [
        hop.url
        for hop in observed.hops
        if hop.place == "tab" and hop.at_ms >= observed.acted_ms and territory.is_foreign(hop.url)
    ]
    for url in dict.fromkeys([*left, *_requested(observed, territory)]):
        if not any(goes_to(rival.template, read(url)) for rival in promise.rivals):
            yield Violation("lands", promise.words, f"the browser went to {url}")
    # Who cancels by going back may be anywhere; everybody else still sees Clover's page.
    if promise.outcome is not Outcome.CANCEL and not territory.is_web(observed.address):
        yield Violation("lands", promise.words, f"ended at {observed.address or 'no page'}")
    if promise.payments == 0 and observed.stayed.heading == PAYMENT_RECEIVED:
        came = f"“{PAYMENT_RECEIVED}” at {observed.stayed.url}"
        yield Violation("right-outcome", "no receipt, for nothing was paid", came)
    if promise.heading and observed.stayed.heading != promise.heading:
        shown = observed.stayed.heading or "no heading"
        alert = f"the page warns “{observed.stayed.alert}”" if observed.stayed.alert else ""
        came = f"“{shown}” at {observed.stayed.url}"
        yield Violation("lands", f"Clover's page headed “{promise.heading}”", came, alert)


def _wrong_requests(
    promise: Promise, observed: Observed, territory: Territory, landing: Landing | None
) -> Iterator[Violation]:
    """No other configured URL was requested, by whatever means, at any time."""
    judged = landing.hop.url if landing and promise.landing else None
    for url in dict.fromkeys(_requested(observed, territory)):
        came = read(url)
        if came is None or (judged and came.without_fragment == bare(judged)):
            continue
        rival = rival_of(promise, came)
        if rival is not None:
            wanted = str(promise.landing.expected()) if promise.landing else promise.words
            yield Violation(rival.clause, wanted, url, f"{rival.label} was requested")


def _paid(promise: Promise, observed: Observed) -> Iterator[Violation]:
    """What the shopper is told is what stands in the provider's books."""
    due, taken = promise.payments, observed.payments
    if due is None or taken is None or due == taken:
        return
    clause = "lands-once" if taken > due > 0 else "right-outcome"
    detail = "in the provider's books for this session"
    yield Violation(clause, f"payments taken: {due}", f"payments taken: {taken}", detail)


def _requested(observed: Observed, territory: Territory) -> Iterator[str]:
    yield from (hop.url for hop in observed.hops if territory.is_merchant(hop.url))
    yield from (arrival.url for arrival in observed.arrivals or ())
