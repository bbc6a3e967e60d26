"""A shopper's visit to one checkout, observed and not judged."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, Self

from playwright.sync_api import Browser, Response

from clover.address import parse, without_fragment
from clover.cards import Card
from landing.site import LandingSite
from pages.snapshot import Snapshot, wait_for
from pages.words import checkout as words
from pages.words.matching import says
from records.observation import Hop
from records.outcome import Outcome
from suite.checkout.observer import Observer
from suite.merchant import Checkout, Merchant
from tools.observe.questions import Notes
from tools.observe.reading import Landed, read_landing, see_session, template

#: A redirect that is being looked for gets this many times the usual quiet time.
PATIENCE = 3


@dataclass  # no slots: Playwright keeps a mark on the owner of each handler
class Visit(Observer):
    """A tab on one hosted page.

    Attributes:
        answered_ms: when each call of the page was answered, on the trail's clock.
        continued: whether a page in between had to be clicked away.
        pressed: how often Pay was pressed.
    """

    answered_ms: list[float] = field(default_factory=list)
    continued: bool = False
    pressed: int = 0

    def __post_init__(self) -> None:
        super().__post_init__()
        self.page.on("response", self._note_answer)

    def _note_answer(self, response: Response) -> None:
        asked = response.request
        if asked.method == "POST" and not asked.is_navigation_request():
            self.answered_ms.append(self.trail.now_ms())

    @property
    def session_id(self) -> str:
        """The session that is visited."""
        return self.checkout.session.session_id

    @property
    def quiet_s(self) -> float:
        """How long to wait for a redirect that may not come, seconds."""
        return PATIENCE * self.target.quiet_s

    def open(self) -> Self:
        """Open the hosted page and wait until it can be paid."""
        self.hosted_page.open(self.checkout.session.href)
        return self

    def open_link(self) -> Self:
        """Open the hosted page, whatever it shows."""
        self.hosted_page.go(self.checkout.session.href)
        return self

    def pay(self, card: Card) -> Self:
        """Type the card in and press Pay."""
        self.hosted_page.type(card.details())
        self.note_action()
        self.pressed += 1
        self.hosted_page.press_pay()
        return self

    def landing(self) -> Hop | None:
        """Return the first request that the merchant answered, or that was refused there."""
        hops = [hop for hop in self.trail.hops if hop.status is not None or hop.failure]
        return next((hop for hop in hops if self.ownership.is_merchant(hop.url)), None)

    def is_requested(self, landing: Hop) -> bool:
        """Whether the landing is on a URL of the request, as opposed to one of the dashboard."""
        return any(
            landing.url.startswith(url.partition("{")[0]) for url in self.checkout.urls.values()
        )

    def follow(self) -> Hop | None:
        """Wait for the landing, and click on if the page wants it."""
        return self.settle(lambda _: False)[0]

    def settle(self, sign: Callable[[Snapshot], bool]) -> tuple[Hop | None, Snapshot]:
        """Wait for a landing or a sign on the page, and a little longer for a landing.

        A page in between that wants a click gets one.
        """

        def ended(seen: Snapshot) -> Snapshot | None:
            return seen if self.landing() or _wants_click(seen) or sign(seen) else None

        _, seen = wait_for(self.page, ended, within_s=self.within_s)
        wait_s = self.quiet_s
        if self.landing() is None and _wants_click(seen):
            self.continued = True
            self.hosted_page.press(*words.CONTINUE)
            wait_s = self.within_s
        self.trail.wait_until(lambda _: self.landing() is not None, wait_s)
        return self.landing(), seen

    def landed(self, landing: Hop) -> Landed:
        """Read where the address bar ended, which is the surest source of the fragment."""
        wanted = without_fragment(landing.url)

        def shown() -> str:
            return self.trail.address(landing.place)

        self.trail.wait_until(lambda _: without_fragment(shown()) == wanted, self.quiet_s)
        address = shown()
        ended = address if without_fragment(address) == wanted else landing.url
        return read_landing(parse(ended))

    def account(self, title: str) -> dict[str, object]:
        """Return what happened, for the evidence."""
        lines = [
            f"{hop.at_ms:.0f} ms {hop.place} {hop.cause} {hop.method} {hop.url} "
            f"{hop.failure or hop.status}"
            for hop in self.trail.hops
            if hop.place != "frame"
        ]
        return {"checkout": title, "session": self.session_id, "hops": lines}


def _wants_click(seen: Snapshot) -> bool:
    return bool(seen.buttons_that(lambda text: says(text, words.CONTINUE)))


@dataclass(slots=True)
class ProbeContext:
    """Everything that a probe needs.

    Attributes:
        launch: starts another browser; ``with_cache=True`` gives it a back-forward cache.
        options: of such browsers.
        closing: what is to be closed, or put back, when the observation ends.
        results: folder for what a person must read.
    """

    launch: Callable[..., Browser]
    options: dict[str, Any]
    merchant: Merchant
    site: LandingSite
    closing: ExitStack
    results: Path
    browser: Browser = field(init=False)
    notes: Notes = field(default_factory=Notes)
    visits: list[dict[str, object]] = field(default_factory=list)
    payments: int = 0
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self.browser = self.launch()

    @property
    def sessions(self) -> int:
        """How many sessions were created."""
        asked = self.merchant.client.exchanges
        return sum(each.method == "POST" and (each.status or 0) // 100 == 2 for each in asked)

    def urls(self, word: str, *outcomes: Outcome) -> dict[Outcome, str]:
        """Return unique redirect URLs; ``word`` says where they are configured."""
        base = f"{self.site.origin}/{word}-{next(self.numbers)}"
        return {outcome: template(f"{base}/{outcome}") for outcome in outcomes or Outcome}

    def create_checkout(self, *outcomes: Outcome) -> Checkout:
        """Create a session with redirect URLs for these outcomes, or for all."""
        checkout = self.merchant.create_checkout(self.urls("request", *outcomes))
        see_session(self.notes, checkout.session)
        return checkout

    @contextmanager
    def visit(self, title: str, checkout: Checkout) -> Iterator[Visit]:
        """Send a new shopper to the checkout, and keep what happened for the evidence."""
        with self.browser.new_context(locale="en-US") as context:
            visit = Visit.of(checkout, context.new_page(), self.site.journal)
            try:
                yield visit
            finally:
                self.visits.append(visit.account(title))
                self.payments += visit.pressed
