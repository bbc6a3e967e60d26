"""The contract between Clover, the merchant and the shopper, clause by clause.

Pure: it reads a promise and what the witnesses saw, and needs neither a browser
nor a provider, so it judges recorded data as well.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from clover.address import Address, NotAUrl, parse
from clover.leaks import Secret, leaks
from clover.outcome import Outcome
from clover.parts import compare
from clover.promise import Promise, Rival
from clover.rivals import goes_to, rival_of
from clover.template import SESSION_ID, Template, literal_placeholders
from clover.verdict import CLAUSES, Violation
from clover.whose import Territory
from clover.witnesses import Arrival, Hop, Observed

#: What a browser calls a page that it asks for.
DOCUMENTS = {"document", "iframe", "frame"}

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
        found += _once(observed, landing, times) if landing.answered else ()
        found += _again(promise.landing, observed, landing) if times > 1 else ()
        found += _too_early(observed, landing) if times == 1 else ()
    found += _wrong_requests(promise, observed, territory, landing)
    found += _insecure(promise, observed, territory, landing)
    found += _strange_hosts(observed, territory, landing)
    found += _paid(promise, observed)
    configured = promise.landing.raw if promise.landing else ""
    found += leaks(secrets, observed, landing.hop if landing else None, configured)
    unique = dict.fromkeys(found)
    return sorted(unique, key=lambda violation: CLAUSES.index(violation.clause))


def find_landing(observed: Observed, territory: Territory) -> Landing | None:
    """The first request for the merchant's site, best in the shopper's own tab.

    What the merchant's own page does after it was reached is not the landing.
    """
    hops = [hop for hop in observed.hops if territory.is_merchant(hop.url)]
    order = ("tab", "popup", "frame")
    hops.sort(key=lambda hop: (order.index(hop.place), hop.number))
    for hop in hops:
        answered = hop.status is not None or _arrived(hop, observed)
        if answered or (hop.failure and not any(word in hop.failure for word in LED_NOWHERE)):
            address = _with_fragment(parse(hop.url), observed.address)
            return Landing(hop, address, answered)
    return None


def _arrived(hop: Hop, observed: Observed) -> bool:
    wanted = _bare(hop.url)
    return any(_bare(arrival.url) == wanted for arrival in observed.arrivals or ())


def _bare(url: str) -> str:
    """The URL as it travels to a server; as it is where no browser would write it so."""
    address = _read(url)
    return address.without_fragment if address else url


def _with_fragment(requested: Address, bar: str) -> Address:
    """The fragment never travels to a server: only the address bar knows it."""
    shown = _read(bar)
    same = shown is not None and shown.without_fragment == requested.without_fragment
    return shown if shown is not None and same else requested


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
    yield from _witnesses_agree(landing, observed, territory)


def _literal(promise: Promise, template: Template, came: Address) -> Iterator[Violation]:
    """A placeholder, anywhere in the URL, that had to become a value and arrived as written."""
    if not promise.substituted or template.values.get(SESSION_ID) is None:
        return
    due = literal_placeholders(str(template.expected()))
    unknown = sum(template.raw.count(name) for name, v in template.values.items() if v is None)
    if literal_placeholders(str(came)) > due + unknown:
        yield Violation("no-literal-placeholder", str(template.expected()), str(came))


def _witnesses_agree(
    landing: Landing, observed: Observed, territory: Territory
) -> Iterator[Violation]:
    if observed.arrivals is None or not landing.answered:
        return
    told = landing.address.without_fragment
    same = [arrival for arrival in observed.arrivals if _bare(arrival.url) == told]
    if not same:
        yield Violation(
            "lands",
            f"{told} reaches the merchant's site",
            "no such request there",
            "the browser asked for it, the merchant never got it",
        )
        return
    first = same[0]
    if first.method != landing.hop.method:
        yield Violation("is-a-get", landing.hop.method, first.method, "as the merchant's site saw")
    ended = _bare(observed.address) == told or territory.is_merchant(observed.address)
    if landing.hop.place == "tab" and not ended:
        yield Violation("lands", f"the shopper ends at {told}", f"ended at {observed.address}")


def _once(observed: Observed, landing: Landing, times: int) -> Iterator[Violation]:
    """One landing, and nothing else that reaches the merchant."""
    due = f"{times} request" + ("s" if times != 1 else "")
    if observed.arrivals is None:  # the merchant's own site: what it does of its own is its affair
        told = landing.address.without_fragment
        again = [hop for hop in observed.hops if _bare(hop.url) == told]
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
    purposes = [value for name, value in arrival.headers if name.endswith("purpose")]
    return "prefetch" if "prefetch" in ";".join(purposes) else arrival.dest or "document"


def _again(template: Template, observed: Observed, landing: Landing) -> Iterator[Violation]:
    """Who returns to the landing returns to the very same address."""
    for arrival in observed.arrivals or ():
        came = _read(arrival.url)
        if came is not None and came.without_fragment != landing.address.without_fragment:
            differences = compare(template, came)
            yield from (found for found in differences if found.clause != "keeps-fragment")


def _too_early(observed: Observed, landing: Landing) -> Iterator[Violation]:
    """Nobody lands before the shopper has pressed Pay or Cancel."""
    early_ms = observed.acted_ms - landing.hop.at_ms
    if early_ms > 0:
        yield Violation(
            "lands", "after the shopper pressed Pay or Cancel", f"{early_ms:.0f} ms before"
        )


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
        if not any(goes_to(rival.template, _read(url)) for rival in promise.rivals):
            yield Violation("lands", promise.words, f"the browser went to {url}")
    # Who cancels by going back may be anywhere; everybody else still sees Clover's page.
    if promise.outcome is not Outcome.CANCEL and not observed.address.startswith("http"):
        yield Violation("lands", promise.words, f"ended at {observed.address or 'no page'}")
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
        came = _read(url)
        if came is None or (judged and came.without_fragment == _bare(judged)):
            continue
        rival = _named(promise, came)
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


def _named(promise: Promise, came: Address) -> Rival | None:
    if promise.landing is not None:
        return rival_of(promise, came)
    return next((rival for rival in promise.rivals if goes_to(rival.template, came)), None)


def _requested(observed: Observed, territory: Territory) -> Iterator[str]:
    yield from (hop.url for hop in observed.hops if territory.is_merchant(hop.url))
    yield from (arrival.url for arrival in observed.arrivals or ())


def _read(url: str) -> Address | None:
    try:
        return parse(url)
    except NotAUrl:
        return None


def _insecure(
    promise: Promise, observed: Observed, territory: Territory, landing: Landing | None
) -> Iterator[Violation]:
    """Every hop is HTTPS, but for those inside a plain-HTTP loopback target.

    Where the merchant's own URL is plain and wins, the merchant's hosts are excused too.
    """
    configured = promise.landing is not None and promise.landing.address.scheme == "http"
    last = landing.hop.number if landing else max((h.number for h in observed.hops), default=0)
    for hop in observed.hops:
        plain = hop.url.startswith("http:") and not territory.may_be_plain(hop.url)
        excused = configured and territory.is_merchant(hop.url)
        if plain and not excused and hop.number <= last:
            yield Violation("secure", "HTTPS on every hop", hop.url)


def _strange_hosts(
    observed: Observed, territory: Territory, landing: Landing | None
) -> Iterator[Violation]:
    """On the way, the shopper's tab passes nobody but Clover."""
    if landing is None:
        return
    for hop in observed.hops:
        if hop.place == "tab" and hop.number < landing.hop.number and territory.is_foreign(hop.url):
            yield Violation(
                "same-origin",
                "only Clover's hosts on the way",
                hop.url,
                "the shopper was led through a stranger's host",
            )
