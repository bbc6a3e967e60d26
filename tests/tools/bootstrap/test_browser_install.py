"""Tests of the browser's installation."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from suite.browsers import SetUpProblem
from tools.bootstrap import browser_install
from tools.bootstrap.environment import Environment


class Machine:
    """A machine without a browser, on which some commands install one."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Every command fails by default."""
        self.ran: list[list[str]] = []
        self.working: Callable[[list[str]], bool] = lambda _: False
        self.has_browser = False
        self.may_apt = False
        monkeypatch.setattr(browser_install, "find_browser", self.find)
        monkeypatch.setattr(subprocess, "run", self.run)
        monkeypatch.setattr(browser_install, "_may_apt", lambda: self.may_apt)

    def find(self, environ: dict[str, str], **_: object) -> Path | None:
        """Find the browser, or raise an error."""
        if environ.get("CHROMIUM_PATH") == "wrong" or not self.has_browser:
            raise SetUpProblem("none")
        return None

    def run(self, command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        """Record a command; a successful installation adds a browser."""
        self.ran.append(command)
        works = self.working(command)
        self.has_browser |= works and "install" in command
        return subprocess.CompletedProcess(command, 0 if works else 1)


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    """A new machine."""
    return Machine(monkeypatch)


@pytest.fixture
def environment(tmp_path: Path) -> Environment:
    """An environment in which nothing runs."""
    return Environment(tmp_path)


def test_machine_with_a_browser_is_left_alone(machine: Machine, environment: Environment) -> None:
    """A browser that is there causes no command."""
    machine.has_browser = True

    browser_install.ensure_browser(environment, {})

    assert machine.ran == []


def test_download_is_tried_first(machine: Machine, environment: Environment) -> None:
    """Playwright's own download is the first attempt."""
    machine.working = lambda command: "playwright" in command

    browser_install.ensure_browser(environment, {})

    assert machine.ran == [
        [str(environment.python), "-m", "playwright", "install", "chromium-headless-shell"]
    ]


def test_package_is_tried_where_the_download_fails(
    machine: Machine, environment: Environment
) -> None:
    """On Debian, root installs the package after a failed download."""
    machine.may_apt = True
    machine.working = lambda command: command[0] == "apt-get"

    browser_install.ensure_browser(environment, {})

    assert [(command[0], *command[4:]) for command in machine.ran[1:]] == [
        ("apt-get", "update"),
        ("apt-get", "install", "chromium-headless-shell"),
    ]


def test_missing_rights_end_in_one_sentence(machine: Machine, environment: Environment) -> None:
    """Without root, the message lists what a person can install."""
    with pytest.raises(SetUpProblem, match=r"^No browser was found and none could be installed: "):
        browser_install.ensure_browser(environment, {})

    assert len(machine.ran) == 1


def test_wrong_choice_installs_nothing(machine: Machine, environment: Environment) -> None:
    """A wrong CHROMIUM_PATH is an error and starts no download."""
    with pytest.raises(SetUpProblem):
        browser_install.ensure_browser(environment, {"CHROMIUM_PATH": "wrong"})

    assert machine.ran == []


def test_slow_download_is_a_failed_one(
    machine: Machine, environment: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A download beyond its time limit ends in the usual message."""

    def hang(command: list[str], *, timeout: float, **_: object) -> None:
        raise subprocess.TimeoutExpired(command, timeout)

    monkeypatch.setattr(subprocess, "run", hang)

    with pytest.raises(SetUpProblem, match="none could be installed"):
        browser_install.ensure_browser(environment, {})

    assert not machine.has_browser


@pytest.mark.parametrize(
    ("line", "chosen"),
    [
        ("CHROMIUM_PATH=/opt/my chrome", "/opt/my chrome"),
        ("export CHROMIUM_PATH = '/opt/chrome'", "/opt/chrome"),
        ("CHROMIUM_PATH=/opt/chrome # the old one", "/opt/chrome"),
        ("#CHROMIUM_PATH=/opt/chrome", ""),
        ("CHROMIUM_PATH=", ""),
        ("MY_CHROMIUM_PATH=/opt/chrome", ""),
    ],
)
def test_choice_in_the_env_file_is_read(tmp_path: Path, line: str, chosen: str) -> None:
    """CHROMIUM_PATH is read from `.env` with quotes, comments and `export`."""
    dotenv = tmp_path / ".env"
    dotenv.write_text(f"CLOVER_TARGET=standin\n{line}\n", encoding="utf-8")

    assert browser_install.chosen_in(dotenv) == chosen


def test_missing_env_file_chooses_nothing(tmp_path: Path) -> None:
    """Without `.env` there is no choice."""
    assert browser_install.chosen_in(tmp_path / ".env") == ""
