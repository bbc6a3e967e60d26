"""The virtual environment and what is done to it."""

import subprocess
from pathlib import Path

import pytest

from suite.browsers import SetUpProblem
from tools.bootstrap.environment import Environment


class Commands:
    """Stands in for the programs that set-up runs, and notes them."""

    def __init__(self) -> None:
        """All succeed until told otherwise."""
        self.ran: list[list[str]] = []
        self.output = ""
        self.failing = ""

    def run(self, command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        """Note a command; creating an environment leaves an interpreter behind."""
        self.ran.append(command)
        if "venv" in command:
            python = Environment(Path(command[-1]).parent).python
            python.parent.mkdir(parents=True, exist_ok=True)
            python.touch()
        code = 1 if self.failing and self.failing in command else 0
        return subprocess.CompletedProcess(command, code, stdout=self.output)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project folder with a blank in its name."""
    folder = tmp_path / "a project"
    folder.mkdir()
    (folder / "requirements.txt").write_text("requests==2.34.2\n", encoding="utf-8")
    return folder


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> Commands:
    """No program really runs."""
    stand_in = Commands()
    monkeypatch.setattr(subprocess, "run", stand_in.run)
    return stand_in


def test_fresh_clone_gets_an_environment_and_its_packages(root: Path, commands: Commands) -> None:
    """Created by a Python outside it, filled by its own pip."""
    environment = Environment(root)

    environment.make_ready()

    create, install = commands.ran
    assert create[1:3] == ["-m", "venv"]
    assert not Path(create[0]).is_relative_to(environment.folder)
    assert install[:3] == [str(environment.python), "-m", "pip"]
    assert install[-1] == str(root / "requirements.txt")
    assert environment.is_ready()


def test_environment_is_not_ready_before_it_was_made(root: Path) -> None:
    """A fresh clone has none."""
    assert not Environment(root).is_ready()


@pytest.mark.usefixtures("commands")
def test_changed_requirements_make_the_environment_stale(root: Path) -> None:
    """A pull may bring new pins."""
    Environment(root).make_ready()

    (root / "requirements.txt").write_text("requests==2.34.3\n", encoding="utf-8")

    assert not Environment(root).is_ready()


def test_stale_environment_is_filled_again_not_made_again(root: Path, commands: Commands) -> None:
    """Creating one anew would download everything."""
    Environment(root).make_ready()
    commands.ran.clear()

    Environment(root).make_ready()

    assert [command[2] for command in commands.ran] == ["pip"]


def test_moved_environment_is_made_again(root: Path, commands: Commands) -> None:
    """Its programs still name the Python of the old place."""
    Environment(root).make_ready()
    commands.ran.clear()

    moved = Environment(root.rename(root.with_name("elsewhere")))

    assert not moved.is_ready()
    moved.make_ready()
    assert [command[2] for command in commands.ran] == ["venv", "pip"]
    assert moved.is_ready()


def test_failing_pip_is_quoted_and_leaves_the_environment_unready(
    root: Path, commands: Commands
) -> None:
    """One sentence with the cure, then pip's last lines; the next run tries again."""
    commands.failing = "pip"
    commands.output = "\n".join(f"line {number}" for number in range(40))

    with pytest.raises(SetUpProblem, match="pip could not install") as caught:
        Environment(root).make_ready()

    assert str(caught.value).endswith("  line 39")
    assert "line 20\n" not in str(caught.value)
    assert not Environment(root).is_ready()


def test_python_without_venv_is_told_of_the_package(root: Path, commands: Commands) -> None:
    """Debian keeps it apart."""
    commands.failing = "venv"

    with pytest.raises(SetUpProblem, match="python3-venv"):
        Environment(root).make_ready()
