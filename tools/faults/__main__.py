"""``python -m tools.faults``: prove that each catalogued fault turns the end-to-end tests red.

Several processes run the tests that ``e2e/kill_matrix.json`` lists for each fault. A fault is
killed when a test fails with a clause that the catalogue names for it; every listed test function
has to fail. What was measured is written to the matrix.
"""

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from standin.faults import CATALOGUE, UnknownFaultError
from standin.faults.fault import Fault
from tools.command_line import Parser
from tools.faults.fault_run import ALL_TESTS, ASSERTION, FaultRun
from tools.faults.kill_matrix import Kill, KillMatrix
from tools.measured import keep

#: Seconds from Pay to landing; a fault that never lands should not cost more.
LANDING_TIMEOUT_S = "5"
CHROMIUM = "chromium"
CORE = "e2e/test_outcomes.py::test_shopper_lands_on_the_url_of_the_outcome"
#: Core faults that a browser hides from the suite, or that have no effect in it.
HIDDEN = {
    "firefox": {
        "card-in-title-for-a-moment": "Firefox does not tell the titles of a moment",
        "landings-prefetched": "Firefox prefetches only while a page is idle",
        "session-in-window-name": "Firefox clears the window's name on the way to another site",
    }
}
RESULTS = Path("test-results", "faults")
#: Seconds between two reads of the processes' reports.
POLL_S = 0.5


@dataclass(frozen=True, slots=True)
class Result:
    """The proof of one fault, or the reason why there is none."""

    fault: Fault
    run: FaultRun
    update: bool = False

    @property
    def wanted(self) -> tuple[str, ...]:
        """The clauses that may kill the fault."""
        return tuple(dict.fromkeys([self.fault.clause, *self.fault.browser_clauses]))

    @property
    def kill(self) -> Kill | None:
        """The first kill by a wanted clause."""
        return next((kill for kill in self.run.kills if set(kill.clauses) & set(self.wanted)), None)

    @property
    def problem(self) -> str:
        """Why this is no proof, or nothing."""
        if not self.run.kills:
            error = f"; errors prove nothing: {self.run.errors[0]}" if self.run.errors else ""
            led = "some" if self.run.acted else "none"
            return f"survived {self.run.ran} tests, {led} of which led to what it changes{error}"
        if self.kill is None:
            found = sorted({clause for kill in self.run.kills for clause in kill.clauses})
            return f"killed for another reason: {', '.join(found)}, not {' or '.join(self.wanted)}"
        if self.run.survived and not self.update:
            return f"not killed by {', '.join(self.run.survived)}, which the kill matrix lists"
        return ""

    def row(self) -> str:
        """Return one line of the output."""
        by = ""
        if self.kill:
            by = f"{self.kill.test.removeprefix('e2e/')}: {', '.join(self.kill.clauses)}"
        word = "NO PROOF" if self.problem else "killed"
        return f"{word:<8} {self.run.seconds:6.1f} s  {self.fault.name:<40} {self.problem or by}"


def start(
    faults: Sequence[str], tests: str, browser: str, folder: Path, number: int
) -> tuple[subprocess.Popen[str], Path]:
    """Start a process for some of the faults; return it with the path of its report."""
    report = folder / f"{number}.jsonl"
    report.touch()
    command = [
        *(sys.executable, "-m", "pytest", "e2e", "-p", "tools.faults.fault_run", "-n", "0", "-q"),
        *("--faults", ",".join(faults), "--fault-report", str(report), "--fault-tests", tests),
        *("--target", "standin", "--seed", "1", "-p", "no:randomly", "-p", "no:cacheprovider"),
        *("--browser", browser, "--tracing", "off", "--screenshot", "off"),
        *("--output", str(RESULTS / str(number))),
    ]
    environ = {**os.environ, "REDIRECT_TIMEOUT_S": LANDING_TIMEOUT_S}
    with (folder / f"{number}.log").open("w", encoding="utf-8") as log:
        return subprocess.Popen(command, env=environ, stdout=log, stderr=log, text=True), report


