"""A pytest plug-in that repeats the success test in turn with the bare script, and times both.

The test counts whole: fixtures, witnesses, contract and evidence. Of the bare script only what a
person would write counts: open a context, create a session, pay, wait for the URL, close.
"""

import sys
from collections.abc import Iterator
from statistics import median
from typing import Final

import pytest

from tools.bench.figures import Figure
from tools.bench.meter import Cost, metered

SUITE: Final = "test_shopper_lands_on_the_url_of_the_outcome"
BARE: Final = "test_bare_script_pays"

#: How many times the bare script's cost a test of the suite may have.
LIMIT: Final = 1.15


class Rounds:
    """Collects the cost of each round."""

    def __init__(self, rounds: int) -> None:
        self.rounds = rounds
        self.suite: list[Cost] = []
        self.bare: list[Cost] = []

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        """Run each of the two many times."""
        if metafunc.function.__name__ in {SUITE, BARE}:
            metafunc.fixturenames.append("bench_round")
            metafunc.parametrize("bench_round", range(self.rounds))

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Take turns, so that a machine that slows down slows both."""
        items.sort(key=lambda item: (_round(item), item.name))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Time the whole test; the bare script times itself."""
        if getattr(item, "originalname", "") != SUITE:
            yield
            return
        with metered() as cost:
            yield
        self.suite.append(cost)
        print(f"\rround {len(self.suite)} of {self.rounds}", end="", file=sys.__stderr__)

    @pytest.fixture
    def bare_costs(self) -> list[Cost]:
        """Where the bare script puts its costs."""
        return self.bare

    def figures(self) -> list[Figure]:
        """Medians and their ratios; the first round of each warms up and does not count."""
        found = []
        for name, words in (("wall_s", "wall time"), ("cpu_s", "processor time")):
            suite, bare = (
                median(getattr(cost, name) for cost in costs[1:]) * 1000
                for costs in (self.suite, self.bare)
            )
            found += [
                Figure(f"outcome test, {words}", suite, "ms"),
                Figure(f"bare script, {words}", bare, "ms"),
                Figure(f"{words}, test to script", suite / bare, "times", at_most=LIMIT),
            ]
        return found


def _round(item: pytest.Item) -> int:
    callspec = getattr(item, "callspec", None)
    return int(callspec.params.get("bench_round", -1)) if callspec else -1
