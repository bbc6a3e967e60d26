"""How many processes share a run that nobody gave a number to."""

import os

import pytest

#: More were never measured, and each brings a browser and a stand-in of its own.
MOST_WORKERS = 4
#: With one of these a person wants one test, or a few, and to follow them.
CHOOSING = ("keyword", "markexpr", "lf", "failedfirst", "stepwise", "case")
FOLLOWING = ("collectonly", "usepdb", "trace", "headed", "maxfail", "fault")


def share_among_workers(config: pytest.Config, target: str) -> None:
    """Give a whole run a worker for each core and one more, as was measured to be quickest.

    A number on the command line is left alone, and so is a run of some tests only, of one that
    a person wants to follow, or against a provider that is not ours: there each card and each
    call counts. See docs/decisions/0012-workers-in-a-whole-run.md.

    Args:
        config: pytest's; xdist reads its option ``numprocesses`` after this.
        target: of the run.
    """
    option = config.option
    given = getattr(option, "numprocesses", 0) is not None or option.dist != "no" or option.tx
    few = any(getattr(option, name, None) for name in (*CHOOSING, *FOLLOWING))
    if given or few or target != "standin" or hasattr(config, "workerinput"):
        return
    if not _asks_for_all(config):
        return
    cores = _cores()
    if cores > 1:
        option.numprocesses = min(cores + 1, MOST_WORKERS)  # one waits while the others work


def _asks_for_all(config: pytest.Config) -> bool:
    """Whether the arguments are the folders whose tests leave a report, and nothing else."""
    folders = {config.rootpath / path for path in config.getini("report_paths")}
    asked = {config.invocation_params.dir / argument for argument in config.args}
    return asked == folders


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):  # what a container or `taskset` leaves of the machine
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
