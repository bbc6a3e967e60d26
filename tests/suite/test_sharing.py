"""The default number of workers."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

import conftest
from suite import workers

ROOT = Path(__file__).parents[2]


def config(*args: str, **options: Any) -> Any:
    """A stub of pytest's configuration before a run."""
    plain: dict[str, Any] = {"numprocesses": None, "dist": "no", "tx": []}
    return SimpleNamespace(
        option=SimpleNamespace(**{**plain, **options}),
        args=list(args),
        rootpath=ROOT,
        invocation_params=SimpleNamespace(dir=ROOT),
        getini=lambda _: ["e2e"],
    )


def number_of(run: Any, target: str = "standin") -> Any:
    """Return the number of workers of a run."""
    workers.share_among_workers(cast("pytest.Config", run), target)
    return run.option.numprocesses


@pytest.mark.parametrize(("cores", "number"), [(1, None), (2, 3), (3, 4), (64, 4)])
def test_whole_run_gets_one_worker_more_than_cores(
    monkeypatch: pytest.MonkeyPatch, cores: int, number: int | None
) -> None:
    """A single core has no workers, and four is the maximum."""
    monkeypatch.setattr(workers, "_cores", lambda: cores)

    assert number_of(config("e2e")) == number


@pytest.mark.parametrize(
    "run",
    [
        config("e2e/test_outcomes.py"),
        config("e2e", "tests"),
        config("tests"),
        config("e2e", markexpr="core"),
        config("e2e", keyword="lands"),
        config("e2e", case="some.toml"),
        config("e2e", maxfail=1),
        config("e2e", usepdb=True),
        config("e2e", headed=True),
        config("e2e", fault="query-dropped"),
        config("e2e", collectonly=True),
    ],
    ids=lambda run: " ".join(run.args) + "".join(f" {key}" for key in vars(run.option)),
)
def test_run_of_some_tests_stays_in_one_process(monkeypatch: pytest.MonkeyPatch, run: Any) -> None:
    """Selected tests, and tests that a person follows, run one after the other."""
    monkeypatch.setattr(workers, "_cores", lambda: 2)

    assert number_of(run) is None


@pytest.mark.parametrize(
    ("target", "options", "number"),
    [
        ("sandbox", {}, None),
        ("standin", {"numprocesses": 0}, 0),
        ("standin", {"numprocesses": 3}, 3),
    ],
)
def test_sandbox_or_given_number_is_respected(
    monkeypatch: pytest.MonkeyPatch, target: str, options: dict[str, int], number: int | None
) -> None:
    """Tests against a real provider run one after the other; a given number is not changed."""
    monkeypatch.setattr(workers, "_cores", lambda: 2)

    assert number_of(config("e2e", **options), target) == number


def test_run_without_xdist_is_unchanged() -> None:
    """Without the plug-in, no option is set."""
    run = config("e2e")
    del run.option.numprocesses, run.option.dist, run.option.tx

    workers.share_among_workers(run, "standin")

    assert vars(run.option) == {}


def test_worker_has_the_seed_of_its_controller() -> None:
    """Every worker must make the same tests, in the same order."""
    node = SimpleNamespace(workerinput={}, config=SimpleNamespace(option=SimpleNamespace(seed=7)))
    conftest.pytest_configure_node(node)
    worker = SimpleNamespace(option=SimpleNamespace(seed=8), workerinput=node.workerinput)

    conftest.pytest_configure(cast("pytest.Config", worker))

    assert worker.option.seed == worker.option.randomly_seed == 7
