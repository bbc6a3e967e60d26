"""Tests of every run, and tests of a thorough run only."""

from typing import Any

import pytest

from e2e.outcome_params import outcomes_in_turn
from e2e.url_shapes import SHAPES, Trial, odd_trials, plain_trials
from records.outcome import Outcome
from suite.selection import only_the_choice


def kept(decorator: pytest.MarkDecorator) -> list[tuple[Any, Outcome]]:
    """The values and outcomes that are in every run."""
    return [
        (param.values[0], param.values[1])
        for param in decorator.args[1]
        if not any(mark.name == "thorough" for mark in param.marks)
    ]


def test_values_take_turns_at_the_outcomes() -> None:
    """Each value meets one outcome, and neighbours meet different ones."""
    turns = outcomes_in_turn("letter", "abcd")

    assert kept(turns) == list(zip("abcd", [*Outcome, Outcome.SUCCESS], strict=True))


def test_value_can_have_two_turns() -> None:
    """With two outcomes each, three values meet every outcome twice."""
    met = [outcome for _, outcome in kept(outcomes_in_turn("letter", "abc", each=2))]

    assert sorted(met) == sorted([*Outcome, *Outcome])


def test_thorough_run_has_every_pair_once() -> None:
    """All values meet all outcomes."""
    params = outcomes_in_turn("letter", "ab").args[1]

    assert [param.values for param in params] == [
        (letter, outcome) for letter in "ab" for outcome in Outcome
    ]


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


class Item:
    """As much of a test as the choice looks at."""

    def __init__(self, nodeid: str, *marks: str) -> None:
        self.nodeid = nodeid
        self.marks = marks

    def get_closest_marker(self, name: str) -> str | None:
        """The name again, where the test carries such a marker."""
        return name if name in self.marks else None


ITEMS: list[Any] = [
    Item("e2e/test_a.py::test_it[x]"),
    Item("e2e/test_a.py::test_it[y]", "thorough"),
]


@pytest.mark.parametrize("argument", ["e2e", "e2e/test_a.py::test_it", "e2e/test_a.py::test_it[x]"])
def test_ordinary_run_leaves_the_rest(argument: str) -> None:
    """An argument without parameters does not select tests of a thorough run."""
    assert only_the_choice(ITEMS, [argument]) == (ITEMS[:1], ITEMS[1:])


@pytest.mark.parametrize("folder", ["", "/home/me/suite/", "C:\\suite\\"])
def test_named_test_runs_in_any_case(folder: str) -> None:
    """An argument with parameters selects a test of a thorough run."""
    argument = f"{folder}e2e/test_a.py::test_it[y]"
    argument = argument.replace("/", "\\") if "\\" in folder else argument

    assert only_the_choice(ITEMS, [argument]) == (ITEMS, [])
