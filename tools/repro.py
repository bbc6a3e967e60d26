"""``python -m tools.repro FILE``: repeat a case slowly, with a trace and a browser window."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from records.recorded_test import TestRecord
from suite.cases.case_file import CaseFile, CaseProblem
from suite.display import can_start, has_display
from suite.places import HOME
from suite.repeat_command import line, program
from suite.reporting.failure_text import headline, navigation
from suite.run import read_records
from tools.command_line import Parser

SLOW_MOTION_MS = 300
RESULTS = Path("test-results")


def command(case: Path, more: Sequence[str], *, window: bool) -> list[str]:
    """Return the pytest command that runs a case slowly enough to follow it."""
    return [
        *(sys.executable, "-m", "pytest", "e2e", "--case", str(case)),
        *("--tracing", "on", "--screenshot", "on", "--slowmo", str(SLOW_MOTION_MS)),
        *(["--headed"] if window else []),
        *more,
    ]


def checkouts(records: Sequence[TestRecord], folder: Path = RESULTS) -> list[str]:
    """Return the result and the hops of each checkout of a run, whose results are in a folder."""
    lines = []
    for record in records:
        lines += ["", f"promise: {record.title}"]
        for verdict in record.broken_first:
            passed = f"{verdict.outcome}: {verdict.expectation}; passed"
            lines += ["", passed if verdict.kept else headline(verdict)]
            lines += navigation(verdict)
        if record.trace:
            trace = str(folder / record.folder / record.trace)
            lines += ["", "trace:", line([*program("playwright", HOME), "show-trace", trace])]
    return lines


def main(arguments: Sequence[str] | None = None) -> int:
    """Check the case, run it, and print its navigation."""
    parser = Parser(prog="python -m tools.repro", description=__doc__)
    parser.add_argument("case", type=Path, metavar="FILE")
    parser.add_argument("--output", type=Path, default=RESULTS, help="folder of the results")
    parser.add_argument("--no-window", action="store_true", help="stay headless")
    chosen, more = parser.parse_known_args(arguments)
    try:
        CaseFile.read(chosen.case)
    except CaseProblem as problem:
        print(problem, file=sys.stderr)
        return 2
    window = (has_display() or can_start()) and not chosen.no_window
    more += ["--output", str(chosen.output)]
    ended = subprocess.run(command(chosen.case.resolve(), more, window=window), check=False)
    for said in checkouts(read_records(chosen.output), chosen.output):
        print(said)
    return ended.returncode


if __name__ == "__main__":
    sys.exit(main())
