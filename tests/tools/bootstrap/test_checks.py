"""`make test` and what it makes of its steps."""

import sys

import pytest

from tools.bootstrap import checks
from tools.bootstrap.checks import Step


def step(name: str, code: int) -> Step:
    """A step that ends with an exit code."""
    return Step(name, (sys.executable, "-c", f"raise SystemExit({code})"))


def test_every_step_runs_and_the_failing_ones_are_named(
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Whoever mends the first wants to know of the last."""
    failed = checks.run([step("lint", 1), step("types", 0), step("e2e", 5)])

    assert failed == ["lint", "e2e"]
    assert capfd.readouterr().err == "— lint\n— types\n— e2e\n"


@pytest.mark.parametrize("code", [1, 2, 3, 4, 5])
def test_no_exit_code_but_zero_passes(code: int) -> None:
    """No tests collected (5) and a usage error (4) are red."""
    assert checks.run([step("tests", code)]) == ["tests"]


def test_all_is_red_when_one_step_is(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """And the last line says which."""
    monkeypatch.setattr(checks, "steps", lambda _: [step("lint", 1), step("tests", 0)])

    assert checks.main([]) == 1
    assert capfd.readouterr().err.endswith("make test failed: lint.\n")


def test_all_is_green_when_each_step_is(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Then nothing follows pytest's closing line."""
    monkeypatch.setattr(checks, "steps", lambda _: [step("tests", 0)])

    assert checks.main([]) == 0
    assert capfd.readouterr().err == "— tests\n"


def test_e2e_runs_under_both_behaviours_and_takes_the_arguments() -> None:
    """What the documentation says and what was measured."""
    runs = [one.command for one in checks.steps(["-k", "success"]) if "e2e" in one.command]

    assert [command[4:] for command in runs] == [
        ("--behaviour", "documented", "--output", "test-results/documented", "-k", "success"),
        ("--behaviour", "measured", "--output", "test-results/measured", "-k", "success"),
    ]
