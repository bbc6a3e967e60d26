"""Parameters of tests: the three outcomes, alone and with other values."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from records.outcome import Outcome

EVERY_OUTCOME = pytest.mark.parametrize("outcome", Outcome)


def with_each_outcome(
    name: str, values: Iterable[Any], *, label: Callable[[Any], str] = str
) -> pytest.MarkDecorator:
    """Combine each value with each outcome.

    Parametrizes ``name`` and ``outcome``; ``label`` names a value in reports.
    """
    parameters = [
        pytest.param(value, outcome, id=f"{outcome}-{label(value)}")
        for value in values
        for outcome in Outcome
    ]
    return pytest.mark.parametrize((name, "outcome"), parameters)
