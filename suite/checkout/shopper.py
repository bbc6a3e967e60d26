"""One shopper's way through one checkout, and the verdict on where it ended."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from playwright.sync_api import Error, Page, Response

from clover.address import Address, NotAUrl, parse
from clover.cards import Card
from clover.contract import Landing, check, find_landing
from clover.expectation import Expectation, make_expectation
from clover.host_ownership import HostOwnership
from clover.leaks import Secret, short_secrets
from clover.url_comparison import align
from clover.verdict import RedirectBug
from pages import wording
from pages.checkout import CheckoutPage
from pages.errors import PageChanged, PageProblem
from pages.survey import Survey, wait_for
from records.observation import Arrival, Observation, PageState
from records.outcome import Outcome
from records.verdict import Verdict, Violation
from suite.checkout.witnesses import Evidence, Journal, Provider, Trail
from suite.merchant import Checkout, Urls
from suite.nonces import nonce_of


class MerchantSiteProblem(Exception):
    """The redirect was right, and the merchant's own page was not."""

    category = "merchant site problem"

    def __init__(self, landing: Address | str, what: str) -> None:
        super().__init__(
            f"The redirect was right, but the merchant's page {landing} {what}: look at the "
            "merchant's site, not at the provider."
        )


class ProviderDown(Exception):
    """The provider's own server broke down, so that no outcome came at all."""

    category = "target problem"

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(
            f"{verdict.undecided[:1].upper()}{verdict.undecided[1:]}, so the shopper got no "
            f"{verdict.outcome}: try again when it has recovered, and report the failing address "
            "to the provider."
        )


#: Every name that ends so leads to the landing site, whatever the port.
LANDING_HOSTS = ".example"


