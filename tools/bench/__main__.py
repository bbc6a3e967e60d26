"""``python -m tools.bench``: what an outcome test costs beside a bare script, then the stand-in."""

import argparse
import contextlib
import io
import subprocess
import sys

import pytest

from tools.bench.figures import closing, table
from tools.bench.rounds import SUITE, Rounds

FOLDER = "test-results/bench"


def main(arguments: list[str] | None = None) -> int:
    """Measure, print, and say whether the limits hold.

    Returns:
        0 if they do, 1 if one does not, pytest's own code if a test went wrong.
    """
    parser = argparse.ArgumentParser(prog="python -m tools.bench", description=__doc__)
    parser.add_argument(
        "--rounds", type=_rounds, default=31, help="rounds of each, the first to warm up"
    )
    parser.add_argument(
        "--only", choices=("test", "standin"), help="measure the test, or the stand-in, alone"
    )
    options = parser.parse_args(arguments)
    code = 0
    if options.only != "standin":
        rounds = Rounds(options.rounds)
        if wrong := _run(rounds):
            return wrong
        figures = rounds.figures()
        print(table(f"One outcome test, median of {options.rounds - 1} rounds", figures))
        print(f"\n{closing(figures)}", flush=True)
        code = 0 if all(figure.holds for figure in figures) else 1
    if options.only != "test":
        # A process of its own: this one has a browser's and pytest's worth of memory behind it.
        ended = subprocess.run([sys.executable, "-m", "tools.bench.standin"], check=False)
        code = code or ended.returncode
    return code


def _rounds(text: str) -> int:
    number = int(text)
    if number < 2:
        raise argparse.ArgumentTypeError("at least 2, since the first one does not count")
    return number


def _run(rounds: Rounds) -> int:
    """Let pytest run the rounds; its words are shown only if something went wrong."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        code = pytest.main(
            [
                f"e2e/test_outcomes.py::{SUITE}",
                "tools/bench/bare_script.py",
                "-k",
                "success or bare",
                "-q",
                "--no-header",
                "-p",
                "no:randomly",
                "--output",
                FOLDER,
            ],
            plugins=[rounds],
        )
    print(file=sys.stderr)
    if code != pytest.ExitCode.OK:
        print(said.getvalue())
    return int(code)


if __name__ == "__main__":
    sys.exit(main())
