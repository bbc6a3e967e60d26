"""A shopper at one checkout: opens the page, pays, cancels, gives up."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Self

from playwright.sync_api import BrowserContext, Error, Page

from clover import cards
from clover.cards import Card
from landing.site import LandingSite
from pages.checkout import CheckoutPage
from pages.errors import PageChanged, PageProblem
from pages.words import checkout as words
from records.outcome import Outcome
from suite.checkout.judgement import expect, judge
from suite.checkout.observer import Observer
from suite.evidence.evidence import Evidence
from suite.merchant import Checkout


@dataclass(slots=True)
class Shopper:
    """A person in a browser tab; every action returns the shopper.

    Attributes:
        observer: sees what the shopper does and where the browser goes.
        evidence: of the test.
        response_due: whether the page must respond to the last action.
    """

    observer: Observer
    evidence: Evidence
    response_due: bool = True

    def __post_init__(self) -> None:
        self.evidence.recorders.append(self.observer.timeline)
        self.evidence.cases[self.checkout.session.session_id].update(self.checkout.case_fields)

    @property
    def checkout(self) -> Checkout:
        """What the shopper buys."""
        return self.observer.checkout

    @property
    def hosted_page(self) -> CheckoutPage:
        """Clover's page."""
        return self.observer.hosted_page

    @property
    def page(self) -> Page:
        """The shopper's tab."""
        return self.observer.page

    def open(self) -> Self:
        """Open the hosted page and wait until it can be paid."""
        with self._unless_led_away():
            self.hosted_page.open(self.checkout.session.href)
        return self

    def ready(self) -> Self:
        """Wait until the hosted page, which is open, can be paid."""
        with self._unless_led_away():
            self.hosted_page.ready()
        return self

    def open_link(self) -> Self:
        """Open the checkout link, whatever it shows: it may be paid or expired."""
        return self.press(lambda: self.hosted_page.go(self.checkout.session.href))

    def type_card(self, card: Card) -> Self:
        """Type the card in, or one in its place if it is worn out, and press nothing."""
        chosen = self.observer.target.wallet.choose(card)
        if chosen != card:
            self.evidence.note("card", f"{chosen} in place of {card}, which is declined by now")
        card = chosen
        self.observer.cards.append(card)
        with self._unless_led_away():
            self.hosted_page.type(card.details())
        return self

    def press_pay(self) -> Self:
        """Press Pay."""
        return self.press(self.hosted_page.press_pay)

    def pay(self, card: Card) -> Self:
        """Type the card in and press Pay."""
        return self.type_card(card).press_pay()

    def cancel(self, *, by_keyboard: bool = False, clicks: int = 1) -> Self:
        """Leave without paying, in the way that the behaviour has for it."""
        if self.checkout.behaviour.cancel == "browser-back":
            self.observer.timeline.step("goes back in the browser")
            return self.press(self.page.go_back)
        if self._can_cancel():
            page = self.hosted_page
            click = partial(page.cancel, clicks)
            return self.press(page.cancel_by_keyboard if by_keyboard else click)
        self.press(lambda: None)
        self.response_due = False
        return self

    def _can_cancel(self) -> bool:
        """Whether there is something to press: a page without a cancel URL may offer nothing."""
        checkout, target = self.checkout, self.observer.target
        configured = Outcome.CANCEL in {**checkout.urls, **checkout.dashboard}
        return configured or target.is_embedded or bool(self.hosted_page.cancel_options())

    def give_up(self) -> Self:
        """Leave after a decline, by the button that then appears."""
        return self.press(lambda: self.hosted_page.press(*words.GIVE_UP))

    def press(self, action: Callable[[], object]) -> Self:
        """Do something that makes the provider act, and note when."""
        self.observer.note_action()
        self.response_due = True
        action()
        return self

    def finish(self, outcome: Outcome) -> Self:
        """Bring the checkout to ``outcome``: pay, be declined, or cancel."""
        if outcome is Outcome.CANCEL:
            return self.cancel()
        return self.pay(cards.APPROVED if outcome is Outcome.SUCCESS else cards.DECLINED)

    def can_continue(self) -> bool:
        """Whether the page, which was open before, shows its form again.

        Raises:
            RedirectBug: it is empty.
            PageProblem: it shows a part of the form or explains nothing, or a server failed, so
                that the checkout may be closed or not.
        """
        with self._unless_led_away():
            try:
                self.hosted_page.ready()
            except PageChanged:
                seen = self.hosted_page.snapshot()
                if self.observer.outages:
                    raise
                if not (seen.elements or seen.lines):
                    self._judge_stay(silent=True)
                if seen.fields or not (seen.heading or seen.alert):
                    raise
                return False
        return True

    @contextmanager
    def _unless_led_away(self) -> Iterator[None]:
        """Judge a shopper who was sent away: that page has not changed, it was left."""
        try:
            yield
        except (PageProblem, Error):
            observer = self.observer
            # The frames of a page go before the next page is known.
            if observer.wait_for_landing(observer.target.quiet_s):
                self._judge_stay()
            raise

    def _judge_stay(self, *, silent: bool = False) -> None:
        observer = self.observer
        expectation = expect(observer, Outcome.SUCCESS, stays=True, payments=0)
        began_ms = observer.trail.now_ms()
        judge(observer, expectation, self.evidence, began_ms=began_ms, silent=silent)


@dataclass(frozen=True, slots=True)
class OpenCheckout:
    """Factory of shoppers.

    Attributes:
        opens: whether the hosted page is opened, ready to be paid.
        shoppers: all that were made.
    """

    site: LandingSite
    new_context: Callable[..., BrowserContext]
    evidence: Evidence
    recordings: ExitStack
    opens: bool = False
    shoppers: list[Shopper] = field(default_factory=list)

    def __call__(
        self,
        checkout: Checkout,
        *,
        alongside: Sequence[Shopper] = (),
        same_browser_as: Shopper | None = None,
        same_tab_as: Shopper | None = None,
        **options: Any,
    ) -> Shopper:
        """Begin a checkout in a new browser context, or in a tab of one.

        Args:
            checkout: what is bought.
            alongside: other shoppers of the test, whose landings are not this one's.
            same_browser_as: a shopper whose browser, cookies included, this one shares.
            same_tab_as: a shopper whose tab this one goes on with.
            options: of a new browser context: device, locale, colour scheme …
        """
        if same_tab_as:
            page = same_tab_as.page
        elif same_browser_as:
            page = same_browser_as.page.context.new_page()
        else:
            context = self.new_context(**{"locale": "en-US", **options})
            self.recordings.enter_context(self.evidence.recorded(context))
            page = context.new_page()
        touch = bool(options.get("has_touch"))
        observer = Observer.of(checkout, page, self.site.journal, touch=touch)
        for other in alongside:
            observer.others.append(other.observer)
            other.observer.others.append(observer)
        shopper = Shopper(observer, self.evidence)
        if checkout.observed:
            self.evidence.note("observed", checkout.observed)
        self.shoppers.append(shopper)
        return shopper.open() if self.opens else shopper
