"""The command that repeats a test with the same target, behaviour, fault, seed and browser."""

import os
import shlex
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from suite.places import IS_CHECKOUT

OPTIONS = ("target", "behaviour", "fault", "skin", "strict-findings", "seed")
"""Options of the run that a test depends on."""


def repeat(nodeid: str, run: Mapping[str, str], root: Path, *, case: Path | None = None) -> str:
    """Return a command line for a shell at the project's root.

    Args:
        nodeid: of the test.
        run: the options of the run; a flag is "True".
        root: the project's.
        case: a file that only ``--case`` makes a test of.
    """
    words = [*program("pytest", root), nodeid]
    if case is not None and not IS_CHECKOUT:
        words, case = ["clover-redirects", "run", str(case)], None
    for name in OPTIONS:
        if run.get(name) == "True":
            words.append(f"--{name}")
        elif run.get(name):
            words += [f"--{name}", run[name]]
    if case is not None:
        # The name of a test depends on the other cases of the run.
        words[words.index(nodeid)] = nodeid.partition("[")[0]
        words += ["--case", str(case)]
    if run.get("browser", "chromium") != "chromium":
        words += ["--browser", run["browser"]]
    if run.get("connect"):
        words += ["--connect", run["connect"]]
    return line(words)


def program(name: str, root: Path) -> Sequence[str]:
    """Return the words that start a Python program, whether or not it is on the PATH."""
    installed = Path(f".venv/Scripts/{name}.exe" if os.name == "nt" else f".venv/bin/{name}")
    if (root / installed).exists():
        return [str(installed)]
    on_path = Path(shutil.which("python") or "").parent == Path(sys.executable).parent
    return ["python" if on_path else sys.executable, "-m", name]


def line(words: Sequence[str]) -> str:
    """Return a command line for the shell of this platform."""
    if os.name == "nt":
        return " ".join(f'"{word}"' if set(word) & set(" []&|") else word for word in words)
    return shlex.join(words)
