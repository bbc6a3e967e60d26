"""Tests of the browser's installation."""

import subprocess
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from unittest.mock import Mock

import pytest

from suite.browsers import SetUpProblem
from tools.bootstrap import browser_install
from tools.bootstrap.environment import Environment


class Machine:
    """A machine on which some commands install a browser; at first there is none."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.ran: list[list[str]] = []
        self.working = ""
        self.has_browser = False
        self.may_apt = False
        found = replace(browser_install.SHELL, find=self.find)
        monkeypatch.setattr(browser_install, "SHELL", found)
        monkeypatch.setattr(subprocess, "run", self.run)
        monkeypatch.setattr(browser_install, "_may_apt", lambda: self.may_apt)

    def find(self, environ: dict[str, str], **_: object) -> None:
        """Find the browser, or raise an error."""
        if environ.get("CHROMIUM_PATH") == "wrong" or not self.has_browser:
            raise SetUpProblem("none")

    def run(self, command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        """Record a command; a successful installation adds a browser."""
        self.ran.append(command)
        works = self.working in command
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


def ensure(environment: Environment, environ: dict[str, str]) -> None:
    """Ensure that this environment has a browser."""
    browser_install.ensure_browser(
        environ,
        python=environment.python,
        prefix=environment.folder,
        browser=browser_install.SHELL,
    )


def test_machine_with_a_browser_stays_unchanged(machine: Machine, environment: Environment) -> None:
    """A browser that is there causes no command."""
    machine.has_browser = True
    ensure(environment, {})
    assert machine.ran == []


def test_download_precedes_the_package(machine: Machine, environment: Environment) -> None:
    """Playwright's own download is the first attempt; on Debian, root then installs the package."""
    machine.may_apt, machine.working = True, "apt-get"
    ensure(environment, {})

    download, *packages = machine.ran
    name = "chromium-headless-shell"
    assert download == [str(environment.python), "-m", "playwright", "install", name]
    assert [(command[0], *command[4:]) for command in packages] == [
        ("apt-get", "update"),
        ("apt-get", "install", name),
    ]


@pytest.mark.parametrize(("working", "chosen", "message"), [
    pytest.param("playwright", "", None, id="download works"),
    pytest.param("nothing", "", "^No chromium-headless-shell was found and none could be ",
                 id="missing rights"),
    pytest.param("playwright", "wrong", "^none$", id="wrong choice"),
])  # fmt: skip
def test_without_root_only_the_download_is_tried(
    machine: Machine, environment: Environment, working: str, chosen: str, message: str | None
) -> None:
    """Without root only the download is tried, and nothing for a wrong CHROMIUM_PATH."""
    machine.working = working
    with pytest.raises(SetUpProblem, match=message) if message else nullcontext():
        ensure(environment, {"CHROMIUM_PATH": chosen})
    assert len(machine.ran) == (0 if chosen else 1)


def test_slow_download_is_a_failed_one(
    machine: Machine, environment: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A download beyond its time limit ends in the usual message."""
    hang = Mock(side_effect=subprocess.TimeoutExpired("playwright", 1))
    monkeypatch.setattr(subprocess, "run", hang)
    with pytest.raises(SetUpProblem, match="none could be installed"):
        ensure(environment, {})
    assert hang.called
    assert not machine.has_browser


@pytest.mark.parametrize(("line", "chosen"), [
    ("CHROMIUM_PATH=/opt/my chrome", "/opt/my chrome"),
    ("export CHROMIUM_PATH = '/opt/chrome'", "/opt/chrome"),
    ("CHROMIUM_PATH=/opt/chrome # the old one", "/opt/chrome"),
    *((line, "") for line in (
        "#CHROMIUM_PATH=/opt/chrome", "CHROMIUM_PATH=", "MY_CHROMIUM_PATH=/opt/chrome",
    )),
])  # fmt: skip
def test_choice_in_the_env_file_is_read(tmp_path: Path, line: str, chosen: str) -> None:
    """CHROMIUM_PATH is read from `.env`, if there is one, with quotes, comments and `export`."""
    dotenv = tmp_path / ".env"
    assert browser_install.with_choice({}, dotenv) == {}
    dotenv.write_text(f"CLOVER_TARGET=standin\n{line}\n", encoding="utf-8")
    read = browser_install.with_choice({}, dotenv)
    assert read.get("CHROMIUM_PATH", "") == chosen
    given = browser_install.with_choice({"CHROMIUM_PATH": "/given"}, dotenv)
    assert given == {"CHROMIUM_PATH": "/given"}


@pytest.mark.parametrize(("arguments", "name", "headed"), [
    ("", "chromium-headless-shell", False), ("-m core", "chromium-headless-shell", False),
    ("--browser firefox -m core", "firefox", False),
    ("--browser=firefox --headed", "firefox", True),
    ("-k 'unclosed", "chromium-headless-shell", False),
    ("-m core --headed", "chromium", True), ("-k firefox", "chromium-headless-shell", False),
    ("--browser", "chromium-headless-shell", False),
])  # fmt: skip
def test_options_of_pytest_say_which_browser_is_needed(
    arguments: str, name: str, *, headed: bool
) -> None:
    """The set-up step installs what the run that follows it needs."""
    browser, window = browser_install.wanted(browser_install.split_options(arguments))
    assert (browser.name, window) == (name, headed)


@pytest.mark.parametrize(("arguments", "environ"), [
    (["--connect", "ws://a:1"], {}), (["--connect=ws://a:1"], {}),
    ([], {"REDIRECT_CONNECT": "ws://a:1"}),
])  # fmt: skip
def test_browser_of_another_machine_is_not_installed_here(
    machine: Machine, arguments: list[str], environ: dict[str, str]
) -> None:
    """A run with browser servers installs nothing."""
    browser_install.ensure_run(arguments, environ, python=Path(), prefix=Path())
    assert machine.ran == []
