"""Parameters of tests: the three outcomes, each with a card that leads to it."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from clover import cards
from records.outcome import Outcome

#: The card that leads to an outcome; cancelling uses none.
CARD_FOR = {
    Outcome.SUCCESS: cards.APPROVED,
    Outcome.FAILURE: cards.DECLINED,
    Outcome.CANCEL: cards.APPROVED,
}

EVERY_OUTCOME = pytest.mark.parametrize(
    ("outcome", "card"), CARD_FOR.items(), ids=[str(outcome) for outcome in CARD_FOR]
)


def outcomes_in_turn(
    name: str, values: Iterable[Any], *, each: int = 1, label: Callable[[Any], str] = str
) -> pytest.MarkDecorator:
    """Combine each value with some outcomes, in turn; a thorough run combines it with all.

    Parametrizes ``name``, ``outcome`` and ``card``.

    Args:
        name: of the parameter that takes the values.
        values: plain ones, or pytest parameters with marks.
        each: how many outcomes a value has in every run.
        label: of a value, for reports.
    """
    turns = list(CARD_FOR.items())
    parameters = []
    for number, value in enumerate(values):
        plain, marks = (value.values[0], value.marks) if hasattr(value, "marks") else (value, ())
        for turn, (outcome, card) in enumerate(turns):
            late = (turn - number) % len(turns) >= each
            parameters.append(
                pytest.param(
                    plain,
                    outcome,
                    card,
                    id=f"{outcome}-{label(plain)}",
                    marks=[*marks, pytest.mark.thorough] if late else marks,
                )
            )
    return pytest.mark.parametrize((name, "outcome", "card"), parameters)
