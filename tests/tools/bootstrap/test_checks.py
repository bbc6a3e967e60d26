"""Tests of `make test`: steps, failures and arguments."""

import sys

import pytest

from tools.bootstrap import checks
from tools.bootstrap.checks import Step


def step(name: str, code: int) -> Step:
    """A step with this exit code."""
    return Step(name, (sys.executable, "-c", f"raise SystemExit({code})"))


def test_every_step_runs_and_the_failing_ones_are_named(
    capfd: pytest.CaptureFixture[str],
) -> None:
    """A failing step does not stop the next ones, and the result names each failure."""
    failed = checks.run([step("lint", 1), step("types", 0), step("e2e", 5)])

    assert failed == ["lint", "e2e"]
    assert capfd.readouterr().err == "— lint\n— types\n— e2e\n"


@pytest.mark.parametrize("code", [1, 2, 3, 4, 5])
def test_no_exit_code_but_zero_passes(code: int) -> None:
    """Every exit code but 0 fails, also 'no tests collected' (5) and 'usage error' (4)."""
    assert checks.run([step("tests", code)]) == ["tests"]


def test_one_failing_step_fails_the_run(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """The last line names the failing step."""
    monkeypatch.setattr(checks, "steps", lambda _: [step("lint", 1), step("tests", 0)])

    assert checks.main([]) == 1
    assert capfd.readouterr().err.endswith("make test failed: lint.\n")


def test_passing_steps_pass_the_run(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Nothing follows pytest's last line."""
    monkeypatch.setattr(checks, "steps", lambda _: [step("tests", 0)])

    assert checks.main([]) == 0
    assert capfd.readouterr().err == "— tests\n"


def test_e2e_runs_under_both_behaviours_and_takes_the_arguments(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Both runs of e2e receive the options for pytest."""
    chosen: list[Step] = []
    monkeypatch.setattr(checks, "run", chosen.extend)

    checks.main(["-k", "success"])

    runs = [one.command for one in chosen if "e2e" in one.command]

    assert [command[4:] for command in runs] == [
        ("--behaviour", "documented", "--output", "test-results/documented", "-k", "success"),
        ("--behaviour", "measured", "--output", "test-results/measured", "-k", "success"),
    ]
