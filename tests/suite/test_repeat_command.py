"""The command that repeats a test names everything that the test depends on."""

import shlex
from pathlib import Path

import pytest

from suite.repeat_command import repeat

RUN = {
    "target": "standin", "behaviour": "measured", "fault": "query-dropped", "seed": "7",
    "browser": "firefox",
}  # fmt: skip


pytestmark = pytest.mark.skipif("os.name == 'nt'", reason="Windows shells quote differently")


def test_command_survives_a_shell(tmp_path: Path) -> None:
    """Brackets, spaces and quotes in a test's name reach pytest unchanged, with all options."""
    nodeid = "e2e/test_a.py::test_b[a b-it's & $HOME]"

    words = shlex.split(repeat(nodeid, RUN, tmp_path))

    assert words == [
        *("python", "-m", "pytest", nodeid),
        *("--target", "standin", "--behaviour", "measured", "--fault", "query-dropped"),
        *("--seed", "7", "--browser", "firefox"),
    ]


def test_command_is_short(tmp_path: Path) -> None:
    """Defaults are omitted; with a .venv, its own pytest is called."""
    assert repeat("a.py::b", {"browser": "chromium"}, tmp_path) == "python -m pytest a.py::b"
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "pytest").touch()
    assert repeat("a.py::b", {}, tmp_path) == ".venv/bin/pytest a.py::b"
