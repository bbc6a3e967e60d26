"""Dashboard or request: oracle and stand-in against one table, which neither of them has."""

from collections.abc import Callable, Iterator
from functools import cache
from itertools import combinations, product

import pytest

from clover.behaviour import Behaviour as OracleBehaviour
from clover.behaviour import load_behaviour
from clover.expectation import make_expectation
from records.outcome import Outcome
from standin import Behaviour, RedirectUrls
from standin.behaviour import with_switches
from standin.outcomes import Outcome as StandInOutcome
from standin.redirect.situation import Situation, Trigger
from standin.redirect.steps import choose_url, choose_urls

#: (precedence, fallback) -> whose URL an outcome gets: d, r, or - for Clover's own page. The groups
#: are: the dashboard names this outcome, only others, none. In each group likewise the request.
TABLE = {
    ("dashboard", "other"): "ddd r-- r--",
    ("dashboard", "clover-page"): "ddd --- r--",
    ("request", "other"): "rdd r-- r--",
    ("request", "clover-page"): "r-d r-- r--",
    ("dashboard-only", "other"): "ddd --- ---",
    ("dashboard-only", "clover-page"): "ddd --- ---",
}

SUBSETS = [set(chosen) for size in range(4) for chosen in combinations(Outcome, size)]
Urls = dict[Outcome, str]
Rule = tuple[str, str]
Choose = Callable[[Rule, Outcome, Urls, Urls], str | None]


def the_oracle(rule: Rule, outcome: Outcome, request: Urls, dashboard: Urls) -> str | None:
    """What the oracle promises."""
    promise = make_expectation(
        outcome, request=request, dashboard=dashboard, session_id="s", behaviour=_behaviour(rule)
    )
    return promise.landing.raw if promise.landing else None


@cache
def _behaviour(rule: Rule) -> OracleBehaviour:
    precedence, fallback = rule
    return load_behaviour("documented", precedence=precedence, fallback=fallback)


def the_stand_in(rule: Rule, outcome: Outcome, request: Urls, dashboard: Urls) -> str | None:
    """What the stand-in does."""
    switches = dict(zip(("precedence", "fallback"), rule, strict=True))
    sources = RedirectUrls(**request), RedirectUrls(**dashboard), RedirectUrls()
    now = Situation(Trigger.OPENED, "s", with_switches(Behaviour(), switches), *sources)
    return choose_url(now, choose_urls(now), StandInOutcome(outcome))


def combos() -> Iterator[tuple[Outcome, Urls, Urls]]:
    """Each outcome with every subset in the request and on the dashboard: 192."""
    for outcome, requested, held in product(Outcome, SUBSETS, SUBSETS):
        request = {one: f"https://r.example/{one}" for one in requested}
        dashboard = {one: f"https://d.example/{one}" for one in held}
        yield outcome, request, dashboard


def expected(rule: Rule, outcome: Outcome, request: Urls, dashboard: Urls) -> str | None:
    """What the table says."""

    def place(urls: Urls) -> int:
        return 0 if outcome in urls else 1 if urls else 2

    winner = TABLE[rule].split()[place(dashboard)][place(request)]
    return {"d": dashboard.get(outcome), "r": request.get(outcome), "-": None}[winner]


@pytest.mark.parametrize("rule", TABLE, ids="+".join)
@pytest.mark.parametrize("choose", [the_oracle, the_stand_in])
def test_every_combination_follows_the_table(choose: Choose, rule: Rule) -> None:
    """Whatever both sources name, each outcome gets the URL that the table gives it."""
    wrong = [combo for combo in combos() if choose(rule, *combo) != expected(rule, *combo)]
    assert wrong == []
