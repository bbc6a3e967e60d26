"""The number of processes that share a whole run."""

import os

import pytest

#: More were never measured, and each starts a browser and a stand-in.
MOST_WORKERS = 4
#: Options of a person who wants a few tests, or to follow them.
CHOOSING = ("keyword", "markexpr", "lf", "failedfirst", "stepwise", "case")
FOLLOWING = ("collectonly", "usepdb", "trace", "headed", "maxfail", "fault")


def share_among_workers(config: pytest.Config, *, embedded: bool) -> None:
    """Give a whole run on the stand-in one worker more than there are cores.

    That was measured to be quickest. A number on the command line takes precedence. A run of some
    tests, or one that a person wants to follow, has no workers. See
    docs/decisions/0012-workers-in-a-whole-run.md.

    Args:
        config: pytest's; xdist reads its option ``numprocesses`` after this.
        embedded: whether the target is the stand-in; a real provider limits its calls.
    """
    option = config.option
    given = getattr(option, "numprocesses", 0) is not None or option.dist != "no" or option.tx
    few = any(getattr(option, name, None) for name in (*CHOOSING, *FOLLOWING))
    worker = hasattr(config, "workerinput")
    if given or few or worker or not embedded or not _asks_for_all(config):
        return
    if (cores := _cores()) > 1:
        option.numprocesses = min(cores + 1, MOST_WORKERS)


def worker_number(config: pytest.Config) -> int:
    """Return the number of this worker, from 0; a run without workers is 0."""
    name = getattr(config, "workerinput", {}).get("workerid", "gw0")
    return int(name.removeprefix("gw"))


def _asks_for_all(config: pytest.Config) -> bool:
    """Whether the arguments are exactly the folders whose tests are reported."""
    folders = {config.rootpath / path for path in config.getini("report_paths")}
    asked = {config.invocation_params.dir / argument for argument in config.args}
    return asked == folders


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):  # respects containers and taskset
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
