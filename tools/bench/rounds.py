"""A pytest plug-in that repeats the success test and the bare script in turn, and times both.

The cost of the test includes fixtures, witnesses, contract and evidence; that of the bare script
only its own steps: open a context, create a session, pay, wait for the URL, close.
"""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from typing import Final

import psutil
import pytest

from tools.bench.figures import Figure

SUITE: Final = "test_shopper_lands_on_the_url_of_the_outcome"

#: The largest accepted cost of a test, in times of the bare script's.
LIMIT: Final = 1.15


@dataclass(frozen=True, slots=True)
class Cost:
    """Measured seconds; ``cpu_s`` includes the browser and the servers."""

    wall_s: float
    cpu_s: float


def tree_cpu_s() -> float:
    """Return the processor seconds of this process, its descendants and its ended children."""
    own = psutil.Process()
    total = 0.0
    for process in [own, *own.children(recursive=True)]:
        try:
            times = process.cpu_times()
        except psutil.NoSuchProcess:
            continue  # it has just ended, and its time is now in its parent's
        total += times.user + times.system + times.children_user + times.children_system
    return total


@contextmanager
def metered(costs: list[Cost]) -> Iterator[None]:
    """Add the cost of the block to ``costs``."""
    cpu_s, wall_s = tree_cpu_s(), time.perf_counter()
    yield
    costs.append(Cost(time.perf_counter() - wall_s, tree_cpu_s() - cpu_s))


class Rounds:
    """The cost of each round."""

    def __init__(self, rounds: int) -> None:
        self.rounds = rounds
        self.suite: list[Cost] = []
        self.bare: list[Cost] = []

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        """Repeat both tests."""
        metafunc.fixturenames.append("bench_round")
        metafunc.parametrize("bench_round", range(self.rounds))

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Alternate the two, so that a slower machine slows both."""
        # The browser closes after the last test, at a cost that the script does not measure.
        items.sort(
            key=lambda item: (item.callspec.params["bench_round"], SUITE not in item.name)  # type: ignore[attr-defined]
        )

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Time the whole test; the bare script times itself."""
        if getattr(item, "originalname", "") != SUITE:
            yield
            return
        with metered(self.suite):
            yield
        print(f"\rround {len(self.suite)} of {self.rounds}", end="", file=sys.__stderr__)

    @pytest.fixture
    def bare_costs(self) -> list[Cost]:
        """The list to which the bare script adds its costs."""
        return self.bare

    def figures(self) -> list[Figure]:
        """Return medians and ratios, without the first round of each, which warms up."""
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
