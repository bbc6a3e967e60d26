"""A run of case files from any folder, in a checkout and where the suite is installed."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from suite.browsers import SetUpProblem
from suite.places import HOME, PACKAGES
from tools.bootstrap.browser_install import ensure_run, with_choice

#: The wheel has the checkout's pytest.ini beside the tests.
INI = next(
    path for path in (PACKAGES / "e2e" / "pytest.ini", PACKAGES / "pytest.ini") if path.is_file()
)


def run_cases(cases: Sequence[Path], options: Sequence[str]) -> int:
    """Run case files, and leave the results in ``test-results`` of the current folder.

    Args:
        cases: files, and folders of files.
        options: for pytest.

    Returns:
        pytest's exit code; 1 if there is no browser.
    """
    environ = with_choice(os.environ, HOME / ".env")
    try:
        ensure_run(options, environ, python=Path(sys.executable), prefix=Path(sys.prefix))
    except SetUpProblem as problem:
        print(problem, file=sys.stderr)
        return 1
    return int(pytest.main([*arguments(cases), *options]))


def arguments(cases: Sequence[Path]) -> list[str]:
    """Return pytest's arguments; a configuration in the current folder is not read."""
    return [
        *("-c", str(INI), "--rootdir", str(PACKAGES)),
        *("-p", "suite.all_plugins", "-p", "no:cacheprovider"),
        # A user cannot repair the warning of a package.
        *("-W", "default", "--disable-warnings", str(PACKAGES / "e2e" / "test_cases.py")),
        *(word for case in cases for word in ("--case", str(case.resolve()))),
    ]
