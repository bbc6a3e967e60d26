"""The one command that repeats a test: same target, behaviour, fault, seed and browser."""

import os
import shlex
from collections.abc import Mapping
from pathlib import Path

OPTIONS = ("target", "behaviour", "fault", "seed")
"""Options of the run that decide what a test meets."""


def repeat(nodeid: str, run: Mapping[str, str], root: Path) -> str:
    """A line to paste into a shell at the project's root."""
    words = [*_pytest(root), nodeid]
    for name in OPTIONS:
        if run.get(name):
            words += [f"--{name}", run[name]]
    if run.get("browser", "chromium") != "chromium":
        words += ["--browser", run["browser"]]
    if os.name == "nt":
        return " ".join(f'"{word}"' if set(word) & set(" []&|") else word for word in words)
    return shlex.join(words)


def _pytest(root: Path) -> list[str]:
    inside = Path(".venv", "Scripts", "pytest.exe") if os.name == "nt" else Path(".venv/bin/pytest")
    return [str(inside)] if (root / inside).exists() else ["python", "-m", "pytest"]