@dataclass(slots=True)
class Shopper:
    """A sale, the tab it is paid in, and the two witnesses.

    Attributes:
        within_s: longest wait from Pay or Cancel to the landing, seconds.
        provider: whose books may be read; None for a real one.
        quiet_s: how long to watch for a redirect that must not come, seconds.
        others: the other journeys of the same test, whose arrivals are theirs.
    """

    checkout: Checkout
    hosted_page: CheckoutPage
    trail: Trail
    journal: Journal
    evidence: Evidence
    within_s: float
    quiet_s: float
    provider: Provider | None = None
    others: list["Shopper"] = field(default_factory=list)
    cards: list[Card] = field(default_factory=list)
    broken_answers: list[str] = field(default_factory=list)
    since: int = 0
    acted_ms: float = 0.0
    asked: int = 0
    unanswered: bool = False
    before: tuple[str, str, str] = ("", "", "")
    judged: Verdict | None = None

    def __post_init__(self) -> None:
        self.since = self.journal.mark()
        # A bound method would not do: Playwright writes a mark on its owner, which has slots.
        self.page.context.on("response", lambda answer: self._note_a_broken(answer))  # noqa: PLW0108
        checkout = self.checkout
        self.evidence.case.update(
            checkout.merchant.setting,
            request={str(outcome): url for outcome, url in checkout.urls.items()},
            dashboard={str(outcome): url for outcome, url in checkout.dashboard.items()},
            customer=checkout.request.customer,
            line_items=checkout.request.line_items,
        )

    def _note_a_broken(self, response: Response) -> None:
        if response.status >= 500 and self._territory().is_provider(response.url):
            self.broken_answers.append(
                f"{response.request.method} {response.url}: {response.status}"
            )

    @property
    def page(self) -> Page:
        """The shopper's tab."""
        return self.hosted_page.page

    def open(self) -> "Shopper":
        """Open the hosted page and wait until it can be paid."""
        with self._unless_led_away():
            self.before = _sight(self.hosted_page.open(self.checkout.session.href).seen)
        return self

    @contextmanager
    def _unless_led_away(self) -> Iterator[None]:
        """A page that cannot be used because the shopper was sent away is no changed page."""
        try:
            yield
        except (PageProblem, Error):
            # The frames of a page go before the next page is known.
            if self.trail.wait_until(lambda _: self._landed(), self.quiet_s):
                self.must_stay(Outcome.SUCCESS, silently=True)
            raise

    def pay(self, card: Card) -> "Shopper":
        """Type the card in and press Pay."""
        self.cards.append(card)
        with self._unless_led_away():
            self.hosted_page.type(card.details())
        return self.press(self.hosted_page.press_pay)

    def cancel(self) -> "Shopper":
        """Leave without paying, in the way that the behaviour has for it."""
        if self.checkout.behaviour.cancel == "browser-back":
            return self.press(self.page.go_back)
        if self._needs_no_cancel():
            return self.press(lambda: None)
        return self.press(self.hosted_page.cancel)

    def _needs_no_cancel(self) -> bool:
        """Whether a page may leave the way out away: nobody named a URL that it could lead to."""
        configured = Outcome.CANCEL in {**self.checkout.urls, **self.checkout.dashboard}
        offered = configured or self.provider is not None or self.hosted_page.ways_to_cancel()
        self.unanswered = not offered
        return self.unanswered

    def give_up(self) -> "Shopper":
        """Leave after a decline, by the button that then appears."""
        return self.press(lambda: self.hosted_page.press(*wording.GIVE_UP))

    def press(self, act: Callable[[], object]) -> "Shopper":
        """Do what makes the provider act, and note when."""
        self.asked = len(self.trail.requests)
        self.acted_ms = self.trail.now_ms()
        act()
        return self

    def finish(self, outcome: Outcome, card: Card) -> "Shopper":
        """Bring this checkout to ``outcome``: pay with ``card``, or cancel."""
        return self.cancel() if outcome is Outcome.CANCEL else self.pay(card)

    def must_land(
        self,
        outcome: Outcome,
        *,
        urls: Urls | None = None,
        dashboard: Urls | None = None,
        error_code: str | None = None,
        times: int = 1,
        payments: int | None = None,
        status: int | None = None,
    ) -> Verdict:
        """Wait for the end of the checkout and hold it against the contract.

        Args:
            outcome: how the checkout ended.
            urls: the request's URLs, where they differ from those that were sent.
            dashboard: the dashboard's URLs, where they changed since the sale.
            error_code: where the outcome is not an ordinary decline.
            times: landings that are due, where the shopper returned to the landing page.
            payments: taken for the session so far, where the outcome does not tell.
            status: what the merchant's page must answer; by default anything below 400.

        Raises:
            RedirectBug: a clause of the contract is broken.
            MerchantSiteProblem: none is, but the merchant's page is down or answers an error.
        """
        expectation = self._promise(outcome, urls, dashboard, error_code, payments=payments)
        return self._judge(expectation, times, status)

    def watch(self, seconds: float) -> None:
        """Look on, for what must not come; the next verdict judges what has come meanwhile."""
        self.trail.wait_until(lambda _: False, seconds)

    def must_stay(
        self,
        outcome: Outcome,
        *,
        payments: int = 0,
        silently: bool = False,
        watch_s: float | None = None,
    ) -> Verdict:
        """Hold the checkout against the promise that the shopper is sent nowhere now.

        Args:
            outcome: the end that has not come, or has come before.
            payments: taken for the session so far.
            silently: what was done is nothing that the page answers.
            watch_s: how long to watch, where that is more than `quiet_s`, seconds.

        Raises:
            RedirectBug: the shopper was sent away, or the page says nothing.
        """
        expectation = self._promise(outcome, stays=True, payments=payments)
        if watch_s is not None:
            self.trail.wait_until(lambda _: self._landed(), watch_s)
        return self._judge(expectation, 1, silently=silently)

    def shows_a_form(self) -> bool:
        """Whether the page has a field to type a card into, or anything else."""
        return self.hosted_page.look().fields != ()

    def can_go_on(self) -> bool:
        """Whether the page, which was open before, shows its form again.

        Raises:
            PageProblem: it shows some of it, or nothing at all, or a server failed, so that
                nobody can tell whether the provider has closed the checkout.
        """
        with self._unless_led_away():
            try:
                self.hosted_page.ready()
            except PageChanged:
                seen = self.hosted_page.look()
                says_why = bool(seen.heading or seen.alert)
                if seen.fields or not says_why or self.broken_answers:
                    raise
                return False
        return True

    def payments(self) -> int | None:
        """How many payments the provider's books hold, where the suite may look into them."""
        if self.provider is None:
            return None
        return len(self.provider.checkout(self.checkout.session.session_id).payments)

    def shows(self, text: str) -> bool:
        """Whether the shopper's tab shows these words somewhere."""
        return any(text in line for line in self.hosted_page.look().lines)

    def arrived(self) -> list[str]:
        """What reached the merchant's site because of this shopper, so far."""
        return [f"{arrival.method} {arrival.url}" for arrival in self._arrivals()]

    def nothing_more(self) -> None:
        """Once the shopper's tabs are closed: nothing has come since the last verdict.

        Raises:
            RedirectBug: the merchant's site was requested again, by nobody's wish.
        """
        if self.judged is None or not self.judged.kept:
            return
        seen = max((arrival.number for arrival in self.judged.arrivals), default=self.since)
        # A later visit to the same session ends at the same URL.
        judged = [other.judged.arrivals for other in self.others if other.judged]
        known = {arrival.number for arrivals in judged for arrival in arrivals}
        more = [a for a in self._arrivals() if a.number > seen and a.number not in known]
        if more:
            raise RedirectBug(again(self.judged, more))

    def _promise(
        self,
        outcome: Outcome,
        urls: Urls | None = None,
        dashboard: Urls | None = None,
        error_code: str | None = None,
        *,
        stays: bool = False,
        payments: int | None = None,
    ) -> Expectation:
        return make_expectation(
            outcome,
            request=self.checkout.urls if urls is None else urls,
            dashboard=self.checkout.dashboard if dashboard is None else dashboard,
            session_id=self.checkout.session.session_id,
            behaviour=self.checkout.behaviour,
            error_code=error_code,
            other_sessions_urls=[
                url for other in self.others for url in other.checkout.urls.values()
            ],
            stays=stays,
            payments=payments,
        )

    def _judge(
        self,
        expectation: Expectation,
        times: int,
        status: int | None = None,
        *,
        silently: bool = False,
    ) -> Verdict:
        waited_s = self._wait(expectation, silently=silently)
        observed = self._observe(waited_s, expectation)
        ownership = self._territory()
        violations = check(
            expectation, observed, ownership, secrets=self._all_secrets(), times=times
        )
        landing = find_landing(observed, ownership)
        undecided = (
            "" if landing or observed.arrivals else self._broken_server(expectation, observed)
        )
        verdict = Verdict(
            outcome=expectation.outcome,
            expectation=expectation.description,
            expected_url=str(expectation.landing.expected()) if expectation.landing else None,
            landed_url=str(landing.address) if landing else None,
            violations=() if undecided else tuple(violations),
            session_id=expectation.session_id,
            behaviour=self.checkout.behaviour.name,
            redirect_ms=self._redirect_ms(landing),
            hops=tuple(observed.hops),
            arrivals=tuple(observed.arrivals or ()),
            stayed=observed.stayed,
            undecided=undecided,
            url_parts=(
                align(expectation.landing, landing.address)
                if expectation.landing and landing
                else ()
            ),
        )
        self.judged = verdict
        self.evidence.case.update(
            title=f"After {expectation.outcome}, {expectation.description}.",
            outcome=str(expectation.outcome),
            card=tuple(self.cards),
        )
        self.evidence.add_verdict(verdict)
        if undecided:
            raise ProviderDown(verdict)
        if not verdict.kept:
            raise RedirectBug(verdict)
        if landing is not None:
            _look_at_the_merchant(landing, status)
        return verdict

    def _broken_server(self, expectation: Expectation, observed: Observation) -> str:
        """A shopper who stays because the provider's server broke down was not misled."""
        if not self.broken_answers:
            return ""
        # Where the books are open they say that nothing was paid, which is no news.
        seen = replace(observed, payments=None)
        broken = check(expectation, seen, self._territory(), secrets=self._all_secrets())
        if {violation.clause for violation in broken} != {"lands"}:
            return ""
        return f"the provider's server failed ({self.broken_answers[-1]})"

    def _wait(self, expectation: Expectation, *, silently: bool) -> float:
        """Wait for the end that was promised, or for another; seconds waited."""
        began = self.trail.now_ms()
        if expectation.landing is None:
            if not silently and not self.unanswered:
                self._wait_for_a_sign(expectation)
            self.trail.wait_until(lambda _: self._landed(), self.quiet_s)
        else:
            if self.checkout.behaviour.interstitial == "click":
                self.hosted_page.press(*wording.CONTINUE)
            self.trail.wait_until(lambda _: self._landed(), self.within_s)
        if self._landed():
            self._let_it_load()
        return (self.trail.now_ms() - began) / 1000

    def _wait_for_a_sign(self, expectation: Expectation) -> None:
        """Until Clover's page answers what the shopper did, by another page or by a message."""

        def answered(seen: Survey) -> Survey | None:
            if expectation.heading:
                sign = seen.heading == expectation.heading
            else:
                url, heading, alert = _sight(seen)
                moved = (url, heading) != self.before[:2]
                again = len(self.trail.requests) > self.asked and self.hosted_page.is_at_rest(seen)
                sign = moved or (alert != "" and (alert != self.before[2] or again))
            return seen if sign or self._landed() else None

        _, seen = wait_for(self.page, answered, within_s=self.within_s)
        self.before = _sight(seen)

    def _landed(self) -> bool:
        """Whether the browser has been answered, or refused, at the end of its way."""
        ownership = self._territory()
        return any(
            (hop.status is not None or hop.failure)
            and (
                ownership.is_merchant(hop.url)
                or (hop.place == "tab" and ownership.is_foreign(hop.url))
            )
            for hop in self.trail.hops
        )

    def _let_it_load(self) -> None:
        """Until the address bar shows the landing and its page has loaded.

        An answer comes before the address bar changes; and what the landing page does besides
        has to be seen too.
        """
        ownership = self._territory()
        shown = [hop for hop in self.trail.hops if hop.place != "frame" and not hop.failure]
        if not any(ownership.is_merchant(hop.url) for hop in shown):
            return
        self.trail.wait_until(lambda _: ownership.is_merchant(self._address()), self.within_s)
        try:
            self.page.wait_for_load_state("load", timeout=self.within_s * 1000)
        except Error:
            self.evidence.note("landing page", "it did not finish loading")

    def _observe(self, waited_s: float, expectation: Expectation) -> Observation:
        seen = self.hosted_page.look()
        return Observation(
            hops=self.trail.hops,
            arrivals=self._arrivals() if self._is_ours(expectation) else None,
            address=self._address(),
            stayed=PageState(seen.url, seen.heading, seen.alert),
            texts=[*self._texts(), ("the window's name", seen.window_name)],
            waited_s=waited_s,
            acted_ms=self.acted_ms,
            payments=self.payments(),
        )

    def _is_ours(self, expectation: Expectation) -> bool:
        """Whether the landing site can testify: elsewhere the merchant's own pages are real."""
        if expectation.landing is None:
            return True
        host = expectation.landing.address.host
        return host.endswith(LANDING_HOSTS) or host == parse(self.checkout.merchant.site).host

    def _address(self) -> str:
        """The address bar of the tab that shows the merchant's page: a pop-up's, if only that."""
        tab, popup = self.trail.address("tab"), self.trail.address("popup")
        ownership = self._territory()
        return popup if ownership.is_merchant(popup) and not ownership.is_merchant(tab) else tab

    def _arrivals(self) -> Sequence[Arrival]:
        mine = {_bare(hop.url) for hop in self.trail.hops}
        theirs = {
            nonce_of(url) for other in self.others for url in other.checkout.urls.values()
        } - {""}
        return [
            arrival
            for arrival in self.journal.since(self.since)
            if _bare(arrival.url) in mine or nonce_of(arrival.url) not in theirs
        ]

    def _texts(self) -> list[tuple[str, str]]:
        texts = [("a page's title", title) for title in self.trail.titles]
        texts += [("the address bar", address.url) for address in self.trail.addresses]
        for request in self.trail.requests:
            texts.append(("a request's URL", request.url))
            texts += [("a referrer", value) for name, value in request.headers if name == "referer"]
        return texts

    def _all_secrets(self) -> list[Secret]:
        cards = [Secret("card number", card.number, is_card=True) for card in self.cards]
        for details in {card.details() for card in self.cards}:
            cards += short_secrets(details.cvv, details.expiry)
        email = self.checkout.request.customer.email
        shopper = [Secret("shopper's e-mail address", email, from_merchant=True)] if email else []
        return [self.checkout.merchant.token, *cards, *shopper]

    def _territory(self) -> HostOwnership:
        """Whose hosts are whose: every ``.example`` name leads to the landing site."""
        checkout = self.checkout
        configured = [checkout.merchant.site, *checkout.urls.values(), *checkout.dashboard.values()]
        hosts = {address.host for url in configured if (address := _read(url))}
        return HostOwnership(checkout.session.href, frozenset({*hosts, LANDING_HOSTS}))

    def _redirect_ms(self, landing: Landing | None) -> float | None:
        return None if landing is None else round(landing.hop.at_ms - self.acted_ms, 1)


