"""The command that repeats a test with the same target, behaviour, fault, seed and browser."""

import os
import shlex
from collections.abc import Mapping
from pathlib import Path

from suite.places import IS_CHECKOUT

OPTIONS = ("target", "behaviour", "fault", "seed")
"""Options of the run that a test depends on."""


def repeat(nodeid: str, run: Mapping[str, str], root: Path, *, case: Path | None = None) -> str:
    """Return a command line for a shell at the project's root.

    Args:
        nodeid: of the test.
        run: the options of the run.
        root: the project's.
        case: a file that only ``--case`` makes a test of.
    """
    installed = Path(".venv/Scripts/pytest.exe" if os.name == "nt" else ".venv/bin/pytest")
    pytest = [str(installed)] if (root / installed).exists() else ["python", "-m", "pytest"]
    words = [*pytest, nodeid]
    if case is not None and not IS_CHECKOUT:
        words, case = ["clover-redirects", "run", str(case)], None
    for name in OPTIONS:
        if run.get(name):
            words += [f"--{name}", run[name]]
    if case is not None:
        words += ["--case", str(case)]
    if run.get("browser", "chromium") != "chromium":
        words += ["--browser", run["browser"]]
    if os.name == "nt":
        return " ".join(f'"{word}"' if set(word) & set(" []&|") else word for word in words)
    return shlex.join(words)
