"""Observation of one checkout: the browser's navigation, the merchant's site and the page."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Self

from playwright.sync_api import Error, Page, Request, Response

from clover.address import parse_or_none, without_fragment
from clover.cards import Card
from clover.find_landing import REPLACED_OR_BLOCKED
from clover.host_ownership import HostOwnership
from landing.journal import Journal
from landing.trail import Trail
from pages.checkout import CheckoutPage
from pages.response import PageResponse
from pages.snapshot import Snapshot, wait_for
from records.observation import Arrival, Hop
from records.verdict import Verdict
from suite.evidence.timeline import TimelineRecorder
from suite.merchant import Checkout
from suite.redirect_urls import nonce_of
from suite.targets import Target

#: Every host name that ends so leads to the landing site, whatever the port.
LANDING_HOSTS = ".example"


@dataclass(slots=True)
class Observer:
    """What the suite sees of one checkout, and how long it waits for it.

    Attributes:
        journal: of the landing site; None if the shopper lands elsewhere.
        within_s: longest wait from Pay or Cancel to the landing, seconds.
        others: observers of other checkouts of the same test, whose arrivals are not this one's.
        cards: typed so far; their data may appear in no URL.
        server_errors: responses of the provider with status 500 or more.
        unanswered: requests since the shopper acted last that the provider did not answer.
        acted_ms: when the shopper acted last, on the trail's clock.
        before: the page right before that.
        last_verdict: on what was observed so far.
        timeline: what happened so far, for the reports.
    """

    checkout: Checkout
    hosted_page: CheckoutPage
    trail: Trail
    journal: Journal | None
    target: Target
    within_s: float
    others: list["Observer"] = field(default_factory=list)
    cards: list[Card] = field(default_factory=list)
    server_errors: list[str] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)
    acted_ms: float = 0.0
    before: Snapshot = field(default_factory=Snapshot)
    last_verdict: Verdict | None = None
    timeline: TimelineRecorder = field(init=False)
    _first_arrival: int = 0
    _requests_before: int = 0

    @classmethod
    def of(
        cls, checkout: Checkout, page: Page, journal: Journal | None, *, touch: bool = False
    ) -> Self:
        """Observe a checkout in a tab, from now on.

        Args:
            checkout: nothing of it is observed yet.
            page: an empty tab, or one that shows the hosted page.
            journal: of the site where the shopper must land, if that is the landing site.
            touch: whether the shopper taps instead of clicking.
        """
        target = checkout.target
        within_s, delay_ms = target.within_s, target.key_delay_ms
        hosted = CheckoutPage(page, within_s=within_s, key_delay_ms=delay_ms, touch=touch)
        return cls(checkout, hosted, Trail(page), journal, target, within_s)

    def __post_init__(self) -> None:
        if self.journal is not None:
            self._first_arrival = self.journal.mark()
        self.timeline = TimelineRecorder(
            self.checkout.session.session_id,
            self.page,
            self.trail,
            lands_at=self.ownership.is_merchant,
            late=self.unjudged_arrivals,
        )
        self.hosted_page.note = self.timeline.step
        # A bound method would not do: Playwright writes a mark on its owner, which has slots.
        self.page.context.on("response", lambda answer: self._note_server_error(answer))  # noqa: PLW0108
        self.page.context.on("requestfailed", lambda request: self._note_unanswered(request))  # noqa: PLW0108

    def _note_server_error(self, response: Response) -> None:
        if response.status >= 500 and self.ownership.is_provider(response.url):
            self.server_errors.append(
                f"{response.request.method} {response.url}: {response.status}"
            )

    def _note_unanswered(self, request: Request) -> None:
        failure = request.failure or ""
        stopped = any(word in failure for word in REPLACED_OR_BLOCKED)
        if self.ownership.is_provider(request.url) and not stopped:
            self.unanswered.append(f"{request.method} {request.url}: {failure}")

    @property
    def outages(self) -> list[str]:
        """What the provider's server failed to do."""
        return [*self.server_errors, *self.unanswered]

    @property
    def page(self) -> Page:
        """The shopper's tab."""
        return self.hosted_page.page

    @property
    def ownership(self) -> HostOwnership:
        """Whose each host is; every ``.example`` name may lead to the landing site."""
        hosts = (
            self.checkout.hosts if self.journal is None else self.checkout.hosts | {LANDING_HOSTS}
        )
        api = parse_or_none(self.target.settings.api_url)
        ports = frozenset({api.port} if api else ())
        return HostOwnership(self.checkout.session.href, hosts, ports)

    @property
    def hops(self) -> Sequence[Hop]:
        """Every hop; without a landing site up to the landing, since the shop's own follow."""
        hops, ownership = self.trail.hops, self.ownership
        landed = (
            number
            for number, hop in enumerate(hops, start=1)
            if ownership.is_merchant(hop.url) and hop.place != "frame" and hop.status is not None
        )
        return hops if self.journal is not None else hops[: next(landed, None)]

    def note_action(self) -> None:
        """Note that the shopper acts now."""
        self.unanswered.clear()
        self.before = self.hosted_page.snapshot_before_action()
        self._requests_before = len(self.trail.requests)
        self.acted_ms = self.trail.now_ms()

    def watch(self, seconds: float) -> None:
        """Let time pass; the next assertion judges what has come meanwhile."""
        self.timeline.step(f"watches for {seconds:g} s")
        self.trail.wait_until(lambda _: False, seconds)

    def has_landed(self) -> bool:
        """Whether a page of the merchant, or of a stranger, was answered or refused."""
        ownership = self.ownership
        return any(
            (hop.status is not None or hop.failure)
            and (
                ownership.is_merchant(hop.url)
                or (hop.place == "tab" and ownership.is_foreign(hop.url))
            )
            for hop in self.trail.hops
        )

    def wait_for_landing(self, seconds: float) -> bool:
        """Wait until the shopper has landed; False if the time is up first."""
        return self.trail.wait_until(lambda _: self.has_landed(), seconds)

    def wait_for_load(self) -> bool:
        """Wait until the address bar shows the landing and its page has loaded.

        A response comes before the address bar changes, and what the landing page does counts too.

        Returns:
            False if the page did not finish loading in time.
        """
        ownership = self.ownership
        shown = [hop for hop in self.trail.hops if hop.place != "frame" and not hop.failure]
        if not any(ownership.is_merchant(hop.url) for hop in shown):
            return True
        self.trail.wait_until(lambda _: ownership.is_merchant(self.address()), self.within_s)
        try:
            self.page.wait_for_load_state("load", timeout=self.within_s * 1000)
        except Error:
            return False
        return True

    def wait_for_heading(self, heading: str) -> None:
        """Wait until the page has this heading, or the shopper has landed."""
        wait_for(
            self.page,
            lambda seen: seen.heading == heading or self.has_landed() or None,
            within_s=self.within_s,
        )

    def wait_for_response(self) -> PageResponse | None:
        """Wait for the page to respond to the shopper: a navigation or a visible message."""
        return self.hosted_page.wait_for_response(
            self.before,
            within_s=self.within_s,
            sent=lambda: len(self.trail.requests) > self._requests_before,
            left=self.has_landed,
        )

    def payments(self) -> int | None:
        """Count the payments in the provider's books, or return None if they are closed."""
        return self.target.payments(self.checkout.session.session_id)

    def arrivals(self) -> Sequence[Arrival]:
        """Return the requests of this shopper that reached the merchant's site."""
        own = {without_fragment(hop.url) for hop in self.trail.hops}
        of_others = {
            nonce_of(url) for other in self.others for url in other.checkout.urls.values()
        } - {""}
        return [
            arrival
            for arrival in (self.journal.since(self._first_arrival) if self.journal else ())
            if without_fragment(arrival.url) in own or nonce_of(arrival.url) not in of_others
        ]

    def unjudged_arrivals(self) -> list[Arrival]:
        """Return the arrivals since the last verdict that no other checkout's verdict knows."""
        if self.last_verdict is None:
            return []
        judged = [arrival.number for arrival in self.last_verdict.arrivals]
        latest = max(judged, default=self._first_arrival)
        # A later visit to the same session lands on the same URL.
        verdicts = [other.last_verdict for other in self.others if other.last_verdict]
        known = {arrival.number for verdict in verdicts for arrival in verdict.arrivals}
        return [a for a in self.arrivals() if a.number > latest and a.number not in known]

    def address(self) -> str:
        """Return the address of the tab, or of a pop-up if only that shows the merchant's page."""
        tab, popup = self.trail.address("tab"), self.trail.address("popup")
        ownership = self.ownership
        return popup if ownership.is_merchant(popup) and not ownership.is_merchant(tab) else tab
