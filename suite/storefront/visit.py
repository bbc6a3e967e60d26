"""One shopper's visit to a shop: the way to Clover's page, the payment, and the return."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urljoin

from playwright.sync_api import BrowserContext, Error, Page

from clover import cards
from clover.address import parse, parse_or_none
from clover.behaviour import Behaviour
from clover.cards import Card
from clover.hosts import is_production
from clover.template import slot_values
from landing.trail import Trail
from pages.errors import StepFailed
from pages.shop import ShopPage
from records.outcome import Outcome
from records.verdict import Verdict
from suite.cases.case import Case
from suite.cases.shop_tables import Step
from suite.checkout.assertions import must_land, must_stay
from suite.checkout.observer import Observer
from suite.checkout.shopper import Shopper
from suite.evidence.evidence import INTEGRATION_CHECK, Evidence
from suite.storefront import after_landing
from suite.storefront.hosted_session import session_id_of
from suite.storefront.problems import (
    ProductionRefused,
    ShopDown,
    ShopPageBug,
    ShopRequestBug,
)
from suite.storefront.request_check import check_total, pattern_of
from suite.storefront.shop_session import ShopSession
from suite.targets.target import Account, Target


@dataclass(slots=True, kw_only=True)
class Visit:
    """A shopper in a shop.

    Attributes:
        case: with the run's own values filled in.
        account: that the suite opened for the shop; None if the shop has its own.
        behaviour: how the provider is expected to behave towards the shop.
        context: the shopper's browser.
        fresh: another browser without the shopper's cookies.
        page: the tab that the shopper looks at.
        is_strict: whether a finding of the integration check is a bug.
        values: what {order}, {landing} and the like stand for, by name in braces.
        verdict: on the last landing.
    """

    case: Case
    target: Target
    account: Account | None
    behaviour: Behaviour
    context: BrowserContext
    fresh: BrowserContext
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
        assert self.case.shop is not None, "only cases with a shop are visited"
        self.open(self.case.shop.url)
        return self.take(self.case.shop.steps, twice=twice)

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
                _refuse_production(hop.url)
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
        answers = "".join(f"\n  {call}" for call in calls)
        if any(not call.startswith("200") for call in calls):
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
        assert self.case.shop is not None, "only cases with a shop are visited"
        session = ShopSession.learn(
            self.case,
            self.case.shop,
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
        due = outcome or self.case.outcome
        tried = self.case.cards if outcome is None else (cards.DECLINED,)
        if due is Outcome.CANCEL:
            self._decline(shopper, self.case.cards if outcome is None else ())
            shopper.cancel()
        else:
            self._decline(shopper, tried[:-1])
            shopper.pay(tried[-1])
        self.judge(shopper, due)

    @staticmethod
    def _decline(shopper: Shopper, tried: Sequence[Card]) -> None:
        for card in tried:
            must_stay(shopper.pay(card), Outcome.FAILURE)

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

    def check_return(self, shopper: Shopper | None) -> None:
        """Compare the page that the shopper returned to with the case.

        Args:
            shopper: who has landed; None if the page was opened by hand.

        Raises:
            ShopPageBug: address, status or texts are not as expected.
        """
        expected, within_s = self.case.expect, self.target.within_s
        if shopper is not None:
            ownership = shopper.observer.ownership
            trail = shopper.observer.trail
            if expected.final:
                final = after_landing.fill_slots(expected.final, self.values)
                trail.wait_until(lambda _: after_landing.fits(final, self.page.url), within_s)
            tab = [hop for hop in trail.hops if hop.place == "tab"]
            first = next((i for i, hop in enumerate(tab) if ownership.is_merchant(hop.url)), 0)
            after_landing.check_final(self.page, tab[first:], expected.final, expected.status)
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
        for pattern in self.case.shop.blocked if self.case.shop else ():
            self.context.unroute(pattern)
        if expected.order:
            url = after_landing.fill_slots(expected.order.url, self.values)
            after_landing.check_order(self.context, expected.order, url)
        for page in expected.pages:
            context = self.fresh if page.fresh else self.context
            url = after_landing.fill_slots(page.url, self.values)
            after_landing.check_page(context, page, url, self.target.within_s)
        if expected.not_text and not self.page.is_closed():
            after_landing.check_texts(self.page, (), expected.not_text, within_s=0)


def _refuse_production(url: str) -> None:
    address = parse_or_none(url)
    if address is not None and is_production(address.host):
        raise ProductionRefused(
            f"The shop sends the shopper to Clover's production ({url}), which is always refused: "
            "give the shop sandbox credentials and the sandbox's API."
        )
