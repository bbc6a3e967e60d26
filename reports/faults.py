"""``python -m reports.faults``: prove that each catalogued fault turns the suite red.

For every fault of the stand-in the real end-to-end tests run against it in a process of their
own, several side by side. A fault is dead when a test broke off with a violation of the clause
that the catalogue names for it; each test function that is marked to see a fault must see it.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from reports.hunt import ASSERTION, Hunt, fitting, read
from standin.faults import CATALOGUE
from standin.faults.fault import Fault

#: Seconds from Pay to landing: enough here, and a fault that never lands need not cost more.
PATIENCE_S = "5"
RESULTS = Path("test-results", "faults")


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one fault."""

    fault: Fault
    hunt: Hunt
    seconds: float
    output: str

    @property
    def wanted(self) -> tuple[str, ...]:
        """The clauses that may catch it."""
        return tuple(dict.fromkeys([self.fault.clause, *self.fault.browser_clauses]))

    @property
    def problem(self) -> str:
        """Why this is no proof, or nothing."""
        if not self.hunt.deaths:
            return f"survived {self.hunt.ran} tests" + _because(self.hunt.errors)
        if fitting(self.hunt.deaths, self.wanted) is None:
            found = sorted({clause for death in self.hunt.deaths for clause in death.clauses})
            return f"killed for another reason ({', '.join(found)})"
        if self.hunt.missed:
            return f"not seen by {', '.join(self.hunt.missed)}, which claim to see it"
        return ""

    def row(self) -> str:
        """One line of the table."""
        death = fitting(self.hunt.deaths, self.wanted) or next(iter(self.hunt.deaths), None)
        by = f"{death.test.removeprefix('e2e/')}: {', '.join(death.clauses)}" if death else ""
        word = "SURVIVED" if self.problem else "killed"
        return f"{word:<9}{self.seconds:6.1f} s  {self.fault.name:<38} {self.problem or by}"


def _because(errors: Sequence[str]) -> str:
    return f"; errors prove nothing: {errors[0]}" if errors else ""


def hunt(fault: Fault, files: Sequence[str], folder: Path) -> Result:
    """Hunt one fault in a process of its own."""
    began = time.monotonic()
    note = folder / f"{fault.name}.json"
    output = _pytest([*files], fault.name, note)
    found = read(note) if note.exists() else Hunt(fault.name)
    if files != ["e2e"] and not found.deaths:
        output = _pytest(["e2e"], fault.name, note)
        found = read(note) if note.exists() else found
    return Result(fault, found, time.monotonic() - began, output)


def _pytest(files: Sequence[str], fault: str, note: Path) -> str:
    command = [
        *(sys.executable, "-m", "pytest", *files),
        *("-p", "reports.hunt", "--hunt", fault, "--hunt-report", str(note)),
        *("-q", "--target", "standin", "--seed", "1", "-p", "no:cacheprovider"),
        *("--output", str(RESULTS / fault)),
    ]
    environ = {**os.environ, "REDIRECT_TIMEOUT_S": PATIENCE_S}
    ended = subprocess.run(
        command, env=environ, capture_output=True, text=True, errors="replace", check=False
    )
    return ended.stdout + ended.stderr


def claimed_files(names: Iterable[str]) -> dict[str, list[str]]:
    """The test files in which each fault is claimed, by one collection of all tests."""
    with tempfile.TemporaryDirectory() as folder:
        note = Path(folder, "claims.json")
        subprocess.run(
            [
                *(sys.executable, "-m", "pytest", "e2e", "--collect-only", "-q"),
                *("-p", "reports.claims", "--claims-report", str(note), "-p", "no:cacheprovider"),
            ],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        claimed = json.loads(note.read_text(encoding="utf-8"))
    return {name: claimed.get(name) or ["e2e"] for name in names}


def main(arguments: Sequence[str] | None = None) -> int:
    """Hunt the faults that are named, or all, and print the table.

    Returns:
        0 if each is dead for the right reason, else 1.
    """
    parser = argparse.ArgumentParser(prog="python -m reports.faults", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="FAULT", help="default: all of them")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="side by side")
    chosen = parser.parse_args(arguments)
    faults = [CATALOGUE.find(n) for n in chosen.names] or list(CATALOGUE.all())
    files = claimed_files(fault.name for fault in faults)
    results = []
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(chosen.jobs) as pool:
        running = [pool.submit(hunt, fault, files[fault.name], Path(folder)) for fault in faults]
        for number, done in enumerate(as_completed(running), 1):
            results.append(done.result())
            print(f"[{number:>3}/{len(faults)}] {results[-1].row()}", flush=True)
    return _conclude(results, time.monotonic() - began)


def _conclude(results: Sequence[Result], seconds: float) -> int:
    wrong = [result for result in results if result.problem]
    for result in wrong:
        print(f"\n{result.row()}\n{result.output[-3000:]}")
    api = sum(result.wanted == (ASSERTION,) for result in results)
    dead = len(results) - len(wrong)
    print(
        f"\n{dead} of {len(results)} faults killed for the right reason in {seconds:.0f} s"
        f" ({api} of them by a test's own assertion)"
    )
    return 1 if wrong or not results else 0


if __name__ == "__main__":
    sys.exit(main())
