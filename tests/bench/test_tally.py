"""What a soak makes of its runs."""

from typing import Any

import pytest

from bench.soak import command, plan
from bench.tally import Soaked, Tally
from records.recorded_test import Problem, TestRecord


def record(status: str, **more: Any) -> TestRecord:
    """One test's evidence."""
    usual = {"nodeid": "e2e/test_a.py::test_b", "title": "b", "test": "test_b", "line": 1}
    return TestRecord.model_validate({**usual, "file": "e2e/test_a.py", "status": status, **more})


def run(*statuses: str, code: int | None = 0, number: int = 1) -> Soaked:
    """A run whose tests ended so."""
    records = tuple(record(status) for status in statuses)
    return Soaked(number, 7, "", code, 3.0, records, words="a\nlast words")


def test_green_runs_make_a_green_soak() -> None:
    """Runs without a problem end with exit code 0."""
    assert Tally([run("passed"), run("passed", "skipped")]).exit_code == 0


@pytest.mark.parametrize(
    "bad",
    [
        run("passed", "failed", code=1),
        run("error", code=1),
        run("passed", code=3),
        run(code=0),
        run("skipped", code=0),
        run("failed", code=None),
    ],
    ids=["failure", "error", "crash", "no evidence", "nothing ran", "cut short after a failure"],
)
def test_one_bad_run_makes_the_soak_red(bad: Soaked) -> None:
    """A failure, an error, a crash and a run that tested nothing are all red."""
    assert Tally([run("passed"), bad]).exit_code == 1


def test_run_that_was_cut_short_is_no_verdict() -> None:
    """Ctrl-C after green runs leaves them green; with no finished run there is nothing to say."""
    cut = run("passed", "running", code=None)

    assert Tally([run("passed"), cut]).exit_code == 0
    assert Tally([cut]).exit_code == 1


def test_each_problem_is_shown_with_its_repro() -> None:
    """Whoever reads the summary can repeat what failed."""
    problem = Problem(phase="call", category="redirect bug", headline="landed elsewhere", text="")
    bad = record("failed", problems=[problem], repro="pytest e2e --seed 7")
    soaked = Soaked(2, 7, "busy cores", 1, 3.0, (bad,))

    lines = list(Tally([soaked]).lines())

    assert lines[0] == "1 runs, 1 tests, 1 failures, 0 errors, 0 runs green"
    assert lines[2:] == [
        "run 2, failed: e2e/test_a.py::test_b",
        "  landed elsewhere",
        "  pytest e2e --seed 7",
    ]


@pytest.mark.parametrize("code", [0, 4])
def test_run_that_no_test_explains_shows_pytests_words(code: int) -> None:
    """A crash before the first test is shown by what pytest said last, and so is an empty run."""
    lines = list(Tally([run(code=code)]).lines())

    assert lines[-2:] == ["  a", "  last words"]


def test_half_of_the_runs_are_busy_and_a_third_are_slow() -> None:
    """The conditions are spread over the runs, the first one being free of both."""
    plans = [plan(number, 1) for number in range(1, 31)]

    assert sum(each.busy for each in plans) == 15
    assert sum(each.slow for each in plans) == 10
    assert plans[0].conditions == ""


def test_slow_run_loads_the_slow_network(tmp_path: Any) -> None:
    """Seed, selection and latency reach pytest."""
    slow = command(plan(3, 99), tmp_path, ["-k", "core"])

    assert slow[slow.index("--seed") + 1] == "99"
    assert "bench.slow_network" in slow
    assert slow[-2:] == ["-k", "core"]
    assert "bench.slow_network" not in command(plan(1, 99), tmp_path, [])
