"""Tests of `make test`: steps, failures and arguments."""

import sys
from pathlib import Path

import pytest

from tools.bootstrap import checks

Capture = pytest.CaptureFixture[str]


def command(code: int) -> tuple[str, ...]:
    """A command with this exit code."""
    return (sys.executable, "-c", f"raise SystemExit({code})")


@pytest.mark.parametrize("code", [1, 2, 3, 4, 5])
def test_no_exit_code_but_zero_passes(code: int) -> None:
    """Every exit code but 0 fails, also 'no tests collected' (5) and 'usage error' (4)."""
    assert checks.run({"tests": command(code)}) == ["tests"]


@pytest.mark.parametrize(("codes", "code", "last"), [
    pytest.param((1, 0, 5), 1, "— e2e\nmake test failed: lint; e2e.\n", id="failing"),
    pytest.param((0, 0, 0), 0, "— e2e\n", id="passing"),
])  # fmt: skip
def test_every_step_runs_and_the_failing_ones_are_named(
    monkeypatch: pytest.MonkeyPatch,
    capfd: Capture,
    tmp_path: Path,
    *,
    codes: tuple[int, ...],
    code: int,
    last: str,
) -> None:
    """A failing step does not stop the next ones; only a failure adds a line to pytest's last."""
    chosen = dict(zip(("lint", "types", "e2e"), map(command, codes), strict=True))
    monkeypatch.setattr(checks, "steps", lambda _: chosen)
    summary = tmp_path / "summary.md"
    monkeypatch.setenv(checks.SUMMARY_VARIABLE, str(summary))
    assert checks.main([]) == code
    shown, took, rest = capfd.readouterr().err.partition("took:\n")
    assert (shown, took) == ("— lint\n— types\n", "took:\n")
    *times, end = rest.split("— ")
    assert [line.rpartition(": ")[2] for line in "".join(times).splitlines()] == ["lint", "types"]
    assert f"— {end}" == last
    assert summary.read_text(encoding="utf-8").count(" s of processor time: ") == 3


def test_e2e_runs_under_both_behaviours_with_arguments(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both runs of e2e receive the options for pytest."""
    chosen: list[tuple[str, ...]] = []
    monkeypatch.setattr(checks, "run", lambda steps: chosen.extend(steps.values()))

    checks.main(["-k", "success"])

    assert [command[4:] for command in chosen if "--behaviour" in command] == [
        ("--behaviour", "documented", "--output", "test-results/documented", "-k", "success"),
        ("--behaviour", "measured", "--output", "test-results/measured", "-k", "success"),
    ]
