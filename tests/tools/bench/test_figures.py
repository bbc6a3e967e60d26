"""Tests of figures and their limits."""

import pytest

from tools.bench.figures import Figure, report


@pytest.mark.parametrize(("figure", "holds"), [
    (Figure("ratio", 1.15, "times", at_most=1.15), True),
    (Figure("ratio", 1.16, "times", at_most=1.15), False),
    (Figure("creates", 2000.0, "/s", at_least=2000), True),
    (Figure("creates", 1999.9, "/s", at_least=2000), False),
    (Figure("memory", 1e9, "MiB"), True),
])  # fmt: skip
def test_figure_is_held_to_its_limit(figure: Figure, holds: bool) -> None:
    """A value equal to the limit holds; a value beyond it does not."""
    assert figure.holds is holds


@pytest.mark.parametrize(("limit", "code"), [(0.5, 1), (5.0, 0)])
def test_broken_limit_is_shown(capsys: pytest.CaptureFixture[str], limit: float, code: int) -> None:
    """A broken limit stands out and makes the exit code 1; only figures with a limit count."""
    assert report("Title", [Figure("a", 3.0, "s", at_most=limit), Figure("b", 3.0, "s")]) == code
    text = capsys.readouterr().out
    assert f"at most {limit:.2f}    {'BROKEN' if code else 'holds'}\n" in text
    assert f"{1 - code} of 1 limits hold" in text
