"""The tests of a default run, chosen from the kill matrix."""

import json
from collections import Counter

import pytest

from suite.costs import Cost, Costs
from suite.plan import faults_by_test
from suite.selection import THOROUGH
from tools.default_run import CASE_FILES, collect, compute
from tools.faults.kill_matrix import KillMatrix, function_of
from tools.measured import FOLDER

#: The most checkout sessions of a default run.
MOST_SESSIONS = 140


@pytest.fixture(scope="module")
def collected() -> tuple[list[str], set[str]]:
    """All end-to-end tests, and those of every run."""
    return collect()


def test_list_is_the_choice(collected: tuple[list[str], set[str]]) -> None:
    """The list is what the matrix and the costs say; `python -m tools.default_run` renews it."""
    chosen = compute(*collected, Costs.load(), faults_by_test())

    assert THOROUGH.read_text(encoding="utf-8").splitlines() == chosen.thorough
    curve = json.loads((FOLDER / "default_run.json").read_text(encoding="utf-8"))["curve"]
    assert curve == [list(point) for point in chosen.curve]


def test_default_run_sees_all(collected: tuple[list[str], set[str]]) -> None:
    """It kills each fault, runs each test function, and stays small."""
    default = {*collected[0]} - {*THOROUGH.read_text(encoding="utf-8").splitlines()}
    costs = Costs.load()

    for fault, kills in KillMatrix.load().kills.items():
        assert kills.keys() & default or CASE_FILES in map(function_of, kills), fault
    assert {*map(function_of, default)} == {*map(function_of, collected[0])}
    assert sum(costs.of(test).sessions for test in default) <= MOST_SESSIONS


def test_each_test_of_the_choice_tells_something() -> None:
    """A test stays if it kills something new, runs a new function, costs nothing, or must run."""
    costs = {name: Cost(sessions) for name, sessions in Counter(
        {"f[core]": 1, "f[new]": 1, "f[same]": 1, "f[free]": 0, "g[a]": 2, "g[b]": 1}
    ).items()}  # fmt: skip
    kills = {"f[core]": {"one"}, "f[same]": {"one"}, "f[new]": {"one", "two"}}

    chosen = compute([*costs], {"f[core]"}, Costs(costs), kills)

    assert chosen.thorough == ["f[same]", "g[a]"]
    assert chosen.curve[-1] == (3, 2, 2)
