"""The default number of worker processes."""

import os

import pytest

#: More were never measured, and each worker starts its own browser and stand-in.
MOST_WORKERS = 4
#: Options of a person who wants a few tests, or to follow them.
CHOOSING = ("keyword", "markexpr", "lf", "failedfirst", "stepwise", "case")
FOLLOWING = ("collectonly", "usepdb", "trace", "headed", "maxfail", "fault")


def share_among_workers(config: pytest.Config, target: str) -> None:
    """Give a whole run one worker more than there are cores, which was measured to be quickest.

    A number on the command line takes precedence. A run of some tests, a run that a person wants
    to follow, and a run against a real provider have no workers. See
    docs/decisions/0012-workers-in-a-whole-run.md.

    Args:
        config: xdist reads its option ``numprocesses`` after this.
        target: of the run.
    """
    option = config.option
    given = getattr(option, "numprocesses", 0) is not None or option.dist != "no" or option.tx
    few = any(getattr(option, name, None) for name in (*CHOOSING, *FOLLOWING))
    worker = hasattr(config, "workerinput")
    if given or few or worker or target != "standin" or not _asks_for_all(config):
        return
    if (cores := _cores()) > 1:
        option.numprocesses = min(cores + 1, MOST_WORKERS)


def _asks_for_all(config: pytest.Config) -> bool:
    """Whether the arguments are exactly the folders whose tests are reported."""
    folders = {config.rootpath / path for path in config.getini("report_paths")}
    asked = {config.invocation_params.dir / argument for argument in config.args}
    return asked == folders


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):  # respects containers and taskset
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
