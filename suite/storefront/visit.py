"""One shopper's visit to a shop: the way to Clover's page, the payment, and the return."""

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from urllib.parse import urljoin

from playwright.sync_api import BrowserContext, Error, Page

from clover.address import parse
from clover.behaviour import Behaviour
from clover.template import slot_values
from landing.trail import Trail
from pages.errors import StepFailed
from pages.shop import ShopPage
from records.outcome import Outcome
from records.verdict import Verdict
from suite.cases.case import Case
from suite.cases.shop_tables import Shop, Step
from suite.checkout.assertions import must_land, must_stay, try_cards
from suite.checkout.observer import Observer
from suite.checkout.shopper import Shopper
from suite.evidence.evidence import INTEGRATION_CHECK, Evidence
from suite.storefront import after_landing
from suite.storefront.hosted_session import refuse_production, session_id_of
from suite.storefront.problems import ShopDown, ShopPageBug, ShopRequestBug
from suite.storefront.request_check import check_total, pattern_of
from suite.storefront.shop_session import ShopSession
from suite.targets.target import Account, Target


@dataclass(slots=True, kw_only=True)
class Visit:
    """A shopper in a shop.

    Attributes:
        case: with the run's own values filled in.
        shop: of the case.
        account: that the suite opened for the shop; None if the shop has its own.
        behaviour: how the provider is expected to behave towards the shop.
        context: the shopper's browser.
        new_context: opens another browser, without the shopper's cookies.
        page: the tab that the shopper looks at.
        is_strict: whether a finding of the integration check is a bug.
        values: what {order}, {landing} and the like stand for, by name in braces.
        verdict: on the last landing.
    """

    case: Case
    shop: Shop
    target: Target
    account: Account | None
    behaviour: Behaviour
    context: BrowserContext
    new_context: Callable[[], BrowserContext]
    evidence: Evidence
    page: Page
    is_strict: bool = False
    values: dict[str, str] = field(default_factory=dict)
    verdict: Verdict | None = None

    def buy(self, *, twice: bool = False) -> Shopper:
        """Open the shop, take all steps, and arrive on Clover's page.

        Args:
            twice: press the last step's button twice.

        Raises:
            ShopDown: the shop cannot be opened.
            ShopRequestBug: the shop's create call is not what the case says.
            ShopPageBug: the shop does not send the shopper to Clover.
        """
        self.open(self.shop.url)
        return self.take(self.shop.steps, twice=twice)

    def open(self, url: str) -> None:
        """Open an address in the shopper's tab."""
        try:
            self.page.goto(url)
        except Error as error:
            cause = error.message.splitlines()[0].removeprefix("Page.goto: ")
            raise ShopDown(
                f"The shop at {url} could not be opened: does it run, and is its certificate named "
                f"in the case? ({cause})"
            ) from None

    def take(self, steps: Sequence[Step], *, twice: bool = False) -> Shopper:
        """Take steps, the last of which leads to Clover's page."""
        others = [page for page in self.context.pages if page != self.page]
        with Trail(self.page) as trail:
            for number, step in enumerate(steps, start=1):
                self._take(step, number, twice=twice, is_last=number == len(steps))
                new = [page for page in self.context.pages if page not in (*others, self.page)]
                self.page = new[-1] if new else self.page
            trail.wait_until(lambda _: self._hosted_page(others) is not None, self.target.within_s)
            for hop in trail.hops:
                refuse_production(hop.url)
        hosted = self._hosted_page(others)
        if hosted is None:
            raise self._never_sent()
        self.page = hosted
        return self._at_clover()

    def _take(self, step: Step, number: int, *, twice: bool, is_last: bool) -> None:
        shop_page = ShopPage(self.page, within_s=self.target.within_s)
        try:
            match step.verb:
                case "goto":
                    self.open(urljoin(self.page.url, step.name))
                case "click":
                    shop_page.click(
                        step.name,
                        near=step.in_,
                        optional=step.optional,
                        twice=twice and is_last,
                        waits=not is_last,
                    )
                case "fill":
                    text = step.with_ or ""
                    shop_page.fill(step.name, text, near=step.in_, optional=step.optional)
                case "select":
                    option = step.option or ""
                    shop_page.select(step.name, option, near=step.in_, optional=step.optional)
                case "check":
                    shop_page.check(step.name, near=step.in_, optional=step.optional)
                case _:
                    shop_page.see(step.name, optional=step.optional)
        except StepFailed as problem:
            problem.add_note(f"This was step {number} of the case: {step}.")
            raise

    def _hosted_page(self, others: Sequence[Page]) -> Page | None:
        """Return the tab that shows Clover's page, unless it did before."""
        for page in self.context.pages:
            if page not in others and session_id_of(page.url):
                return page
        return None

    def _never_sent(self) -> ShopPageBug | ShopRequestBug:
        """Explain why the shopper never saw Clover's page."""
        seen = ShopPage(self.page).snapshot()
        shown = " / ".join(text for text in (seen.heading, seen.alert) if text)
        where = f"The shopper is at {self.page.url}" + (
            f", which shows “{shown}”." if shown else "."
        )
        calls = self.target.create_calls(self.account) if self.account else ()
        answers = "".join(f"\n  {call.said}" for call in calls)
        if any(call.status != 200 for call in calls):
            return ShopRequestBug(
                f"Clover refused the shop's create call:{answers}\nCorrect the request. {where}"
            )
        if calls:
            return ShopPageBug(
                f"The shop created a session and did not send the shopper to it. {where}{answers}"
            )
        made = " and made no create call" if self.account else ""
        return ShopPageBug(
            f"The shop did not send the shopper to Clover's page{made} within "
            f"{self.target.within_s:g} s of the last step. {where} Does the shop use the API of "
            f"this run ({self.target.description}), and does the last step press its Buy button?"
        )

    def _at_clover(self) -> Shopper:
        """Learn the session from Clover's page, and compare the shop's request with the case."""
        session = ShopSession.learn(
            self.case,
            self.shop,
            target=self.target,
            account=self.account,
            behaviour=self.behaviour,
            href=self.page.url,
        )
        if session.findings:
            self.evidence.note(INTEGRATION_CHECK, "\n".join(session.findings))
        self.values |= session.compare(self.case, is_strict=self.is_strict)
        touch = bool(self.case.device) and self.page.evaluate("navigator.maxTouchPoints > 0")
        observer = Observer.of(session.checkout, self.page, None, touch=touch)
        shopper = Shopper(observer, self.evidence).ready()
        if self.case.expect.total:
            check_total(shopper.hosted_page, self.case.expect.total)
        return shopper

    def finish(self, shopper: Shopper, outcome: Outcome | None = None) -> None:
        """Bring the checkout to an outcome, by default the case's, and judge the landing.

        Raises:
            RedirectBug: a clause of the contract is broken.
        """
        if outcome is None:
            try_cards(shopper, self.case.outcome, self.case.cards)
        else:
            shopper.finish(outcome)
        self.judge(shopper, outcome or self.case.outcome)

    def judge(self, shopper: Shopper, outcome: Outcome) -> None:
        """Wait for the landing, judge it, and learn what it carries.

        Where the shop's request is unknown, a landing other than the case's is not judged.
        """
        if shopper.checkout.has_slots and outcome is not self.case.outcome:
            shopper.observer.wait_for_landing(self.target.within_s)
            return
        if self.case.stays and outcome is self.case.outcome:
            must_stay(shopper, outcome, payments=int(outcome is Outcome.SUCCESS))
            return
        self.verdict = must_land(shopper, outcome)
        self.page = shopper.page
        landed = self.verdict.landed_url
        if landed and outcome is self.case.outcome:
            self.values["{landing}"] = landed
            if self.case.expect.landing:
                self.values |= dict(
                    slot_values(pattern_of(self.case.expect.landing), parse(landed))
                )

    def check_landing(self, shopper: Shopper) -> None:
        """Compare the page that the shopper has landed on with the case.

        Raises:
            ShopPageBug: address, status or texts are not as expected.
        """
        if self.verdict is not None:  # else the shopper stays on Clover's page
            ownership = shopper.observer.ownership
            self._check_way(shopper.observer.trail, ownership.is_merchant)
        self.check_page()

    def open_by_hand(self, url: str) -> None:
        """Open an address of the shop that nobody led the shopper to, and judge its page.

        A shop may refuse that, so the status counts only if the case names one.

        Raises:
            ShopPageBug: address, status or texts are not as expected.
        """
        with Trail(self.page) as trail:
            self.open(url)
            if self.case.expect.status or self.case.expect.final:
                self._check_way(trail, lambda _: True)
        self.check_page()

    def _check_way(self, trail: Trail, begins_at: Callable[[str], bool]) -> None:
        """Judge the shop's own redirects, from the first hop that ``begins_at`` accepts."""
        expected = self.case.expect
        final = after_landing.fill_slots(expected.final, self.values) if expected.final else None
        if final:
            trail.wait_until(
                lambda _: after_landing.fits(final, self.page.url), self.target.within_s
            )
        tab = [hop for hop in trail.hops if hop.place == "tab"]
        first = next((i for i, hop in enumerate(tab) if begins_at(hop.url)), 0)
        after_landing.check_final(self.page, tab[first:], final, expected.status)

    def check_page(self) -> None:
        """Compare the texts of the shopper's page, and the number of tabs, with the case.

        Raises:
            ShopPageBug: they are not as expected.
        """
        expected, within_s = self.case.expect, self.target.within_s
        after_landing.check_texts(self.page, expected.text, expected.not_text, within_s=within_s)
        if expected.tabs is not None and len(self.context.pages) != expected.tabs:
            listed = ", ".join(page.url for page in self.context.pages)
            raise ShopPageBug(
                f"The shopper has {len(self.context.pages)} tabs instead of {expected.tabs}: "
                f"{listed}. Did the shop open Clover's page in a new one?"
            )

    def check_afterwards(self) -> None:
        """Ask the shop's books, look at further pages, and look at the landed page once more.

        Raises:
            ShopOrderBug: the books do not say what the case expects.
            ShopPageBug: a page does not show what the case expects.
        """
        expected = self.case.expect
        if expected.order:
            url = after_landing.fill_slots(expected.order.url, self.values)
            with closing(self._unblocked_tab(self.context)) as tab:
                after_landing.check_order(tab, expected.order, url)
        for page in expected.pages:
            url = after_landing.fill_slots(page.url, self.values)
            context = self.new_context() if page.fresh else self.context
            with closing(self._unblocked_tab(context)) as tab:
                after_landing.check_page(tab, page, url, self.target.within_s)
        if expected.not_text and not self.page.is_closed():
            after_landing.check_texts(self.page, (), expected.not_text, within_s=0)

    def _unblocked_tab(self, context: BrowserContext) -> Page:
        """Open a tab in which the requests succeed that the case lets fail for the shopper."""
        page = context.new_page()
        for pattern in self.shop.blocked:  # a tab's own routes precede those of its context
            page.route(pattern, lambda route: route.continue_())
        return page
