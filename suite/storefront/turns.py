"""What a shopper may do beside the plain way: one function for each turn that a case can name."""

from collections.abc import Callable, Mapping

from playwright.sync_api import Error

from clover import cards
from pages.errors import StepFailed
from records.outcome import Outcome
from suite.checkout.assertions import must_stay
from suite.checkout.shopper import Shopper
from suite.storefront.problems import ShopPageBug, Unsupported
from suite.storefront.visit import Visit

#: Seconds before the end of a session at which Pay is pressed at the last moment.
LAST_S = 3
_WORKER_S = 10


def take_turn(visit: Visit) -> None:
    """Go through the case's checkout, up to what the shop shows and books."""
    shopper = _TURNS[visit.case.shopper](visit)
    if shopper is not None:
        visit.check_landing(shopper)
    visit.check_afterwards()


def _pays(visit: Visit) -> Shopper:
    shopper = visit.buy()
    visit.finish(shopper)
    return shopper


def _double_click(visit: Visit) -> Shopper:
    shopper = visit.buy(twice=True)
    visit.finish(shopper)
    return shopper


def _double_click_pay(visit: Visit) -> Shopper:
    shopper = visit.buy().type_card(visit.case.cards[-1])
    shopper.press(shopper.hosted_page.double_click_pay)
    visit.judge(shopper, visit.case.outcome)
    return shopper


def _go_back(visit: Visit) -> None:
    """Press Back on Clover's page, and note whether the shop's page came from the cache."""
    visit.page.go_back(wait_until="commit")
    restored = visit.page.evaluate("globalThis[Symbol.for('restored')] === true")
    visit.evidence.note("back-forward cache", "used" if restored else "not used")


def _goes_back(visit: Visit) -> Shopper:
    visit.buy()
    _go_back(visit)
    try:
        shopper = visit.take(visit.shop.steps[-1:])
    except StepFailed as problem:  # it could be taken before
        bug = ShopPageBug(f"After Back the shopper cannot buy again. {problem}")
        bug.add_note("Let the page start anew on the event pageshow, if it is persisted.")
        raise bug from problem
    visit.finish(shopper)
    return shopper


def _goes_forward(visit: Visit) -> Shopper:
    visit.buy()
    _go_back(visit)
    visit.page.go_forward(wait_until="commit")
    shopper = visit.take(())
    visit.finish(shopper)
    return shopper


def _cancels_first(visit: Visit) -> Shopper:
    visit.finish(visit.buy(), Outcome.CANCEL)
    return _pays(visit)


def _is_declined_first(visit: Visit) -> Shopper:
    if visit.behaviour.decline == "failure":
        visit.finish(visit.buy(), Outcome.FAILURE)
    else:
        must_stay(visit.buy().pay(cards.DECLINED), Outcome.FAILURE)
    return _pays(visit)


def _closes_tab(visit: Visit) -> None:
    shopper = visit.buy()
    ownership = shopper.observer.ownership

    def is_shop(url: str) -> bool:
        return ownership.is_merchant(url)

    # The redirect must not happen: whatever leaves Clover's page now is held for ever.
    visit.context.route(is_shop, lambda _: None)
    if visit.case.outcome is not Outcome.CANCEL:
        shopper.pay(visit.case.cards[-1])
        left = shopper.observer.trail.wait_until(
            lambda trail: any(ownership.is_merchant(hop.url) for hop in trail.hops),
            visit.target.within_s,
        )
        if not left:
            visit.judge(shopper, visit.case.outcome)
    visit.page.close()  # first, because Playwright sends a held request when its route ends
    visit.context.unroute(is_shop)


def _opens_success_url(visit: Visit) -> None:
    visit.buy()
    url = visit.values.get("{success}")
    if not url or "{" in url:
        raise Unsupported(
            "The success URL is unknown here, so nobody can open it by hand: write it into "
            "expect.landing without values that only the shop knows."
        )
    visit.values["{landing}"] = url
    visit.open_by_hand(url)


def _returns_twice(visit: Visit) -> Shopper:
    shopper = _pays(visit)
    visit.open(visit.values["{landing}"])
    return shopper


def _goes_back_after_paying(visit: Visit) -> None:
    shopper = _pays(visit)
    visit.check_landing(shopper)
    visit.page.go_back(wait_until="commit")
    if shopper.hosted_page.cancel_options():  # a page that offers a way home is left by it
        shopper.hosted_page.cancel()
        shopper.observer.watch(visit.target.quiet_s)


def _second_tab(visit: Visit) -> Shopper:
    first, _ = _in_two_tabs(visit)
    visit.page = first.page
    visit.finish(first)
    return first


def _pays_in_both_tabs(visit: Visit) -> Shopper:
    first, second = _in_two_tabs(visit)
    visit.page = first.page
    visit.finish(first)
    visit.finish(second)
    return second


def _in_two_tabs(visit: Visit) -> tuple[Shopper, Shopper]:
    first = visit.buy()
    visit.page = visit.context.new_page()
    second = visit.buy()
    return first, second


def _lets_session_expire(visit: Visit) -> None:
    shopper = visit.buy().type_card(visit.case.cards[-1])
    _wait_until_expiry(visit, shopper, after_s=1)
    shopper.press_pay()
    must_stay(shopper, Outcome.SUCCESS, payments=0)


def _pays_in_last_second(visit: Visit) -> Shopper:
    shopper = visit.buy().type_card(visit.case.cards[-1])
    _wait_until_expiry(visit, shopper, after_s=-LAST_S)
    shopper.press_pay()
    visit.judge(shopper, visit.case.outcome)
    return shopper


def _visits_first(visit: Visit) -> Shopper:
    visit.open(visit.shop.url)
    try:
        visit.page.wait_for_function(
            "navigator.serviceWorker.ready.then(worker => worker.active !== null)",
            timeout=_WORKER_S * 1000,
        )
    except Error:
        raise ShopPageBug(
            f"The shop at {visit.page.url} has no service worker that runs within {_WORKER_S} s: "
            'leave out shopper = "visits-first" if it has none.'
        ) from None
    return _pays(visit)


def _wait_until_expiry(visit: Visit, shopper: Shopper, *, after_s: float) -> None:
    """Let real time pass, because the shop has a clock of its own."""
    if visit.target.stand_in is None:
        raise Unsupported(
            f'shopper = "{visit.case.shopper}" would take 15 minutes here: run it on the stand-in.'
        )
    provider = visit.target.stand_in
    ends_s = provider.checkout(shopper.checkout.session.session_id).expires_s
    shopper.observer.watch(max(0.0, ends_s + after_s - provider.clock.now()))


_TURNS: Mapping[str, Callable[[Visit], Shopper | None]] = {
    "pays": _pays,
    "double-click": _double_click,
    "double-click-pay": _double_click_pay,
    "goes-back": _goes_back,
    "goes-forward": _goes_forward,
    "cancels-first": _cancels_first,
    "is-declined-first": _is_declined_first,
    "closes-tab": _closes_tab,
    "opens-success-url": _opens_success_url,
    "returns-twice": _returns_twice,
    "goes-back-after-paying": _goes_back_after_paying,
    "second-tab": _second_tab,
    "pays-in-both-tabs": _pays_in_both_tabs,
    "lets-session-expire": _lets_session_expire,
    "pays-in-last-second": _pays_in_last_second,
    "visits-first": _visits_first,
}
