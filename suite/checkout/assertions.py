"""Assertions on where a shopper ends, each against every clause of the contract."""

from collections.abc import Sequence

from clover.cards import Card
from clover.verdict import RedirectBug
from pages.errors import UnknownMessage
from pages.words import checkout as words
from records.observation import Arrival
from records.outcome import Outcome
from records.verdict import Verdict
from suite.checkout.judgement import expect, judge, with_late_arrivals
from suite.checkout.shopper import Shopper
from suite.redirect_urls import Urls, nonce_of


def must_land(
    shopper: Shopper,
    outcome: Outcome,
    *,
    urls: Urls | None = None,
    dashboard: Urls | None = None,
    times: int = 1,
    status: int | None = None,
) -> Verdict:
    """Wait for the end of the checkout and judge it.

    Args:
        shopper: who has just paid, been declined or cancelled.
        outcome: how the checkout ended.
        urls: the request's URLs, if other than those that were sent.
        dashboard: the dashboard's URLs, if they changed since the session was created.
        times: landings that are due, if the shopper returned to the landing page.
        status: what the merchant's page must answer; by default anything below 400.

    Raises:
        RedirectBug: a clause of the contract is broken.
        ProviderDown: the provider's server failed, and nothing else is wrong.
        MerchantSiteProblem: the redirect is right, but the merchant's page is down or an error.
    """
    observer = shopper.observer
    expectation = expect(observer, outcome, urls=urls, dashboard=dashboard)
    began_ms = observer.trail.now_ms()
    observer.timeline.step(f"waits for the end: {expectation.description}")
    if expectation.landing is None:
        if shopper.response_due and expectation.heading:
            observer.wait_for_heading(expectation.heading)
        elif shopper.response_due:
            observer.wait_for_response()
        observer.wait_for_landing(observer.target.quiet_s)
    else:
        if observer.checkout.behaviour.interstitial == "click":
            shopper.hosted_page.press(*words.CONTINUE)
        observer.wait_for_landing(observer.within_s)
    return judge(
        observer, expectation, shopper.evidence, began_ms=began_ms, times=times, status=status
    )


def must_stay(
    shopper: Shopper,
    outcome: Outcome,
    *,
    payments: int = 0,
    expect_response: bool = True,
    watch_s: float = 0.0,
) -> Verdict:
    """Assert that the shopper is sent nowhere now, and that Clover's page responds.

    Args:
        shopper: who has acted, or only waits.
        outcome: the end that has not come, or has come before.
        payments: taken for the session so far.
        expect_response: whether the last action is one that the page responds to.
        watch_s: how long to watch, if longer than the target's limit, seconds.

    Raises:
        RedirectBug: the shopper was sent away, or the page did not respond.
        ProviderDown: the provider's server failed, and nothing else is wrong.
        UnknownMessage: the stand-in's page responds to a decline with words of no word list.
    """
    observer = shopper.observer
    expectation = expect(observer, outcome, stays=True, payments=payments)
    observer.timeline.step("waits for a message, and watches that the shopper stays")
    observer.wait_for_landing(watch_s)
    began_ms = observer.trail.now_ms()
    due = expect_response and shopper.response_due
    response = observer.wait_for_response() if due else None
    landed = observer.wait_for_landing(observer.target.quiet_s)
    silent = due and response is None and not landed
    verdict = judge(observer, expectation, shopper.evidence, began_ms=began_ms, silent=silent)
    if response is not None and outcome is Outcome.FAILURE:
        try:
            shopper.hosted_page.expect_decline(response, observer.before)
        except UnknownMessage as message:  # Clover's words for a decline are published nowhere
            if observer.target.is_embedded:
                raise
            shopper.evidence.note("observed", str(message))
    return verdict


def try_cards(shopper: Shopper, outcome: Outcome, cards: Sequence[Card]) -> None:
    """Type cards one after the other, and bring the checkout to its outcome.

    Args:
        shopper: who has the hosted page open.
        outcome: what the last card leads to; a cancel follows all of them.
        cards: each but that of the outcome must be declined with a message.

    Raises:
        RedirectBug: a decline before the end led the shopper away, or was not shown.
    """
    cancels = outcome is Outcome.CANCEL
    for card in cards if cancels else cards[:-1]:
        must_stay(shopper.pay(card), Outcome.FAILURE)
    if cancels:
        shopper.cancel()
    else:
        shopper.pay(cards[-1])


def must_get_nothing_more(shopper: Shopper) -> None:
    """Assert that nothing reached the merchant since the verdict, once the tabs are closed.

    Raises:
        RedirectBug: the merchant's site was requested again.
    """
    verdict = shopper.observer.last_verdict
    late = shopper.observer.unjudged_arrivals()
    if verdict is not None and verdict.kept and late:
        raise RedirectBug(with_late_arrivals(verdict, late))


def must_get_nothing_late(shopper: Shopper, test: str, arrivals: Sequence[Arrival]) -> None:
    """Assert that nothing reached the merchant after the end of the shopper's test.

    Args:
        shopper: of the test.
        test: its node id.
        arrivals: everything that reached the merchant's site since then.

    Raises:
        RedirectBug: the merchant's site was requested again.
    """
    verdict = shopper.observer.last_verdict
    own = {nonce_of(url) for url in shopper.checkout.urls.values()} - {""}
    late = [arrival for arrival in arrivals if nonce_of(arrival.url) in own]
    if verdict is not None and late:
        bug = RedirectBug(with_late_arrivals(verdict, late))
        bug.add_note(f"It belongs to {test}, which had ended.")
        raise bug


def end_checkout(shopper: Shopper) -> None:
    """End one of several checkouts of a test, before the next lands on the same URLs.

    Raises:
        RedirectBug: something more reached the merchant since the verdict.
    """
    shopper.page.close()
    must_get_nothing_more(shopper)
    shopper.observer.last_verdict = None  # what comes from now on belongs to the next checkout
