"""Runs that are shared among workers by default."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from suite import workers
from suite.fixtures import options

ROOT = Path(__file__).parents[2]


def config(*args: str, **options: Any) -> Any:
    """What pytest knows of a run before it starts."""
    plain: dict[str, Any] = {"numprocesses": None, "dist": "no", "tx": []}
    return SimpleNamespace(
        option=SimpleNamespace(**{**plain, **options}),
        args=list(args),
        rootpath=ROOT,
        invocation_params=SimpleNamespace(dir=ROOT),
        getini=lambda _: ["e2e"],
    )


def number_of(
    run: Any, monkeypatch: pytest.MonkeyPatch, *, cores: int = 2, embedded: bool = True
) -> Any:
    """Return the number of workers of a run on a machine with ``cores`` cores."""
    monkeypatch.setattr(workers, "_cores", lambda: cores)
    workers.share_among_workers(cast("pytest.Config", run), embedded=embedded)
    return run.option.numprocesses


@pytest.mark.parametrize(("cores", "number"), [(1, None), (2, 3), (3, 4), (64, 4)])
def test_number_of_workers(monkeypatch: pytest.MonkeyPatch, cores: int, number: int | None) -> None:
    """A whole run has a worker more than cores, but one process on one core and at most four."""
    assert number_of(config("e2e"), monkeypatch, cores=cores) == number
    assert number_of(config("e2e"), monkeypatch, cores=cores, embedded=False) is None


OPTIONS: tuple[dict[str, Any], ...] = (
    {"markexpr": "core"}, {"keyword": "lands"}, {"case": "some.toml"}, {"maxfail": 1},
    {"usepdb": True}, {"headed": True}, {"fault": "query-dropped"}, {"collectonly": True},
    {"numprocesses": 0}, {"numprocesses": 5},
)  # fmt: skip
RUNS = [
    *(config("e2e/test_outcomes.py"), config("e2e", "tests"), config("tests")),
    *(config("e2e", **chosen) for chosen in OPTIONS),
]


@pytest.mark.parametrize("run", RUNS, ids=lambda run: f"{run.args} {vars(run.option)}")
def test_other_runs_keep_their_number(monkeypatch: pytest.MonkeyPatch, run: Any) -> None:
    """A run of chosen tests, or one to follow, uses one process; a given number is kept."""
    given = run.option.numprocesses
    assert number_of(run, monkeypatch) == given


def test_run_without_xdist_is_left_alone() -> None:
    """Without the plug-in no option is set."""
    run = config("e2e")
    del run.option.numprocesses, run.option.dist, run.option.tx
    workers.share_among_workers(run, embedded=True)
    assert vars(run.option) == {}


def test_worker_has_the_seed_of_its_controller() -> None:
    """Every worker makes the same tests in the same order."""
    node = SimpleNamespace(workerinput={}, config=SimpleNamespace(option=SimpleNamespace(seed=7)))
    options.pytest_configure_node(node)
    worker = SimpleNamespace(option=SimpleNamespace(seed=8), workerinput=node.workerinput)
    options.pytest_configure(cast("pytest.Config", worker))
    assert worker.option.seed == worker.option.randomly_seed == 7
