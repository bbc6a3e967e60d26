"""The judgement of one checkout by the contract, kept in the test's evidence."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

import pytest

from clover import cards
from clover.cards import Card
from clover.contract import Landing, check, find_landing
from clover.expectation import Expectation, make_expectation
from clover.leaks import Secret, short_secrets
from clover.url_comparison import align
from clover.verdict import RedirectBug
from pages.snapshot import Snapshot
from pages.words import checkout as words
from records.observation import WINDOW_NAME, Arrival, Observation, PageState
from records.outcome import Outcome
from records.verdict import Verdict, Violation
from suite.checkout.observer import LANDING_HOSTS, Observer
from suite.checkout.problems import BrowserGone, MerchantSiteProblem, ProviderDown
from suite.checkout.second_opinion import ask
from suite.evidence.evidence import Evidence
from suite.merchant import hosts_of
from suite.redirect_urls import Urls


def expect(
    observer: Observer,
    outcome: Outcome,
    *,
    urls: Urls | None = None,
    dashboard: Urls | None = None,
    stays: bool = False,
    payments: int | None = None,
) -> Expectation:
    """Compute where this checkout must end; the arguments are those of the assertions."""
    checkout = observer.checkout
    return make_expectation(
        outcome,
        request=checkout.urls if urls is None else urls,
        dashboard=checkout.dashboard if dashboard is None else dashboard,
        session_id=checkout.session.session_id,
        behaviour=checkout.behaviour,
        other_sessions_urls=[
            url for other in observer.others for url in other.checkout.urls.values()
        ],
        stays=stays,
        payments=payments,
        has_slots=checkout.has_slots,
    )


def judge(
    observer: Observer,
    expectation: Expectation,
    evidence: Evidence,
    *,
    began_ms: float,
    silent: bool = False,
    times: int = 1,
    status: int | None = None,
) -> Verdict:
    """Compare what was observed with what was expected, and keep the verdict.

    Args:
        observer: of the checkout.
        expectation: where it must end.
        evidence: of the test.
        began_ms: when the wait for the end began, on the trail's clock.
        silent: whether Clover's page did not respond although a response was due.
        times: landings that are due.
        status: what the merchant's page must answer; by default anything below 400.

    Raises:
        BrowserGone: nothing can be judged without a browser.
        StandInFailed: the stand-in has ended, and nothing arrived.
        ProviderDown: the provider's server failed, and nothing else is wrong.
        DeclinesEverything: the account takes no card, so that there is nothing to judge.
        pytest.skip.Exception: the provider declined a card that is used too often, or has other
            words for a receipt.
        RedirectBug: a clause of the contract is broken.
        MerchantSiteProblem: none is, but the merchant's page is down or answers an error.
    """
    if observer.has_landed() and not observer.wait_for_load():
        evidence.note("landing page", "it did not finish loading")
    waited_s = (observer.trail.now_ms() - began_ms) / 1000
    observed = _observe(observer, waited_s, expectation)
    if observer.trail.is_cut_off:
        raise BrowserGone
    if not observed.arrivals and observer.target.stand_in:
        observer.target.stand_in.must_be_up()
    landing = find_landing(observed, observer.ownership)
    found = partial(_violations, observer, expectation, times=times, silent=silent)
    outage = "" if landing or observed.arrivals else _outage(observer, expectation, observed, found)
    violations = () if outage else tuple(found(observed))
    paid = expectation.outcome is Outcome.SUCCESS and (expectation.landing or expectation.heading)
    wallet = observer.target.wallet
    worn = _worn_card(observer, observed) if violations and paid and wallet.remembers else ""
    reworded = _reworded(observer, expectation, observed, found) if violations and paid else ""
    undecided = outage or worn or reworded
    verdict = Verdict(
        outcome=expectation.outcome,
        expectation=expectation.description,
        expected_url=str(expectation.landing.expected()) if expectation.landing else None,
        landed_url=str(landing.address) if landing else None,
        violations=() if undecided else violations,
        session_id=expectation.session_id,
        behaviour=observer.checkout.behaviour.name,
        redirect_ms=None if landing is None else round(landing.hop.at_ms - observer.acted_ms, 1),
        hops=tuple(observed.hops),
        arrivals=tuple(observed.arrivals or ()),
        stayed=observed.stayed,
        undecided=undecided,
        url_parts=align(expectation.landing, landing.address)
        if expectation.landing and landing
        else (),
    )
    observer.last_verdict = verdict
    observer.timeline.step(_told(verdict), is_bad=not verdict.kept)
    evidence.cases[expectation.session_id].update(
        title=f"After {expectation.outcome}, {expectation.description}.",
        outcome=str(expectation.outcome),
        card=tuple(observer.cards),
    )
    evidence.add_verdict(verdict)
    if worn:
        pytest.skip(f"unclear: {worn}")
    if reworded:
        pytest.skip(f"observed: {reworded}")
    if outage:
        raise ProviderDown(verdict)
    if not verdict.kept:
        raise RedirectBug(verdict)
    if paid:
        wallet.note_approved(_last_card(observer))
    if landing is not None and observer.journal is not None:
        _check_merchant_site(landing, status)
    return verdict


def _told(verdict: Verdict) -> str:
    result = ", ".join(verdict.clauses) or verdict.undecided
    return f"the verdict on {verdict.outcome}: {result or 'passed'}"


def with_late_arrivals(verdict: Verdict, late: Sequence[Arrival]) -> Verdict:
    """Return the verdict as broken by arrivals that came after it."""
    listed = ", ".join(f"{arrival.method} {arrival.url}" for arrival in late)
    violation = Violation("lands-once", "nothing more after the landing", listed)
    return replace(verdict, violations=(*verdict.violations, violation))


def _violations(
    observer: Observer,
    expectation: Expectation,
    observed: Observation,
    *,
    times: int,
    silent: bool,
) -> list[Violation]:
    hidden = _secrets(observer)
    found = check(expectation, observed, observer.ownership, secrets=hidden, times=times)
    if silent:
        new = observer.hosted_page.snapshot().new_texts(observer.before)
        shown = f"only {', '.join(f'“{text}”' for text in new)}" if new else "nothing"
        came = f"the page showed {shown} within {observed.waited_s:.1f} s"
        found.append(Violation("lands", "a message on the page, or another page", came))
    return found


def _outage(
    observer: Observer,
    expectation: Expectation,
    observed: Observation,
    find: Callable[[Observation], list[Violation]],
) -> str:
    """Say why no judgement is possible: the shopper stays because the provider's server failed."""
    # Open books say that nothing was paid, which is no news.
    broken = {violation.clause for violation in find(replace(observed, payments=None))}
    paid, due = observed.payments, expectation.payments
    unpaid = paid is not None and due is not None and paid < due
    if not observer.outages or not broken <= {"lands"} or not (broken or unpaid):
        return ""
    return f"the provider's server failed ({observer.outages[-1]})"


