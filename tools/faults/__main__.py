"""``python -m tools.faults``: prove that each catalogued fault turns the suite red.

Every fault of the stand-in is hunted by the real end-to-end tests, in several processes side by
side. A fault is dead when a test broke off with a violation of the clause that the catalogue
names for it; each test function that is marked to see a fault must see it.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from standin.faults import CATALOGUE
from standin.faults.fault import Fault
from tools.faults.fault_run import ASSERTION, FaultRun, fitting, read

#: Seconds from Pay to landing: enough here, and a fault that never lands need not cost more.
PATIENCE_S = "5"
RESULTS = Path("test-results", "faults")
#: Seconds between two looks at what the hunters have written down.
LOOK_S = 0.5


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one fault."""

    fault: Fault
    fault_run: FaultRun

    @property
    def wanted(self) -> tuple[str, ...]:
        """The clauses that may catch it."""
        return tuple(dict.fromkeys([self.fault.clause, *self.fault.browser_clauses]))

    @property
    def problem(self) -> str:
        """Why this is no proof, or nothing."""
        if not self.fault_run.kills:
            because = (
                f"; errors prove nothing: {self.fault_run.errors[0]}"
                if self.fault_run.errors
                else ""
            )
            return f"survived {self.fault_run.ran} tests{because}"
        if fitting(self.fault_run.kills, self.wanted) is None:
            found = sorted({clause for death in self.fault_run.kills for clause in death.clauses})
            return f"killed for another reason: {', '.join(found)}, not {' or '.join(self.wanted)}"
        if self.fault_run.missed:
            return f"not seen by {', '.join(self.fault_run.missed)}, which claim to see it"
        return ""

    def row(self) -> str:
        """One line of the table."""
        death = fitting(self.fault_run.kills, self.wanted) or next(iter(self.fault_run.kills), None)
        by = f"{death.test.removeprefix('e2e/')}: {', '.join(death.clauses)}" if death else ""
        word = "NO PROOF" if self.problem else "killed"
        return (
            f"{word:<8} {self.fault_run.seconds:6.1f} s  {self.fault.name:<40} {self.problem or by}"
        )


def start(names: Sequence[str], folder: Path, number: int) -> tuple[subprocess.Popen[str], Path]:
    """Send one hunter out after some of the faults."""
    note = folder / f"{number}.jsonl"
    note.touch()
    command = [
        *(sys.executable, "-m", "pytest", "e2e", "-p", "tools.faults.fault_run", "-n", "0"),
        *("--hunt", ",".join(names), "--hunt-report", str(note)),
        *(
            "-q",
            "--target",
            "standin",
            "--seed",
            "1",
            "-p",
            "no:randomly",
            "-p",
            "no:cacheprovider",
        ),
        *("--tracing", "off", "--screenshot", "off", "--output", str(RESULTS / str(number))),
    ]
    log = (folder / f"{number}.log").open("w", encoding="utf-8")
    environ = {**os.environ, "REDIRECT_TIMEOUT_S": PATIENCE_S}
    runner = subprocess.Popen(command, env=environ, stdout=log, stderr=log, text=True)
    log.close()
    return runner, note


def follow(runners: Sequence[tuple[subprocess.Popen[str], Path]]) -> Iterator[FaultRun]:
    """Every hunt as soon as it is written down, until the last hunter is back."""
    seen: dict[Path, int] = {}
    clock = threading.Event()
    running = True
    while running:
        running = any(runner.poll() is None for runner, _ in runners)
        for _, note in runners:
            lines = note.read_text(encoding="utf-8").splitlines()
            yield from map(read, lines[seen.get(note, 0) :])
            seen[note] = len(lines)
        clock.wait(LOOK_S if running else 0)


def main(arguments: Sequence[str] | None = None) -> int:
    """Hunt the faults that are named, or all, and print the table.

    Returns:
        0 if each is dead for the right reason, else 1.
    """
    parser = argparse.ArgumentParser(prog="python -m tools.faults", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="FAULT", help="default: all of them")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="side by side")
    chosen = parser.parse_args(arguments)
    named = [CATALOGUE.find(name) for name in chosen.names] or CATALOGUE.all()
    faults: Mapping[str, Fault] = {fault.name: fault for fault in named}
    began = time.monotonic()
    results = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shares = [list(faults)[number :: chosen.jobs] for number in range(chosen.jobs)]
        runners = [start(share, folder, n) for n, share in enumerate(shares) if share]
        for fault_run in follow(runners):
            results.append(Result(faults[fault_run.fault], fault_run))
            print(f"[{len(results):>3}/{len(faults)}] {results[-1].row()}", flush=True)
        logs = [note.with_suffix(".log").read_text(encoding="utf-8") for _, note in runners]
    return _conclude(results, len(faults), logs, time.monotonic() - began)


def _conclude(results: Sequence[Result], wanted: int, logs: Sequence[str], seconds: float) -> int:
    wrong = [result for result in results if result.problem]
    for result in wrong:
        print(f"\n{result.row()}")
    if len(results) < wanted:
        print(f"\n{wanted - len(results)} faults were not hunted; the hunters' last words:")
        for log in logs:
            print(log[-2000:])
    dead = len(results) - len(wrong)
    asserted = sum(result.wanted == (ASSERTION,) for result in results if not result.problem)
    print(
        f"\n{dead} of {wanted} faults killed for the right reason in {seconds:.0f} s"
        f" ({asserted} by a test's own assertion about API, dashboard or page,"
        f" {dead - asserted} by a clause)"
    )
    return 0 if dead == wanted else 1


if __name__ == "__main__":
    sys.exit(main())
