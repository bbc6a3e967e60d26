"""One shopper at the target, watched and never judged."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count

from playwright.sync_api import Browser, Page, Response

from clover.address import Address, parse_or_none, without_fragment
from clover.cards import Card
from clover.client import CheckoutsClient
from clover.models import CheckoutSession, RedirectUrls
from landing.trail import Trail
from pages import wording
from pages.checkout import CheckoutPage
from pages.survey import Survey, wait_for
from records.observation import Hop
from standin import StandIn
from tools.observe.api import request
from tools.observe.questions import Notes
from tools.observe.reading import template

OUTCOMES = ("success", "failure", "cancel")
#: Every name that ends so leads to the landing site.
MERCHANT = ".example"


@dataclass
class Watch:  # no slots: Playwright keeps a mark on the owner of each handler
    """The clock time, on the trail's clock, at which each call of a page was answered."""

    trail: Trail
    answered_ms: list[float] = field(default_factory=list)

    def note(self, response: Response) -> None:
        """Take down an answer to a call that the page itself made."""
        asked = response.request
        if asked.method == "POST" and not asked.is_navigation_request():
            self.answered_ms.append(self.trail.now_ms())


@dataclass(slots=True)
class Visit:
    """A tab on one hosted page.

    Attributes:
        clicked_ms: when Pay was pressed last, on the trail's clock.
    """

    session: CheckoutSession
    checkout: CheckoutPage
    trail: Trail
    watch: Watch
    within_s: float
    quiet_s: float
    continued: bool = False
    clicked_ms: float = 0.0

    @property
    def page(self) -> Page:
        """The tab."""
        return self.checkout.page

    def open(self) -> None:
        """Open the hosted page and wait until it can be paid."""
        self.checkout.open(self.session.href)

    def pay(self, card: Card) -> None:
        """Type the card in and press Pay."""
        self.checkout.type(card.details())
        self.clicked_ms = self.trail.now_ms()
        self.checkout.press_pay()

    def landing(self) -> Hop | None:
        """The first request that was answered by the merchant, or refused there."""
        return next(
            (
                hop
                for hop in self.trail.hops
                if (hop.status is not None or hop.failure) and _is_merchants(hop.url)
            ),
            None,
        )

    def follow(self) -> Hop | None:
        """Wait for the landing, pressing on where the page wants a click first."""
        return self.settle(lambda _: False)[0]

    def settle(self, sign: Callable[[Survey], bool]) -> tuple[Hop | None, Survey]:
        """Wait for a landing or for a sign on the page, and a little longer for a landing.

        Where a page stands between and wants a click, it gets one.
        """
        _, seen = wait_for(
            self.page,
            lambda seen: seen if self._has_ended(seen) or sign(seen) else None,
            within_s=self.within_s,
        )
        wait_s = self.quiet_s
        if self.landing() is None and _wants_click(seen):
            self.continued = True
            self.checkout.press(*wording.CONTINUE)
            wait_s = self.within_s
        self.trail.wait_until(lambda _: self.landing() is not None, wait_s)
        return self.landing(), seen

    def address_of(self, landing: Hop) -> Address | None:
        """Where the address bar ended, which alone is sure to know the fragment."""
        self.trail.wait_until(
            lambda _: (
                without_fragment(self.trail.address(landing.place)) == without_fragment(landing.url)
            ),
            self.quiet_s,
        )
        shown = self.trail.address(landing.place)
        return parse_or_none(
            shown if without_fragment(shown) == without_fragment(landing.url) else landing.url
        )

    def _has_ended(self, seen: Survey) -> bool:
        return self.landing() is not None or _wants_click(seen)


@dataclass(slots=True)
class ProbeContext:
    """Everything that an observation has at hand.

    Attributes:
        standin: the target where it is the stand-in, for its dashboard and its clock; else None.
        site: the merchant's origin, without a trailing slash.
        within_s: longest wait for anything that should come, seconds.
        quiet_s: wait for a redirect that may not come, seconds.
        trace: what each checkout came to.
    """

    browser: Browser
    client: CheckoutsClient
    notes: Notes
    site: str
    within_s: float
    quiet_s: float
    key_delay_ms: float
    standin: StandIn | None = None
    trace: list[dict[str, object]] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def urls(self, word: str, *outcomes: str) -> RedirectUrls:
        """Redirect URLs of a checkout's own, under a word that tells where they came from."""
        number = next(self.numbers)
        return RedirectUrls(
            **{
                outcome: template(f"{self.site}/{word}-{number}/{outcome}")
                for outcome in outcomes or OUTCOMES
            }
        )

    def create_checkout(self, urls: RedirectUrls | None) -> CheckoutSession:
        """Create a session for the sample's cart."""
        return self.client.create(request(urls))

    @contextmanager
    def visit(self, what: str, session: CheckoutSession) -> Iterator[Visit]:
        """A fresh shopper; what became of the visit is kept for the evidence."""
        context = self.browser.new_context(locale="en-US")
        page = context.new_page()
        trail = Trail(page)
        watch = Watch(trail)
        page.on("response", watch.note)
        checkout = CheckoutPage(page, within_s=self.within_s, key_delay_ms=self.key_delay_ms)
        visit = Visit(session, checkout, trail, watch, self.within_s, self.quiet_s)
        try:
            yield visit
        finally:
            self.trace.append(_account(what, visit))
            context.close()


def _account(what: str, visit: Visit) -> dict[str, object]:
    return {
        "checkout": what,
        "session": visit.session.session_id,
        "hops": [
            f"{hop.at_ms:.0f} ms {hop.place} {hop.cause} {hop.method} {hop.url} "
            f"{hop.failure or hop.status}"
            for hop in visit.trail.hops
            if hop.place != "frame"
        ],
    }


def _wants_click(seen: Survey) -> bool:
    return bool(seen.offers(lambda text: wording.says(text, wording.CONTINUE)))


def _is_merchants(url: str) -> bool:
    address = parse_or_none(url)
    return address is not None and address.host.endswith(MERCHANT)
