"""Tests of every run, and tests of a thorough run only."""

from itertools import product
from types import SimpleNamespace
from typing import Any
from unittest.mock import Mock

import pytest

from e2e.outcome_params import outcomes_in_turn
from e2e.url_shapes import SHAPES, Trial, odd_trials, plain_trials
from records.outcome import Outcome
from suite.selection import only_the_choice, select


def kept(decorator: pytest.MarkDecorator) -> list[tuple[Any, Outcome]]:
    """The values and outcomes that are in every run."""
    params = decorator.args[1]
    return [
        param.values for param in params if "thorough" not in {mark.name for mark in param.marks}
    ]


def test_values_take_turns_at_the_outcomes() -> None:
    """Each value meets one outcome, and neighbours different ones; or each value meets two."""
    turns = outcomes_in_turn("letter", "abcd")
    twice = outcomes_in_turn("letter", "abc", each=2)
    assert kept(turns) == list(zip("abcd", [*Outcome, Outcome.SUCCESS], strict=True))
    assert sorted(outcome for _, outcome in kept(twice)) == sorted([*Outcome, *Outcome])


def test_thorough_run_has_every_pair_once() -> None:
    """All values meet all outcomes."""
    params = outcomes_in_turn("letter", "ab").args[1]
    assert [param.values for param in params] == list(product("ab", Outcome))


def test_test_without_a_promise_is_refused() -> None:
    """A red run shows a test's docstring, so plain pytest demands one."""
    item: Any = SimpleNamespace(nodeid="e2e/test_a.py::test_b", obj=lambda: None)
    with pytest.raises(pytest.UsageError, match=r"e2e/test_a\.py::test_b must have a docstring"):
        select([item], Mock())


@pytest.mark.parametrize("trials", [[*plain_trials()], [*odd_trials()]], ids=["plain", "odd"])
def test_every_shape_is_tried_in_every_run(trials: list[Trial]) -> None:
    """Every run has each shape, alone or as part of a joint URL."""
    always = {trial.shape.name for trial in trials if trial.always}
    joint = " ".join(trial.shape.text for trial in trials if trial.always)
    for shape in {trial.shape for trial in trials}:
        assert shape.name in always or shape.text.removeprefix("BASE").lstrip("?") in joint


def test_every_pair_of_shape_and_outcome_is_tried_once() -> None:
    """A thorough run leaves nothing out and repeats nothing."""
    pairs = [(trial.shape.name, trial.outcome) for trial in [*plain_trials(), *odd_trials()]]
    assert sorted(pairs) == sorted((s.name, outcome) for s in SHAPES for outcome in s.outcomes)


def item(nodeid: str, *marks: str) -> Any:
    """As much of a test as the choice looks at."""
    return SimpleNamespace(nodeid=nodeid, get_closest_marker=lambda name: name in marks)


@pytest.mark.parametrize(("argument", "chosen"), [
    ("e2e", 1),
    ("e2e/test_a.py::test_it", 1),
    ("e2e/test_a.py::test_it[x]", 1),
    ("e2e/test_a.py::test_it[y]", 2),
    ("/home/me/suite/e2e/test_a.py::test_it[y]", 2),
    (r"C:\suite\e2e\test_a.py::test_it[y]", 2),
])  # fmt: skip
def test_thorough_test_must_be_named(argument: str, chosen: int) -> None:
    """Only an argument with its parameters selects a test of a thorough run in any run."""
    items = [item("e2e/test_a.py::test_it[x]"), item("e2e/test_a.py::test_it[y]", "thorough")]
    assert only_the_choice(items, [argument]) == (items[:chosen], items[chosen:])
