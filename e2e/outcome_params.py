"""Parameters of tests: the three outcomes, and values that take turns at them."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from records.outcome import Outcome

EVERY_OUTCOME = pytest.mark.parametrize("outcome", Outcome)


def param(name: str, *values: Any, always: bool, marks: Iterable[pytest.MarkDecorator] = ()) -> Any:
    """Return the parameters of one test, for every run or for thorough runs only."""
    late = [] if always else [pytest.mark.thorough]
    return pytest.param(*values, id=name, marks=[*marks, *late])


def outcomes_in_turn(
    name: str, values: Iterable[Any], *, each: int = 1, label: Callable[[Any], str] = str
) -> pytest.MarkDecorator:
    """Combine each value with some outcomes, in turn; a thorough run combines it with all.

    Parametrizes ``name`` and ``outcome``.

    Args:
        name: of the parameter that takes the values.
        values: what takes turns.
        each: how many outcomes a value has in every run.
        label: of a value, for reports.
    """
    parameters = [
        param(f"{outcome}-{label(value)}", value, outcome, always=(turn - number) % 3 < each)
        for number, value in enumerate(values)
        for turn, outcome in enumerate(Outcome)
    ]
    return pytest.mark.parametrize((name, "outcome"), parameters)
