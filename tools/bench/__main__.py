"""``python -m tools.bench``: the cost of an outcome test beside a bare script, and the stand-in."""

import contextlib
import io
import subprocess
import sys

import pytest

from tools.bench.figures import report
from tools.bench.rounds import SUITE, Rounds
from tools.command_line import Parser
from tools.measured import keep


def main(arguments: list[str] | None = None) -> int:
    """Measure and print.

    Returns:
        0 if all limits hold, 1 if one is broken, pytest's exit code if a test failed.
    """
    parser = Parser(prog="python -m tools.bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=31, help="of each; the first one warms up")
    parser.add_argument("--only", choices=("test", "standin"), help="measure one of the two")
    options = parser.parse_args(arguments)
    if options.rounds < 2:
        parser.error("--rounds must be at least 2, because the first one does not count")
    code = 0
    if options.only != "standin":
        rounds = Rounds(options.rounds)
        if wrong := _run(rounds):
            return wrong
        title = f"One outcome test, median of {options.rounds - 1} rounds"
        figures = rounds.figures()
        code = report(title, figures)
        if options.rounds >= parser.get_default("rounds"):
            wall, processor = (one.value for one in figures if one.unit == "times")
            keep("bench", processor_ratio=round(processor, 2), wall_ratio=round(wall, 2))
    if options.only != "test":
        # A new process: this one has used the memory of pytest and of a browser's driver.
        ended = subprocess.run([sys.executable, "-m", "tools.bench.standin"], check=False)
        code = code or ended.returncode
    return code


def _run(rounds: Rounds) -> int:
    """Let pytest run the rounds; print its output only if a test failed."""
    arguments = [
        *(f"e2e/test_outcomes.py::{SUITE}", "tools/bench/bare_script.py"),
        *("-k", "success or bare", "-q", "--no-header", "-p", "no:randomly"),
        *("--output", "test-results/bench"),
    ]
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        code = pytest.main(arguments, plugins=[rounds])
    print(file=sys.stderr)
    if code != pytest.ExitCode.OK:
        print(output.getvalue())
    return int(code)


if __name__ == "__main__":
    sys.exit(main())
