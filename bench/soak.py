"""``python -m bench.soak``: the suite again and again, in another order each time, under load.

Every second run shares its cores with programs that do nothing but compute, and every third one
has a stand-in that answers late. A test that passes only on an idle machine shows itself here.
"""

import argparse
import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.busy import busy_cores
from bench.tally import Soaked, Tally
from suite.run import read_records

FOLDER = Path("test-results/soak")
LATENCY_MS = 80
_END_WITHIN_S = 60.0
#: What shells make of Ctrl-C.
_INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Plan:
    """What one run is like."""

    number: int
    seed: int
    busy: bool
    slow: bool

    @property
    def conditions(self) -> str:
        """In words."""
        return " and ".join(
            word for word, on in (("busy cores", self.busy), ("slow network", self.slow)) if on
        )


def plan(number: int, seed: int) -> Plan:
    """Half of all runs are busy, a third are slow, and so a sixth are both."""
    return Plan(number, seed, busy=number % 2 == 0, slow=number % 3 == 0)


def command(plan: Plan, folder: Path, select: Sequence[str]) -> list[str]:
    """The pytest call of one run."""
    return [
        *(sys.executable, "-m", "pytest", "e2e", "--seed", str(plan.seed)),
        *("--output", str(folder), "-q", "--no-header"),
        *(["-p", "bench.slow_network", "--latency-ms", str(LATENCY_MS)] if plan.slow else []),
        *select,
    ]


def soak(
    plan: Plan, folder: Path, select: Sequence[str], *, within_s: float | None
) -> tuple[Soaked, bool]:
    """Run the suite once; cut it short when the time is up or on Ctrl-C.

    Returns:
        What came of it, and whether there may be another run.
    """
    began = time.monotonic()
    load = busy_cores(os.cpu_count() or 1) if plan.busy else contextlib.nullcontext()
    with load:
        process = subprocess.Popen(
            command(plan, folder, select),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            # Ctrl-C is for this program, which then tells pytest: once, and not twice.
            start_new_session=True,
        )
        words, code = _wait(process, within_s)
    soaked = Soaked(
        number=plan.number,
        seed=plan.seed,
        conditions=plan.conditions,
        code=code,
        seconds=time.monotonic() - began,
        records=tuple(read_records(folder)) if folder.is_dir() else (),
        words=words,
    )
    if folder.is_dir() and not soaked.is_green:
        # Only what needs an explanation is worth its space.
        shutil.copytree(folder, FOLDER / f"run-{plan.number:02d}", dirs_exist_ok=True)
    return soaked, code is not None


def _wait(process: subprocess.Popen[str], within_s: float | None) -> tuple[str, int | None]:
    try:
        words, _ = process.communicate(timeout=within_s)
    except (subprocess.TimeoutExpired, KeyboardInterrupt):
        _interrupt(process)
        try:
            words, _ = process.communicate(timeout=_END_WITHIN_S)
        except subprocess.TimeoutExpired:
            process.kill()
            words, _ = process.communicate()
        return words, None
    return words, process.returncode


def _interrupt(process: subprocess.Popen[str]) -> None:
    if sys.platform == "win32":  # there only a console can press Ctrl-C
        process.terminate()
    else:
        process.send_signal(signal.SIGINT)


def main(arguments: list[str] | None = None) -> int:
    """Repeat, count, and show how to repeat whatever failed."""
    options, more = _parse(arguments)
    select = [*(["-k", options.select] if options.select else []), *more]
    deadline = time.monotonic() + options.minutes * 60 if options.minutes else None
    chance = random.Random(options.seed)  # noqa: S311 -- orders of tests, not secrets
    shutil.rmtree(FOLDER, ignore_errors=True)
    tally, goes_on = Tally(), True
    for number in range(1, options.runs + 1):
        left_s = None if deadline is None else deadline - time.monotonic()
        if left_s is not None and left_s <= 0:
            print("The minutes are over.")
            break
        one = plan(number, chance.getrandbits(32))
        # Elsewhere than in test-results, which any other run of the suite clears.
        with tempfile.TemporaryDirectory(prefix="soak-") as folder:
            run, goes_on = soak(one, Path(folder), select, within_s=left_s)
        tally.runs.append(run)
        print(run.line, flush=True)
        if not goes_on:
            break
    print("\n" + "\n".join(tally.lines()))
    interrupted = not goes_on and (deadline is None or time.monotonic() < deadline)
    return tally.exit_code or (_INTERRUPTED if interrupted else 0)


def _parse(arguments: list[str] | None) -> tuple[argparse.Namespace, list[str]]:
    parser = argparse.ArgumentParser(
        prog="python -m bench.soak",
        description=__doc__,
        epilog="Everything else is handed to pytest, such as -m core.",
    )
    parser.add_argument("--runs", type=int, default=30, help="how often (default %(default)s)")
    parser.add_argument("--select", metavar="EXPRESSION", help="which tests, as for pytest -k")
    parser.add_argument("--minutes", type=float, help="end after so long, whatever is running then")
    parser.add_argument(
        "--seed",
        type=int,
        default=random.Random().getrandbits(32),  # noqa: S311 -- as above
        help="repeats the orders of a former soak",
    )
    options, more = parser.parse_known_args(arguments)
    print(f"seed of all seeds: {options.seed}")
    return options, more


if __name__ == "__main__":
    sys.exit(main())
