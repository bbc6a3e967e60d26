"""One shopper's way through one checkout, and the verdict on where it ended."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from playwright.sync_api import Error, Page, Response

from clover.address import Address, NotAUrl, parse
from clover.cards import Card
from clover.contract import Landing, check, find_landing
from clover.leaks import Secret, short_secrets
from clover.outcome import Outcome
from clover.promise import Promise, make_promise
from clover.verdict import RedirectBug, Verdict, Violation
from clover.whose import Territory
from clover.witnesses import Arrival, Observed, Stayed
from e2e.names import nonce_of
from e2e.shop import Sale, Urls
from e2e.witnesses import Evidence, Journal, Provider, Trail
from pages.checkout import CheckoutPage
from pages.errors import PageChanged, PageProblem
from pages.response import PageResponse
from pages.snapshot import Snapshot, wait_for
from pages.words import checkout as wording


class MerchantSiteProblem(Exception):
    """The redirect was right, and the merchant's own page was not."""

    triage = "merchant site problem"

    def __init__(self, landing: Address | str, what: str) -> None:
        super().__init__(
            f"The redirect was right, but the merchant's page {landing} {what}: look at the "
            "merchant's site, not at the provider."
        )


class ProviderDown(Exception):
    """The provider's own server broke down, so that no outcome came at all."""

    triage = "target problem"

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(
            f"{verdict.undecided[:1].upper()}{verdict.undecided[1:]}, so the shopper got no "
            f"{verdict.outcome}: try again when it has recovered, and report the failing address "
            "to the provider."
        )


#: Every name that ends so leads to the landing site, whatever the port.
LANDING_HOSTS = ".example"


