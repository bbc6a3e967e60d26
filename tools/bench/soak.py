"""``python -m tools.bench.soak``: repeated runs of the suite in random order, under load.

Every second run shares its cores with busy processes, and every third one has a stand-in that
answers late. Tests that pass only on an idle machine fail here.
"""

import contextlib
import multiprocessing
import random
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from records.recorded_test import TestRecord
from suite.run import read_records
from tools.command_line import Parser
from tools.measured import keep

FOLDER = Path("test-results/soak")
SLOW_NETWORK = ("-p", "tools.bench.slow_network")
BAD = ("failed", "error")
_END_WITHIN_S = 60.0
#: The exit code of shells after Ctrl-C.
_INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Soaked:
    """One run.

    Attributes:
        number: counts from 1.
        code: pytest's exit code, or None if the run was cut short.
        output: of pytest; its end is shown for a failure that no test explains.
    """

    number: int
    seed: int
    code: int | None
    seconds: float
    records: tuple[TestRecord, ...]
    output: str = ""

    def count(self, *statuses: str) -> int:
        """The number of tests with one of these statuses."""
        return sum(record.status in statuses for record in self.records)

    @property
    def tests(self) -> int:
        """The number of tests that ended; skipped ones do not count."""
        return len(self.records) - self.count("running", "skipped")

    @property
    def is_green(self) -> bool:
        """Whether the run ended, and its tests passed."""
        return self.code == 0 and self.tests > 0 and not self.count(*BAD)

    @property
    def line(self) -> str:
        """The run on one line."""
        load = " and ".join(conditions(self.number))
        counts = f"{self.tests} tests, {self.count('failed')} failed, {self.count('error')} errors"
        ended = "cut short" if self.code is None else ""
        cells = (f"run {self.number}", f"seed {self.seed}", load, counts, f"{self.seconds:.0f} s")
        return "  ".join(filter(None, (*cells, ended)))


def conditions(number: int) -> tuple[str, ...]:
    """Return the load on a run: half of all runs are busy, a third slow, a sixth both."""
    return ("busy cores",) * (number % 2 == 0) + ("slow network",) * (number % 3 == 0)


def command(number: int, seed: int, folder: Path, select: Sequence[str]) -> list[str]:
    """Return the pytest call of a run."""
    return [
        *(sys.executable, "-m", "pytest", "e2e", "--seed", str(seed)),
        *("--output", str(folder), "-q", "--no-header"),
        *(SLOW_NETWORK if "slow network" in conditions(number) else ()),
        *select,
    ]


def soak(number: int, seed: int, select: Sequence[str], *, within_s: float | None) -> Soaked:
    """Run the suite once, until it ends, the time is over, or Ctrl-C is pressed."""
    began = time.monotonic()
    is_busy = "busy cores" in conditions(number)
    busy = multiprocessing.Pool(initializer=_burn) if is_busy else contextlib.nullcontext()
    # Not in test-results, which every other run of the suite clears.
    with tempfile.TemporaryDirectory(prefix="soak-") as name, busy:
        folder = Path(name)
        process = subprocess.Popen(
            command(number, seed, folder, select),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            # Ctrl-C then reaches this process only, which interrupts pytest once and not twice.
            start_new_session=True,
        )
        output, code = _wait(process, within_s)
        seconds = time.monotonic() - began
        run = Soaked(number, seed, code, seconds, tuple(read_records(folder)), output)
        if not run.is_green:
            shutil.copytree(folder, FOLDER / f"run-{number:02d}", dirs_exist_ok=True)
    return run


def _burn() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent
    parent = multiprocessing.parent_process()
    while parent and parent.is_alive():
        sum(range(100_000))


def _wait(process: subprocess.Popen[str], within_s: float | None) -> tuple[str, int | None]:
    try:
        return process.communicate(timeout=within_s)[0], process.returncode
    except (subprocess.TimeoutExpired, KeyboardInterrupt):
        # On Windows only a console can press Ctrl-C.
        process.send_signal(signal.SIGTERM if sys.platform == "win32" else signal.SIGINT)
    try:
        return process.communicate(timeout=_END_WITHIN_S)[0], None
    except subprocess.TimeoutExpired:
        process.kill()
        return process.communicate()[0], None


def exit_code(runs: Sequence[Soaked]) -> int:
    """Return 0 if a run ended, all that ended are green, and no run had a failure, else 1."""
    ended = [run for run in runs if run.code is not None]
    bad = any(run.count(*BAD) for run in runs)
    return 0 if ended and not bad and all(run.is_green for run in ended) else 1


def summary(runs: Sequence[Soaked]) -> Iterator[str]:
    """Yield the totals, then each failure with the command that repeats it."""
    short = sum(run.code is None for run in runs)
    yield (
        f"{len(runs) - short} runs{f' and {short} cut short' if short else ''}, "
        f"{sum(run.tests for run in runs)} tests, "
        f"{sum(run.count('failed') for run in runs)} failures, "
        f"{sum(run.count('error') for run in runs)} errors, "
        f"{sum(run.is_green for run in runs)} runs green"
    )
    for run in runs:
        bad = [record for record in run.records if record.status in BAD]
        for record in bad:
            yield f"\nrun {run.number}, {record.status}: {record.nodeid}"
            yield from (f"  {problem.headline}" for problem in record.problems)
            yield f"  {record.repro}"
        if run.code is not None and not run.is_green and not bad:
            yield f"\nrun {run.number} ended with code {run.code} and {run.tests} tests:"
            yield from (f"  {line}" for line in run.output.splitlines()[-12:])


def main(arguments: list[str] | None = None) -> int:
    """Repeat the suite, count the results, and print how to repeat each failure."""
    parser = Parser(
        prog="python -m tools.bench.soak",
        description=__doc__,
        epilog="Other options, such as -m core, are passed to pytest.",
    )
    parser.add_argument("--runs", type=int, default=30, help="number of runs (%(default)s)")
    parser.add_argument("--select", metavar="EXPRESSION", help="which tests, as for pytest -k")
    parser.add_argument("--minutes", type=float, help="time limit; the last run is cut short")
    parser.add_argument("--seed", type=int, help="repeats the orders of an earlier soak")
    options, more = parser.parse_known_args(arguments)
    seed = secrets.randbits(32) if options.seed is None else options.seed
    print(f"seed of all seeds: {seed}")
    select = [*(["-k", options.select] if options.select else []), *more]
    deadline = time.monotonic() + options.minutes * 60 if options.minutes else None
    seeds = random.Random(seed)  # noqa: S311 -- orders of tests, not secrets
    shutil.rmtree(FOLDER, ignore_errors=True)
    runs: list[Soaked] = []
    left_s = None
    for number in range(1, options.runs + 1):
        if deadline is not None and (left_s := deadline - time.monotonic()) <= 0:
            print("The time is over.")
            break
        runs.append(soak(number, seeds.getrandbits(32), select, within_s=left_s))
        print(runs[-1].line, flush=True)
        if runs[-1].code is None:
            break
    print("\n" + "\n".join(summary(runs)))
    if not select and len(runs) == options.runs and runs[-1].code is not None:
        bad = sum(run.count(*BAD) for run in runs)
        keep("soak", runs=len(runs), tests=sum(run.tests for run in runs), failures=bad)
    cut_short = runs and runs[-1].code is None and (deadline is None or time.monotonic() < deadline)
    return exit_code(runs) or (_INTERRUPTED if cut_short else 0)


if __name__ == "__main__":
    sys.exit(main())
