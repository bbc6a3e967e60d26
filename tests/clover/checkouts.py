"""Checkouts and observations for tests of the contract."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from clover.address import parse
from clover.behaviour import Behaviour, load_behaviour
from clover.contract import check
from clover.expectation import Urls, make_expectation
from clover.host_ownership import HostOwnership
from clover.leaks import Secret
from records.observation import Arrival, Hop, Observation, PageState
from records.outcome import Outcome
from records.verdict import Violation

SESSION = "0b54c5a4-5bd3-4b0a-9c4e-0d3f0cfae6a1"
OTHER_SESSION = "9f1d0f0e-7a67-4a2c-8f7e-4f6f6b0b0c11"
HREF = f"https://checkout.localhost:8443/pay-checkout/{SESSION}?mode=checkout"
MERCHANTS = frozenset({".example"})
DOCUMENTED = load_behaviour("documented")
TOKEN = Secret("API token", "5fd3b1a2-c0de-4a11-8e1f-aa55aa55aa55")
CARD = Secret("card number", "4242424242424242", is_card=True)
EMAIL = Secret("shopper's e-mail address", "alex.doe@example.com", from_merchant=True)
SITE = "https://merchant.example/r1"
BASE = f"{SITE}/done"
SID = "{CHECKOUT_SESSION_ID}"
ERR = "{ERROR_CODE}"
CODE = "card_declined"


def make_hop(url: str, **differing: Any) -> Hop:
    """Return a document request; every field has a default."""
    usual = Hop(1, "tab", url, "GET", 200, None, "script", at_ms=1000.0)
    return replace(usual, **differing)


def make_arrival(
    url: str, *, dest: str = "document", headers: Iterable[tuple[str, str]] = (), **differing: Any
) -> Arrival:
    """Return a request at the merchant's site; every field has a default."""
    usual: dict[str, Any] = {"number": 1, "at_s": 1.0, "method": "GET", "body": "", "status": 200}
    sent = (("sec-fetch-dest", dest), *headers) if dest else tuple(headers)
    return Arrival(**{**usual, "url": url, "headers": sent, **differing})


@dataclass(frozen=True)
class Checkout:
    """The configuration of one checkout."""

    request: Urls
    dashboard: Urls = field(default_factory=dict)
    outcome: Outcome = Outcome.SUCCESS
    behaviour: Behaviour = DOCUMENTED
    href: str = HREF
    other_sessions_urls: Sequence[str] = ()
    stays: bool = False
    error_code: str | None = None

    def broken(self, observed: Observation, **more: Any) -> list[Violation]:
        """Return the violations that the contract finds."""
        configured = {name: value for name, value in vars(self).items() if name != "href"}
        expectation = make_expectation(session_id=SESSION, **configured)
        ownership = HostOwnership(self.href, MERCHANTS)
        return check(expectation, observed, ownership, secrets=[TOKEN, CARD, EMAIL], **more)

    def clauses(self, observed: Observation, **more: Any) -> list[str]:
        """Return the broken clauses, each once."""
        return list(dict.fromkeys(v.clause for v in self.broken(observed, **more)))

    def with_url(self, url: str) -> "Checkout":
        """Return the checkout with another URL for its outcome."""
        return replace(self, request={**self.request, self.outcome: url})

    def landing(self, url: str) -> list[str]:
        """Return the clauses that a landing on ``url`` breaks."""
        return self.clauses(landed(url, href=self.href))


def landed(url: str, *, href: str = HREF) -> Observation:
    """Return the observation of a shopper who paid and landed on ``url``."""
    landing = make_hop(url, number=2, referer="https://x.localhost/")
    return Observation(
        hops=[make_hop(href, cause="typed", at_ms=0.0), landing],
        arrivals=[make_arrival(parse(url).without_fragment)],
        address=str(parse(url)),
        stayed=PageState(url, "You arrived", ""),
        acted_ms=500.0,
        waited_s=0.4,
    )


def stayed(heading: str = "", alert: str = "", *, href: str = HREF) -> Observation:
    """Return the observation of a shopper who paid and stays with Clover."""
    hops = [make_hop(href, cause="typed", at_ms=0.0)]
    page = PageState(href, heading, alert)
    return Observation(hops, [], address=href, stayed=page, acted_ms=500.0, waited_s=10.0)


def changed(observed: Observation, **landing: Any) -> Observation:
    """Return the observation with another last hop."""
    *before, last = observed.hops
    return replace(observed, hops=[*before, replace(last, **landing)])


def success(tail: str, *, behaviour: str = "substitute") -> Checkout:
    """Return a checkout that ends with success on ``BASE`` and this tail."""
    switches = load_behaviour("documented", placeholders=behaviour)
    return Checkout({Outcome.SUCCESS: BASE + tail}, behaviour=switches)


def failure(tail: str) -> Checkout:
    """Return a checkout that ends with a decline on ``BASE`` and this tail."""
    return Checkout({Outcome.FAILURE: BASE + tail}, outcome=Outcome.FAILURE)


RIGHT = f"{SITE}/success?sid={SESSION}#top"
BARE = RIGHT.removesuffix("#top")
PAID = Checkout({
    Outcome.SUCCESS: f"{SITE}/success?sid={SID}#top",
    Outcome.FAILURE: f"{SITE}/failure",
    Outcome.CANCEL: f"{SITE}/cancel",
})  # fmt: skip
NOWHERE = Checkout({Outcome.FAILURE: f"{SITE}/failure"})


def by_way_of(*hops: Hop, arrivals: tuple[Arrival, ...] = (), url: str = RIGHT) -> Observation:
    """Return a right landing after other document requests."""
    story = landed(url)
    last = replace(story.hops[1], number=len(hops) + 2)
    way = [story.hops[0], *(replace(hop, number=n) for n, hop in enumerate(hops, 2)), last]
    return replace(story, hops=way, arrivals=[*arrivals, *(story.arrivals or ())])


def violations(observed: Observation, checkout: Checkout = PAID) -> list[tuple[str, str, str, str]]:
    """Return clause, expected, came and detail of each violation."""
    return [(v.clause, v.expected, v.came, v.detail) for v in checkout.broken(observed)]
