"""A run of tests of its own, with every plug-in of the suite."""

import os
import subprocess
import sys
import textwrap
from pathlib import Path

from records.recorded_test import TestRecord
from suite.run import read_records

ROOT = Path(__file__).parents[2]
RESULTS = "results"
#: Longest time of a run, seconds.
WAIT_S = 240.0
_INI = (ROOT / "pytest.ini").read_text(encoding="utf-8").replace("pythonpath = .", "")


def start_run(folder: Path, tests: str, *options: str, **environ: str) -> subprocess.Popen[str]:
    """Start a run of these tests in this order, without workers unless the options ask for some.

    Args:
        folder: an empty one, for the tests and ``RESULTS``.
        tests: the text of a module in ``e2e/``.
        options: of pytest.
        environ: changes of the environment.
    """
    (folder / "e2e").mkdir()
    (folder / "e2e" / "test_nested.py").write_text(textwrap.dedent(tests), encoding="utf-8")
    (folder / "pytest.ini").write_text(_INI, encoding="utf-8")
    plugins = ("-p", "suite.all_plugins", "-p", "no:randomly", "-p", "no:cacheprovider")
    return subprocess.Popen(
        [sys.executable, "-m", "pytest", *plugins, "e2e", "-n0", "--output", RESULTS, *options],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environ},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def run_tests(
    folder: Path, tests: str, *options: str, **environ: str
) -> tuple[int, str, list[TestRecord]]:
    """Do the same, and return the exit code, what was printed, and the records in order."""
    with start_run(folder, tests, *options, **environ) as run:
        printed, _ = run.communicate(timeout=WAIT_S)
    return run.returncode, printed, read_records(folder / RESULTS)