@dataclass(slots=True)
class Journey:
    """A sale, the tab it is paid in, and the two witnesses.

    Attributes:
        within_s: longest wait from Pay or Cancel to the landing, seconds.
        provider: whose books may be read; None for a real one.
        quiet_s: how long to watch for a redirect that must not come, seconds.
        others: the other journeys of the same test, whose arrivals are theirs.
    """

    sale: Sale
    checkout: CheckoutPage
    trail: Trail
    journal: Journal
    evidence: Evidence
    within_s: float
    quiet_s: float
    provider: Provider | None = None
    others: list["Journey"] = field(default_factory=list)
    cards: list[Card] = field(default_factory=list)
    broken_answers: list[str] = field(default_factory=list)
    since: int = 0
    acted_ms: float = 0.0
    asked: int = 0
    unanswered: bool = False
    before: Snapshot = field(default_factory=Snapshot)
    judged: Verdict | None = None

    def __post_init__(self) -> None:
        self.since = self.journal.mark()
        # A bound method would not do: Playwright writes a mark on its owner, which has slots.
        self.page.context.on("response", lambda answer: self._note_a_broken(answer))  # noqa: PLW0108
        sale = self.sale
        self.evidence.case.update(
            sale.shop.setting,
            request={str(outcome): url for outcome, url in sale.urls.items()},
            dashboard={str(outcome): url for outcome, url in sale.dashboard.items()},
            customer=sale.request.customer,
            line_items=sale.request.line_items,
        )

    def _note_a_broken(self, response: Response) -> None:
        if response.status >= 500 and self._territory().is_provider(response.url):
            self.broken_answers.append(
                f"{response.request.method} {response.url}: {response.status}"
            )

    @property
    def page(self) -> Page:
        """The shopper's tab."""
        return self.checkout.page

    def open(self) -> "Journey":
        """Open the hosted page and wait until it can be paid."""
        with self._unless_led_away():
            self.checkout.open(self.sale.session.href)
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

    def pay(self, card: Card) -> "Journey":
        """Type the card in and press Pay."""
        self.cards.append(card)
        with self._unless_led_away():
            self.checkout.type(card.details())
        return self.press(self.checkout.press_pay)

    def cancel(self) -> "Journey":
        """Leave without paying, in the way that the behaviour has for it."""
        if self.sale.behaviour.cancel == "browser-back":
            return self.press(self.page.go_back)
        if self._needs_no_cancel():
            return self.press(lambda: None)
        return self.press(self.checkout.cancel)

    def _needs_no_cancel(self) -> bool:
        """Whether a page may leave the way out away: nobody named a URL that it could lead to."""
        configured = Outcome.CANCEL in {**self.sale.urls, **self.sale.dashboard}
        offered = configured or self.provider is not None or self.checkout.cancel_options()
        self.unanswered = not offered
        return self.unanswered

    def give_up(self) -> "Journey":
        """Leave after a decline, by the button that then appears."""
        return self.press(lambda: self.checkout.press(*wording.GIVE_UP))

    def press(self, act: Callable[[], object]) -> "Journey":
        """Do what makes the provider act, and note when."""
        self.before = self.checkout.snapshot()
        self.asked = len(self.trail.requests)
        self.acted_ms = self.trail.now_ms()
        act()
        return self

    def finish(self, outcome: Outcome, card: Card) -> "Journey":
        """Bring this checkout to ``outcome``: pay with ``card``, or cancel."""
        return self.cancel() if outcome is Outcome.CANCEL else self.pay(card)

    def must_end(
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
        promise = self._promise(outcome, urls, dashboard, error_code, payments=payments)
        return self._judge(promise, times, status)

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
            RedirectBug: the shopper was sent away, or the page shows nothing.
            UnknownMessage: the page answers a decline in words that no word list knows.
        """
        promise = self._promise(outcome, stays=True, payments=payments)
        if watch_s is not None:
            self.trail.wait_until(lambda _: self._landed(), watch_s)
        return self._judge(promise, 1, must_respond=not silently)

    def shows_a_form(self) -> bool:
        """Whether the page has a field to type a card into, or anything else."""
        return self.checkout.snapshot().fields != ()

    def can_go_on(self) -> bool:
        """Whether the page, which was open before, shows its form again.

        Raises:
            PageProblem: it shows some of it, or nothing at all, or a server failed, so that
                nobody can tell whether the provider has closed the checkout.
        """
        with self._unless_led_away():
            try:
                self.checkout.ready()
            except PageChanged:
                seen = self.checkout.snapshot()
                says_why = bool(seen.heading or seen.alert)
                if seen.fields or not says_why or self.broken_answers:
                    raise
                return False
        return True

    def payments(self) -> int | None:
        """How many payments the provider's books hold, where the suite may look into them."""
        if self.provider is None:
            return None
        return len(self.provider.checkout(self.sale.session.session_id).payments)

    def shows(self, text: str) -> bool:
        """Whether the shopper's tab shows these words somewhere."""
        return any(text in line for line in self.checkout.snapshot().lines)

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
    ) -> Promise:
        return make_promise(
            outcome,
            request=self.sale.urls if urls is None else urls,
            dashboard=self.sale.dashboard if dashboard is None else dashboard,
            session_id=self.sale.session.session_id,
            behaviour=self.sale.behaviour,
            error_code=error_code,
            strangers=[url for other in self.others for url in other.sale.urls.values()],
            stays=stays,
            payments=payments,
        )

    def _judge(
        self,
        promise: Promise,
        times: int,
        status: int | None = None,
        *,
        must_respond: bool | None = None,
    ) -> Verdict:
        waited_s, response = self._wait(promise, silently=must_respond is False)
        observed = self._observe(waited_s, promise)
        territory = self._territory()
        violations = check(promise, observed, territory, secrets=self._all_secrets(), times=times)
        landing = find_landing(observed, territory)
        mute = must_respond and response is None and not (promise.heading or self.unanswered)
        silence = [self._no_response(waited_s)] if mute and not (violations or landing) else []
        violations += silence
        undecided = ""
        if not landing and not observed.arrivals:
            undecided = self._broken_server(promise, observed, silence)
        verdict = Verdict(
            outcome=promise.outcome,
            promise=promise.words,
            expected_url=str(promise.landing.expected()) if promise.landing else None,
            landed_url=str(landing.address) if landing else None,
            violations=() if undecided else tuple(violations),
            session_id=promise.session_id,
            behaviour=self.sale.behaviour.name,
            redirect_ms=self._redirect_ms(landing),
            hops=tuple(observed.hops),
            arrivals=tuple(observed.arrivals or ()),
            stayed=observed.stayed,
            undecided=undecided,
        )
        self.judged = verdict
        self.evidence.case.update(
            title=f"After {promise.outcome}, {promise.words}.",
            outcome=str(promise.outcome),
            card=tuple(self.cards),
        )
        self.evidence.add_verdict(verdict)
        if undecided:
            raise ProviderDown(verdict)
        if not verdict.kept:
            raise RedirectBug(verdict)
        if must_respond and response is not None and promise.outcome is Outcome.FAILURE:
            self.checkout.expect_decline(response, self.before)
        if landing is not None:
            _look_at_the_merchant(landing, status)
        return verdict

    def _broken_server(
        self, promise: Promise, observed: Observed, silence: Sequence[Violation]
    ) -> str:
        """A shopper who stays because the provider's server broke down was not misled."""
        if not self.broken_answers:
            return ""
        # Where the books are open they say that nothing was paid, which is no news.
        seen = replace(observed, payments=None)
        broken = check(promise, seen, self._territory(), secrets=self._all_secrets())
        if {violation.clause for violation in [*broken, *silence]} != {"lands"}:
            return ""
        return f"the provider's server failed ({self.broken_answers[-1]})"

    def _wait(self, promise: Promise, *, silently: bool) -> tuple[float, PageResponse | None]:
        """Wait for the promised end, or another; the seconds, and how the page responded."""
        began = self.trail.now_ms()
        response = None
        if promise.landing is None:
            if not silently and not self.unanswered:
                response = self._wait_for_response(promise)
            self.trail.wait_until(lambda _: self._landed(), self.quiet_s)
        else:
            if self.sale.behaviour.interstitial == "click":
                self.checkout.press(*wording.CONTINUE)
            self.trail.wait_until(lambda _: self._landed(), self.within_s)
        if self._landed():
            self._let_it_load()
        return (self.trail.now_ms() - began) / 1000, response

    def _wait_for_response(self, promise: Promise) -> PageResponse | None:
        """Wait for Clover's page to respond: a navigation or a visible message."""
        if promise.heading:
            wait_for(
                self.page,
                lambda seen: seen.heading == promise.heading or self._landed() or None,
                within_s=self.within_s,
            )
            return None
        return self.checkout.wait_for_response(
            self.before,
            within_s=self.within_s,
            sent=lambda: len(self.trail.requests) > self.asked,
            left=self._landed,
        )

    def _no_response(self, waited_s: float) -> Violation:
        new = self.checkout.snapshot().new_texts(self.before)
        shown = f"only {', '.join(f'“{text}”' for text in new)}" if new else "nothing"
        return Violation(
            "lands",
            "a message on the page, or another page",
            f"the page showed {shown} within {waited_s:.1f} s",
        )

    def _landed(self) -> bool:
        """Whether the browser has been answered, or refused, at the end of its way."""
        territory = self._territory()
        return any(
            (hop.status is not None or hop.failure)
            and (
                territory.is_merchant(hop.url)
                or (hop.place == "tab" and territory.is_foreign(hop.url))
            )
            for hop in self.trail.hops
        )

    def _let_it_load(self) -> None:
        """Until the address bar shows the landing and its page has loaded.

        An answer comes before the address bar changes; and what the landing page does besides
        has to be seen too.
        """
        territory = self._territory()
        shown = [hop for hop in self.trail.hops if hop.place != "frame" and not hop.failure]
        if not any(territory.is_merchant(hop.url) for hop in shown):
            return
        self.trail.wait_until(lambda _: territory.is_merchant(self._address()), self.within_s)
        try:
            self.page.wait_for_load_state("load", timeout=self.within_s * 1000)
        except Error:
            self.evidence.note("landing page", "it did not finish loading")

    def _observe(self, waited_s: float, promise: Promise) -> Observed:
        seen = self.checkout.snapshot()
        return Observed(
            hops=self.trail.hops,
            arrivals=self._arrivals() if self._is_ours(promise) else None,
            address=self._address(),
            stayed=Stayed(seen.url, seen.heading, seen.alert),
            texts=[*self._texts(), ("the window's name", seen.window_name)],
            waited_s=waited_s,
            acted_ms=self.acted_ms,
            payments=self.payments(),
        )

    def _is_ours(self, promise: Promise) -> bool:
        """Whether the landing site can testify: elsewhere the merchant's own pages are real."""
        if promise.landing is None:
            return True
        host = promise.landing.address.host
        return host.endswith(LANDING_HOSTS) or host == parse(self.sale.shop.site).host

    def _address(self) -> str:
        """The address bar of the tab that shows the merchant's page: a pop-up's, if only that."""
        tab, popup = self.trail.address("tab"), self.trail.address("popup")
        territory = self._territory()
        return popup if territory.is_merchant(popup) and not territory.is_merchant(tab) else tab

    def _arrivals(self) -> Sequence[Arrival]:
        mine = {_bare(hop.url) for hop in self.trail.hops}
        theirs = {nonce_of(url) for other in self.others for url in other.sale.urls.values()} - {""}
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
        email = self.sale.request.customer.email
        shopper = [Secret("shopper's e-mail address", email, from_merchant=True)] if email else []
        return [self.sale.shop.token, *cards, *shopper]

    def _territory(self) -> Territory:
        """Whose hosts are whose: every ``.example`` name leads to the landing site."""
        sale = self.sale
        configured = [sale.shop.site, *sale.urls.values(), *sale.dashboard.values()]
        hosts = {address.host for url in configured if (address := _read(url))}
        return Territory(sale.session.href, frozenset({*hosts, LANDING_HOSTS}))

    def _redirect_ms(self, landing: Landing | None) -> float | None:
        return None if landing is None else round(landing.hop.at_ms - self.acted_ms, 1)


class Opener(Protocol):
    """Brings a shopper to a sale."""

    def __call__(
        self,
        sale: Sale,
        *,
        beside: Sequence[Journey] = (),
        in_browser_of: Journey | None = None,
        **options: Any,
    ) -> Journey:
        """Begin a checkout in a new browser context, or in a further tab of one.

        Args:
            sale: what is bought.
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
