"""The command that repeats a test names everything that the test depends on."""

import shlex
from pathlib import Path

import pytest

from suite.repeat_command import repeat

RUN = {
    "target": "standin",
    "behaviour": "measured",
    "fault": "query-dropped",
    "seed": "7",
    "browser": "firefox",
}


@pytest.mark.skipif("os.name == 'nt'", reason="Windows shells quote differently")
def test_command_survives_a_shell(tmp_path: Path) -> None:
    """Brackets, spaces and quotes in a test's name reach pytest unchanged."""
    nodeid = "e2e/test_a.py::test_b[a b-it's & $HOME]"

    words = shlex.split(repeat(nodeid, RUN, tmp_path))

    assert words[:4] == ["python", "-m", "pytest", nodeid]
    assert words[4:] == [
        *("--target", "standin", "--behaviour", "measured", "--fault", "query-dropped"),
        *("--seed", "7", "--browser", "firefox"),
    ]


def test_command_omits_defaults(tmp_path: Path) -> None:
    """Chromium and absent options are omitted."""
    assert repeat("a.py::b", {"browser": "chromium"}, tmp_path).endswith("pytest a.py::b")


@pytest.mark.skipif("os.name == 'nt'", reason="on Windows it is Scripts\\pytest.exe")
def test_command_uses_the_projects_own_pytest(tmp_path: Path) -> None:
    """With a .venv, the command works without activating it."""
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "pytest").touch()

    assert repeat("a.py::b", {}, tmp_path) == ".venv/bin/pytest a.py::b"