class OpenCheckout(Protocol):
    """Brings a shopper to a sale."""

    def __call__(
        self,
        checkout: Checkout,
        *,
        beside: Sequence[Shopper] = (),
        in_browser_of: Shopper | None = None,
        **options: Any,
    ) -> Shopper:
        """Begin a checkout in a new browser context, or in a further tab of one.

        Args:
            checkout: what is bought.
            beside: journeys of the same test whose landings are not this one's.
            in_browser_of: whose cookies the shopper has, in another tab.
            options: of a new browser context: device, locale, colour scheme …
        """


def _look_at_the_merchant(landing: Landing, status: int | None) -> None:
    came = landing.hop.status
    if came is None:
        what = f"could not be reached ({landing.hop.failure})"
        raise MerchantSiteProblem(landing.address, what)
    if came != status if status else came >= 400:
        wanted = f" and not with {status}" if status else ""
        raise MerchantSiteProblem(landing.address, f"answered with status {came}{wanted}")


def _sight(seen: Survey) -> tuple[str, str, str]:
    """What tells a shopper that the page has answered: address, headline and message."""
    return (seen.url, seen.heading, seen.alert)


def again(verdict: Verdict, more: Sequence[Arrival]) -> Verdict:
    """The same verdict, broken by arrivals that came after it."""
    listed = ", ".join(f"{arrival.method} {arrival.url}" for arrival in more)
    late = Violation("lands-once", "nothing more after the landing", listed)
    return replace(verdict, violations=(*verdict.violations, late))


def _read(url: str) -> Address | None:
    try:
        return parse(url)
    except NotAUrl:
        return None


def _bare(url: str) -> str:
    address = _read(url)
    return address.without_fragment if address else url