def _reworded(
    observer: Observer,
    expectation: Expectation,
    observed: Observation,
    find: Callable[[Observation], list[Violation]],
) -> str:
    """Say what a real provider's receipt is headed, if only its words are other than measured."""
    if observer.target.is_embedded or not expectation.heading:
        return ""
    seen = observer.hosted_page.snapshot()
    if seen.fields or seen.alert:
        return ""
    worded = replace(observed, stayed=replace(observed.stayed, heading=expectation.heading))
    same = bool(seen.heading) and not find(worded)
    return f"the page is headed “{seen.heading}” and not “{expectation.heading}”" if same else ""


def _worn_card(observer: Observer, observed: Observation) -> str:
    """Say which card the provider no longer takes, if this is the end of a declined payment."""
    if find_landing(observed, observer.ownership):
        declined = expect(observer, Outcome.FAILURE)
        seen = replace(observed, payments=None)
        told = declined.landing is not None and not _violations(
            observer, declined, seen, times=1, silent=False
        )
    else:
        new = observer.hosted_page.snapshot().new_texts(observer.before)
        told = words.says_declined(" ".join(new))
    card = _last_card(observer)
    return (observer.target.wallet.note_declined(card) or ask(observer, card)) if told else ""


def _last_card(observer: Observer) -> Card:
    return observer.cards[-1] if observer.cards else cards.APPROVED


def _check_merchant_site(landing: Landing, status: int | None) -> None:
    came = landing.hop.status
    if came is None:
        what = f"could not be reached ({landing.hop.failure})"
        raise MerchantSiteProblem(landing.address, what)
    if came != status if status else came >= 400:
        wanted = f" and not with {status}" if status else ""
        raise MerchantSiteProblem(landing.address, f"answered with status {came}{wanted}")


def _observe(observer: Observer, waited_s: float, expectation: Expectation) -> Observation:
    seen = observer.hosted_page.snapshot()
    return Observation(
        hops=observer.hops,
        arrivals=observer.arrivals() if _lands_on_our_site(observer, expectation) else None,
        address=observer.address(),
        stayed=PageState(seen.url, seen.heading, seen.alert),
        texts=[*_texts(observer, seen), (WINDOW_NAME, seen.window_name)],
        interruptions=observer.trail.interruptions,
        waited_s=waited_s,
        acted_ms=observer.acted_ms,
        payments=observer.payments(),
    )


def _secrets(observer: Observer) -> list[Secret]:
    """Return what no URL, referrer or title may hold."""
    typed = [Secret("card number", card.number, is_card=True) for card in observer.cards]
    for details in {card.details() for card in observer.cards}:
        typed += short_secrets(details.cvv, details.expiry)
    return [*observer.checkout.secrets, *typed]


def _lands_on_our_site(observer: Observer, expectation: Expectation) -> bool:
    """Whether the landing has a journal: the merchant's own pages have none."""
    if observer.journal is None or expectation.landing is None:
        return observer.journal is not None
    host = expectation.landing.address.host
    return host.endswith(LANDING_HOSTS) or host in hosts_of([observer.checkout.site])


def _texts(observer: Observer, seen: Snapshot) -> list[tuple[str, str]]:
    trail = observer.trail
    texts = [("a page's title", title) for title in trail.titles]
    texts += [("the browser's console", line.text) for line in trail.console]
    if observer.ownership.is_provider(seen.url):
        texts += [("the text of Clover's page", line) for line in seen.lines]
    texts += [("the address bar", address.url) for address in trail.addresses]
    for request in trail.requests:
        texts.append(("a request's URL", request.url))
        texts += [("a referrer", value) for name, value in request.headers if name == "referer"]
    return texts
