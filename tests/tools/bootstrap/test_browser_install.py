"""Getting a browser onto a machine."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from suite.browsers import SetUpProblem
from tools.bootstrap import browser_install
from tools.bootstrap.environment import Environment


class Machine:
    """A machine without a browser, on which some commands bring one."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Nothing works until told otherwise."""
        self.ran: list[list[str]] = []
        self.working: Callable[[list[str]], bool] = lambda _: False
        self.has_browser = False
        self.may_apt = False
        monkeypatch.setattr(browser_install, "find_browser", self.find)
        monkeypatch.setattr(subprocess, "run", self.run)
        monkeypatch.setattr(browser_install, "_may_apt", lambda: self.may_apt)

    def find(self, environ: dict[str, str], **_: object) -> Path | None:
        """As the real one: a path, or an error."""
        if environ.get("CHROMIUM_PATH") == "wrong" or not self.has_browser:
            raise SetUpProblem("none")
        return None

    def run(self, command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        """Note a command; an installation that works leaves a browser."""
        self.ran.append(command)
        works = self.working(command)
        self.has_browser |= works and "install" in command
        return subprocess.CompletedProcess(command, 0 if works else 1)


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    """A fresh one."""
    return Machine(monkeypatch)


@pytest.fixture
def environment(tmp_path: Path) -> Environment:
    """Some environment; nothing in it is run."""
    return Environment(tmp_path)


def test_machine_with_a_browser_is_left_alone(machine: Machine, environment: Environment) -> None:
    """The usual case: nothing is run."""
    machine.has_browser = True

    browser_install.ensure_browser(environment, {})

    assert machine.ran == []


def test_download_is_tried_first(machine: Machine, environment: Environment) -> None:
    """By the Playwright of the environment, for its own version."""
    machine.working = lambda command: "playwright" in command

    browser_install.ensure_browser(environment, {})

    assert machine.ran == [
        [str(environment.python), "-m", "playwright", "install", "chromium-headless-shell"]
    ]


def test_package_is_tried_where_the_download_fails(
    machine: Machine, environment: Environment
) -> None:
    """As root on Debian and its like."""
    machine.may_apt = True
    machine.working = lambda command: command[0] == "apt-get"

    browser_install.ensure_browser(environment, {})

    assert [(command[0], *command[4:]) for command in machine.ran[1:]] == [
        ("apt-get", "update"),
        ("apt-get", "install", "chromium-headless-shell"),
    ]


def test_nothing_is_installed_without_the_right_to(
    machine: Machine, environment: Environment
) -> None:
    """One sentence says what a person may install."""
    with pytest.raises(SetUpProblem, match=r"^No browser was found and none could be installed: "):
        browser_install.ensure_browser(environment, {})

    assert len(machine.ran) == 1


def test_wrong_choice_installs_nothing(machine: Machine, environment: Environment) -> None:
    """A mistyped CHROMIUM_PATH is an error, not a reason to download."""
    with pytest.raises(SetUpProblem):
        browser_install.ensure_browser(environment, {"CHROMIUM_PATH": "wrong"})

    assert machine.ran == []


def test_download_that_takes_too_long_counts_as_failed(
    machine: Machine, environment: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A network that swallows packets does not hold the set-up for ever."""

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
    """As the suite itself will read it."""
    dotenv = tmp_path / ".env"
    dotenv.write_text(f"CLOVER_TARGET=standin\n{line}\n", encoding="utf-8")

    assert browser_install.chosen_in(dotenv) == chosen


def test_missing_env_file_chooses_nothing(tmp_path: Path) -> None:
    """It is optional."""
    assert browser_install.chosen_in(tmp_path / ".env") == ""
