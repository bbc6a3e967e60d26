"""The command that repeats a test names everything that the test depends on."""

import shlex
import sys
from pathlib import Path

import pytest

from suite.repeat_command import repeat

RUN = {
    "target": "standin", "behaviour": "measured", "fault": "query-dropped", "seed": "7",
    "browser": "firefox",
}  # fmt: skip


pytestmark = pytest.mark.skipif("os.name == 'nt'", reason="Windows shells quote differently")


@pytest.fixture(autouse=True)
def _python_on_the_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent))


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


def test_interpreter_that_no_path_has_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The printed command runs in a shell without the environment that ran the test."""
    monkeypatch.setenv("PATH", str(tmp_path))
    assert shlex.split(repeat("a.py::b", {}, tmp_path))[0] == sys.executable


def test_case_and_flags_are_repeated(tmp_path: Path) -> None:
    """A case is found by its file, whatever its test is called among the cases of the run."""
    run = {"skin": "modern", "strict-findings": "True"}
    command = repeat("e2e/t.py::test_case[a1-chromium]", run, tmp_path, case=Path("/a b/a.toml"))
    assert command == (
        "python -m pytest e2e/t.py::test_case --skin modern --strict-findings --case '/a b/a.toml'"
    )
