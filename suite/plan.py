"""The plan of a run on a sandbox: what it costs, and which tests fit into a budget."""

import argparse
import json
import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from clover import cards
from suite.costs import Cost, Costs
from suite.reporting.run_summary import number

KILL_MATRIX = Path(__file__).parents[1] / "e2e" / "kill_matrix.json"
#: A hosted page with keys 30 ms apart, three seconds of watching and the network, per session.
PAGE_S = 6.0
#: Tests that were left out and are named; the others are counted.
MOST_NAMED = 10

Budget = Mapping[str, int]
"""The most ``payments`` (tried, approved or not) and ``sessions``; one of them may be missing."""


def read_budget(text: str) -> Budget:
    """Read a budget as it is written on the command line.

    Raises:
        argparse.ArgumentTypeError: the text is not of the form ``payments=30,sessions=60``.
    """
    parts = dict(part.partition("=")[::2] for part in text.split(","))
    if not parts.keys() <= {"payments", "sessions"} or not all(map(str.isdecimal, parts.values())):
        raise argparse.ArgumentTypeError(
            f"{text!r} is no budget: write payments=30, sessions=60, or both with a comma"
        )
    return {name: int(value) for name, value in parts.items()}


@dataclass(frozen=True, slots=True)
class Test:
    """A test of the run, by its node id in Chromium."""

    __test__ = False

    nodeid: str
    core: bool = False

    @property
    def function(self) -> str:
        """The node id without its parameters."""
        return self.nodeid.partition("[")[0]


def faults_by_test() -> dict[str, set[str]]:
    """Return the faults that each test kills, as the kill matrix has them."""
    found: dict[str, set[str]] = {}
    for fault, kills in json.loads(KILL_MATRIX.read_text(encoding="utf-8"))["kills"].items():
        for nodeid in kills:
            found.setdefault(nodeid, set()).add(fault)
    return found


def choose(
    tests: Sequence[Test], costs: Costs, budget: Budget, kills: Mapping[str, Collection[str]]
) -> list[Test]:
    """Return the tests that tell most for the budget, in the order in which they were chosen.

    The core tests come first. Then comes, again and again, the test that kills most new faults for
    its share of the budget; between equals a function that was not chosen yet decides, then whether
    the test kills anything.
    """
    left, known, functions = dict(budget), set[str](), set[str]()
    chosen: list[Test] = []
    rest = sorted(tests, key=lambda test: test.nodeid)
    uses = {
        test.nodeid: {name: getattr(costs.of(test.nodeid), name) for name in budget}
        for test in rest
    }
    shares = {
        nodeid: sum(used / max(budget[name], 1) for name, used in use.items())
        for nodeid, use in uses.items()
    }

    def fits(test: Test) -> bool:
        return all(used <= left[name] for name, used in uses[test.nodeid].items())

    def worth(test: Test) -> tuple[bool, float, bool, bool, float]:
        share, kills_any = shares[test.nodeid], test.nodeid in kills
        new = len({*kills[test.nodeid]} - known) if kills_any else 0
        ratio = new / share if share else math.inf if new else 0.0
        return test.core, ratio, test.function not in functions, kills_any, -share

    while rest := [test for test in rest if fits(test)]:
        best = max(rest, key=worth)
        rest.remove(best)
        chosen.append(best)
        known.update(kills.get(best.nodeid, ()))
        functions.add(best.function)
        for name, used in uses[best.nodeid].items():
            left[name] -= used
    return chosen


def describe(
    tests: Iterable[str],
    costs: Costs,
    *,
    left_out: Sequence[str] = (),
    workers: int = 1,
    more: int = 0,
) -> Iterator[str]:
    """Yield the lines of the plan.

    Args:
        tests: node ids in Chromium of the tests that will run.
        costs: of all tests.
        left_out: node ids that do not fit into the budget.
        workers: processes that share the run.
        more: payments, each with a session, that the run may make to explain a first decline.
    """
    names = list(tests)
    total = sum((costs.of(name) for name in names), Cost())
    minutes = math.ceil((total.seconds + PAGE_S * total.sessions) / 60 / workers)
    yield (
        f"plan: {number(len(names), 'test')}, {number(total.sessions, 'session')},"
        f" {total.approved.total()} approved and {total.declined.total()} declined payments,"
        f" about {number(minutes, 'minute')}"
    )
    for word, payments in (("approved", total.approved), ("declined", total.declined)):
        if payments:
            yield f"  {word}: {', '.join(_by_card(payments))}"
    yield (
        f"  left in the account: {total.approved.total()} sandbox payments with their orders, never"
        " refunded; the sessions expire after 15 minutes"
    )
    if more and total.approved:
        yield (
            f"  if a good card is declined at its first use, at most {number(more, 'session')} and"
            f" {number(more, 'payment')} more, once, to find out why"
        )
    if unknown := sum(not costs.is_measured(name) for name in names):
        yield f"  not measured: {number(unknown, 'test')}, each counted as a session and a payment"
    if left_out:
        yield f"  left out by the budget: {number(len(left_out), 'test')}"
        yield from (f"    {name}" for name in left_out[:MOST_NAMED])
        if len(left_out) > MOST_NAMED:
            yield f"    and {len(left_out) - MOST_NAMED} more; plan.txt in the results has them all"


def _by_card(payments: Counter[str]) -> Iterator[str]:
    named = {card.last_four: str(card) for card in cards.ALL}
    for last_four, count in payments.most_common():
        yield f"{count} by {named.get(last_four, f'…{last_four}')}"
