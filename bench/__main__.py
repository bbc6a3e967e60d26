"""``python -m bench``: what one outcome test costs, beside a bare script that does the same."""

import argparse
import sys

import pytest

from bench.rounds import SUITE, Rounds

LIMIT = 1.15


def main(arguments: list[str]) -> int:
    """Measure, print, and say whether the limit holds.

    Returns:
        0 if it does, 1 if it does not, pytest's own code if a test went wrong.
    """
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=31, help="rounds of each, one to warm up")
    rounds = Rounds(parser.parse_args(arguments).rounds)
    code = pytest.main(
        [
            f"e2e/test_outcomes.py::{SUITE}",
            "bench/bare_script.py",
            "-k",
            "success or bare",
            "-q",
            "--no-header",
            "-p",
            "no:randomly",
            "--output",
            "test-results/bench",
        ],
        plugins=[rounds],
    )
    if code != pytest.ExitCode.OK:
        return int(code)
    print(rounds.table())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
