"""Tests of the soak: conditions, counts, and failures with their repro."""

from pathlib import Path
from typing import Any

import pytest

from records.recorded_test import Problem, TestRecord
from tools.bench.soak import Soaked, command, conditions, exit_code, summary


def record(status: str, **more: Any) -> TestRecord:
    """The record of one test."""
    usual = {"nodeid": "e2e/test_a.py::test_b", "title": "b", "test": "test_b", "line": 1}
    return TestRecord.model_validate({**usual, "file": "e2e/test_a.py", "status": status, **more})


def run(*statuses: str, code: int | None = 0) -> Soaked:
    """A run whose tests have these statuses."""
    return Soaked(1, 7, code, 3.0, tuple(map(record, statuses)), output="a\nlast line")


GREEN, CUT = run("passed"), run("passed", "running", code=None)


@pytest.mark.parametrize(("runs", "code"), [
    pytest.param([GREEN, run("passed", "skipped")], 0, id="green"),
    pytest.param([GREEN, CUT], 0, id="cut short"),
    pytest.param([CUT], 1, id="cut short alone"),
    pytest.param([GREEN, run("passed", "failed", code=1)], 1, id="failure"),
    pytest.param([GREEN, run("error", code=1)], 1, id="error"),
    pytest.param([GREEN, run("passed", code=3)], 1, id="crash"),
    pytest.param([GREEN, run(code=0)], 1, id="no evidence"),
    pytest.param([GREEN, run("skipped", code=0)], 1, id="nothing ran"),
    pytest.param([GREEN, run("failed", code=None)], 1, id="cut short after a failure"),
])  # fmt: skip
def test_one_bad_run_makes_the_soak_red(runs: list[Soaked], code: int) -> None:
    """A failure, an error, a crash and no tests are red; a run that is cut short proves nothing."""
    assert exit_code(runs) == code


def test_each_failure_is_shown_with_its_repro() -> None:
    """The summary names each failed test and the command that repeats it."""
    problem = Problem(phase="call", category="redirect bug", headline="wrong landing", text="")
    bad = record("failed", problems=[problem], repro="pytest e2e --seed 7")

    lines = "\n".join(summary([Soaked(2, 7, 1, 3.0, (bad,))])).splitlines()

    assert lines == [
        "1 runs, 1 tests, 1 failures, 0 errors, 0 runs green",
        "",
        "run 2, failed: e2e/test_a.py::test_b",
        "  wrong landing",
        "  pytest e2e --seed 7",
    ]


@pytest.mark.parametrize("code", [0, 4])
def test_failure_that_no_test_explains_shows_the_output(code: int) -> None:
    """A crash before the first test, and an empty run, show the end of pytest's output."""
    assert [*summary([run(code=code)])][-2:] == ["  a", "  last line"]


def test_half_of_the_runs_are_busy_and_a_third_are_slow() -> None:
    """The conditions alternate over the runs, and the first one has none."""
    loads = [conditions(number) for number in range(1, 31)]
    assert sum("busy cores" in load for load in loads) == 15
    assert sum("slow network" in load for load in loads) == 10
    assert loads[0] == ()


def test_slow_run_loads_the_slow_network(tmp_path: Path) -> None:
    """Seed, selection and the plug-in reach pytest."""
    slow = command(3, 99, tmp_path, ["-k", "core"])
    assert slow[slow.index("--seed") + 1] == "99"
    assert "tools.bench.slow_network" in slow
    assert slow[-2:] == ["-k", "core"]
    assert "tools.bench.slow_network" not in command(1, 99, tmp_path, [])
