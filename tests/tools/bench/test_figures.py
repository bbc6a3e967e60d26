"""Tests of figures and their limits."""

import pytest

from tools.bench.figures import Figure, closing, table


@pytest.mark.parametrize(
    ("figure", "holds"),
    [
        (Figure("ratio", 1.15, "times", at_most=1.15), True),
        (Figure("ratio", 1.16, "times", at_most=1.15), False),
        (Figure("creates", 2000.0, "/s", at_least=2000), True),
        (Figure("creates", 1999.9, "/s", at_least=2000), False),
        (Figure("memory", 1e9, "MiB"), True),
    ],
)
def test_figure_is_held_to_its_limit(figure: Figure, holds: bool) -> None:
    """A value equal to the limit holds; a value beyond it does not."""
    assert figure.holds is holds


def test_broken_limit_stands_out_in_the_table() -> None:
    """A row shows its limit and whether it holds."""
    text = table("Title", [Figure("a", 3.0, "s", at_most=0.5), Figure("b", 0.1, "s", at_most=0.5)])

    title, first, second = text.splitlines()
    assert title == "Title"
    assert first.endswith("at most 0.50    BROKEN")
    assert second.endswith("at most 0.50    holds")


def test_closing_line_counts_limits_only() -> None:
    """A figure without a limit is not counted."""
    figures = [Figure("a", 3.0, "s"), Figure("b", 3.0, "s", at_most=0.5)]

    assert closing(figures).startswith("0 of 1 limits hold")
