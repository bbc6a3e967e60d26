"""Tests of the virtual environment's set-up."""

import subprocess
import sys
from pathlib import Path

import pytest

from suite.browsers import SetUpProblem
from tools.bootstrap.environment import Environment


class Commands:
    """Records the commands of the set-up instead of running them; at first all succeed."""

    def __init__(self) -> None:
        self.ran: list[list[str]] = []
        self.output = ""
        self.failing = ""

    def run(self, command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        """Record a command; one that creates an environment leaves an interpreter."""
        self.ran.append(command)
        if "venv" in command:
            python = Environment(Path(command[-1]).parent).python
            python.parent.mkdir(parents=True, exist_ok=True)
            python.touch()
        code = 1 if self.failing in command else 0
        return subprocess.CompletedProcess(command, code, stdout=self.output)

    @property
    def modules(self) -> list[str]:
        """The Python modules that were run."""
        return [command[2] for command in self.ran]


def require(folder: Path, package: str) -> None:
    """Write the requirements of a project."""
    (folder / "requirements.txt").write_text(f"{package}\n", encoding="utf-8")


def project(folder: Path) -> Path:
    """Create a project folder."""
    folder.mkdir()
    require(folder, "requests==2.34.2")
    return folder


def made_ready(folder: Path, commands: Commands) -> Environment:
    """Make an environment ready, and forget the commands."""
    environment = Environment(folder)
    environment.make_ready()
    commands.ran.clear()
    return environment


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project folder with a blank in its name."""
    return project(tmp_path / "a project")


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> Commands:
    """The recorded commands; no program runs."""
    recorded = Commands()
    monkeypatch.setattr(subprocess, "run", recorded.run)
    return recorded


def test_fresh_clone_gets_an_environment_and_its_packages(root: Path, commands: Commands) -> None:
    """A Python outside the environment creates it, and its own pip fills it."""
    environment = Environment(root)
    assert not environment.is_ready()

    environment.make_ready()

    create, install = commands.ran
    assert create[1:3] == ["-m", "venv"]
    assert not Path(create[0]).is_relative_to(environment.folder)
    assert install[:3] == [str(environment.python), "-m", "pip"]
    assert install[-1] == str(root / "requirements.txt")
    assert environment.is_ready()


def test_changed_requirements_need_no_new_environment(root: Path, commands: Commands) -> None:
    """A new pin makes the environment stale, and pip alone updates it."""
    made_ready(root, commands)
    require(root, "requests==2.34.3")
    assert not Environment(root).is_ready()
    Environment(root).make_ready()
    assert commands.modules == ["pip"]


def test_moved_environment_is_created_again(root: Path, commands: Commands) -> None:
    """The programs of a moved environment name an interpreter that is gone."""
    (made_ready(root, commands).folder / "old package").touch()
    moved = Environment(root.rename(root.with_name("new place")))

    assert not moved.is_ready()
    moved.make_ready()
    assert commands.modules == ["venv", "pip"]
    assert moved.is_ready()
    assert not (moved.folder / "old package").exists()


@pytest.mark.parametrize(("failing", "message", "repeated"), [
    ("pip", "pip could not install", ["venv", "pip", "pip"]),
    ("venv", "python3-venv", ["venv", "venv", "pip"]),
])  # fmt: skip
def test_failed_step_is_quoted_and_tried_again(
    root: Path, commands: Commands, failing: str, message: str, repeated: list[str]
) -> None:
    """The message gives the cure and the last lines; the next run repeats the failed step."""
    commands.failing = failing
    commands.output = "\n".join(f"line {number}" for number in range(40))
    environment = Environment(root)

    with pytest.raises(SetUpProblem, match=message) as caught:
        environment.make_ready()

    assert str(caught.value).endswith("  line 39")
    assert "line 20\n" not in str(caught.value)
    assert not environment.is_ready()
    commands.failing = ""
    environment.make_ready()
    assert commands.modules == repeated
    assert environment.is_ready()


@pytest.mark.parametrize("kind", ["environment", "folder", "file"])
def test_what_others_created_stays_unchanged(root: Path, commands: Commands, kind: str) -> None:
    """A `.venv` of somebody else is refused in one sentence with the cure."""
    environment = Environment(root)
    folder = environment.folder
    inside = {"environment": environment.python, "folder": folder / "notes.txt", "file": folder}
    inside[kind].parent.mkdir(parents=True, exist_ok=True)
    inside[kind].write_text("precious", encoding="utf-8")

    with pytest.raises(SetUpProblem, match=r"^[^\n]+ unchanged: rename or delete it, [^\n]+\.$"):
        environment.make_ready()

    assert inside[kind].read_text(encoding="utf-8") == "precious"
    assert commands.ran == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows restricts symbolic links")
def test_linked_environment_is_used_but_never_changed(root: Path, commands: Commands) -> None:
    """A link to another checkout's environment is ready while it fits, and is refused otherwise."""
    other = made_ready(project(root.with_name("other")), commands)
    linked = Environment(root)
    linked.folder.symlink_to(other.folder)
    assert linked.is_ready()
    require(root, "requests==2.34.3")

    with pytest.raises(SetUpProblem, match=r"is a link to .* unchanged: remove the link"):
        linked.make_ready()
    assert other.is_ready()
    assert commands.ran == []


def test_mounted_environment_of_another_checkout_is_never_changed(
    root: Path, commands: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mount carries the stamp of its own place, as a moved environment does."""
    other = made_ready(project(root.with_name("other")), commands)
    mounted = other.folder.rename(root / ".venv")
    monkeypatch.setattr(Path, "is_mount", lambda path: path == mounted)

    with pytest.raises(SetUpProblem, match=r"is the mounted environment of [^\n]+: unmount it, "):
        Environment(root).make_ready()
    assert mounted.is_dir()
    assert commands.ran == []


def test_empty_folder_becomes_the_environment(root: Path, commands: Commands) -> None:
    """An empty `.venv`, such as a mounted volume, holds nothing to lose."""
    environment = Environment(root)
    environment.folder.mkdir()
    environment.make_ready()
    assert commands.modules == ["venv", "pip"]
    assert environment.is_ready()


def test_checks_get_more_packages_than_a_run(root: Path, commands: Commands) -> None:
    """A run installs nothing that only checks need; an environment for checks serves runs too."""
    (root / "requirements-dev.txt").write_text("-r requirements.txt\nmypy==2.4.1\n")
    made_ready(root, commands)
    checks = Environment(root, for_checks=True)
    assert not checks.is_ready()

    checks.make_ready()

    [install] = commands.ran
    assert install[-1] == str(root / "requirements-dev.txt")
    assert checks.is_ready()
    assert Environment(root).is_ready()


@pytest.mark.parametrize("works", [True, False])
def test_uv_installs_where_it_is(
    root: Path, commands: Commands, monkeypatch: pytest.MonkeyPatch, *, works: bool
) -> None:
    """Pip is asked only if uv cannot install the packages."""
    monkeypatch.setattr("shutil.which", lambda name: f"/bin/{name}")
    commands.failing = "" if works else "--python"

    Environment(root).make_ready()

    programs = [Path(command[0]).name for command in commands.ran[1:]]
    assert programs == (["uv"] if works else ["uv", Path(Environment(root).python).name])