def follow(processes: Sequence[tuple[subprocess.Popen[str], Path]]) -> Iterator[FaultRun]:
    """Yield each result as soon as it is reported, until every process has ended."""
    seen: dict[Path, int] = {}
    clock = threading.Event()
    running = True
    while running:
        running = any(process.poll() is None for process, _ in processes)
        for _, report in processes:
            lines = report.read_text(encoding="utf-8").splitlines()
            yield from map(FaultRun.from_json, lines[seen.get(report, 0) :])
            seen[report] = len(lines)
        clock.wait(POLL_S if running else 0)


def main(arguments: Sequence[str] | None = None) -> int:
    """Prove the faults that are named, or all, print a line for each and write the matrix.

    Returns:
        0 if each fault is killed for the right reason, else 1. With ``--test``, 0 if the tests
        kill at least one fault.
    """
    parser = Parser(prog="python -m tools.faults", description=__doc__)
    add = parser.add_argument
    add("names", nargs="*", metavar="FAULT", help="default: all of them")
    jobs = os.cpu_count() or 1
    add("--jobs", type=int, default=jobs, help="processes; default: one per core")
    only = "try this test function and no other; repeatable"
    add("--test", action="append", default=[], metavar="FUNCTION", help=only)
    full = "try every test function; takes hours for all faults"
    add("--full", action="store_true", help=full)
    add("--update", action="store_true", help="drop listed tests that survive a fault")
    other = "prove in this browser the faults that the core test detects; writes no matrix"
    add("--browser", default=CHROMIUM, choices=(CHROMIUM, "firefox", "webkit"), help=other)
    chosen = parser.parse_args(arguments)
    try:
        named = [CATALOGUE.find(name) for name in chosen.names]
    except UnknownFaultError as error:
        parser.exit(2, f"{error}\n")
    if chosen.browser != CHROMIUM:
        named = named or _core_faults(chosen.browser)
    faults = {fault.name: fault for fault in named or CATALOGUE.all()}
    core = [CORE.rpartition("::")[2]] if chosen.browser != CHROMIUM else []
    tests = ALL_TESTS if chosen.full else ",".join(chosen.test or core)
    began = time.monotonic()
    results = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shares = [list(faults)[number :: chosen.jobs] for number in range(chosen.jobs)]
        processes = [
            start(share, tests, chosen.browser, folder, n)
            for n, share in enumerate(shares)
            if share
        ]
        for run in follow(processes):
            results.append(Result(faults[run.fault], run, chosen.update))
            print(f"[{len(results):>3}/{len(faults)}] {results[-1].row()}", flush=True)
        logs = [report.with_suffix(".log").read_text(encoding="utf-8") for _, report in processes]
    if len(results) < len(faults):
        print(f"\n{len(faults) - len(results)} faults have no result; each process ended with:")
        print("\n".join(log[-2000:] for log in logs))
    writes = chosen.browser == CHROMIUM
    proven = _conclude(results, len(faults), time.monotonic() - began, writes=writes)
    if proven == len(CATALOGUE.all()) and not tests and writes:
        keep("faults", seconds=round(time.monotonic() - began), cores=chosen.jobs)
    return 0 if proven == len(faults) or (chosen.test and proven) else 1


def _core_faults(browser: str) -> list[Fault]:
    """Return the faults that the core test detects; name those that the browser hides."""
    hidden, killers = HIDDEN.get(browser, {}), KillMatrix.load().killers
    for name, reason in hidden.items():
        print(f"not tried: {name} ({reason})")
    core = (fault for fault in CATALOGUE.all() if CORE in killers(fault.name))
    return [fault for fault in core if fault.name not in hidden]


def _conclude(results: Sequence[Result], wanted: int, seconds: float, *, writes: bool) -> int:
    """Write what was proven to the kill matrix, print the rest, and return the number proven."""
    matrix = KillMatrix.load()
    proven = [result for result in results if not result.problem]
    for result in sorted(proven, key=lambda result: result.fault.name):
        matrix.record(result.fault.name, result.run.kills, result.run.tried)
    if writes:
        matrix.write()
    for result in results:
        if result.problem:
            print(f"\n{result.row()}")
    asserted = sum(result.wanted == (ASSERTION,) for result in proven)
    print(
        f"\n{len(proven)} of {wanted} faults killed for the right reason in {seconds:.0f} s"
        f" ({asserted} by a test's own assertion about API, dashboard or page,"
        f" {len(proven) - asserted} by a clause)"
    )
    return len(proven)


if __name__ == "__main__":
    sys.exit(main())
