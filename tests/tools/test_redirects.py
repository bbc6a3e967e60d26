"""``clover-redirects``: its commands, and what they refuse."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tools import redirects

CASE = 'title = "T"\noutcome = "cancel"\n'


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[list[str]]:
    """The runs that would have begun, in an empty folder."""
    begun: list[list[str]] = []

    def run(cases: Sequence[Path], options: Sequence[str]) -> int:
        begun.append([*map(str, cases), *options])
        return 0

    monkeypatch.setattr(redirects, "run_cases", run)
    monkeypatch.chdir(tmp_path)
    return begun


def test_options_stand_behind_the_cases(runs: list[list[str]]) -> None:
    """Everything from the first option on is pytest's."""
    Path("mine.toml").write_text(CASE)

    assert redirects.main(["run", "mine.toml", "--target", "standin", "-n", "2"]) == 0
    assert runs == [["mine.toml", "--target", "standin", "-n", "2"]]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "clover-redirects: the following arguments are required: command;"),
        (("rnu",), "clover-redirects: argument command: invalid choice: 'rnu'"),
        (("run",), "clover-redirects run: the following arguments are required: CASE;"),
        (("run", "-q"), "clover-redirects run: the following arguments are required: CASE;"),
        (("run", "."), ". has no case files: name a folder with .toml files."),
        (("run", "none.toml"), "none.toml cannot be read"),
        (("check",), "clover-redirects check: the following arguments are required: CASE;"),
        (("report",), "test-results has no report.html: run cases first"),
    ],
)
def test_mistake_is_one_sentence(
    runs: list[list[str]],
    capsys: pytest.CaptureFixture[str],
    words: Sequence[str],
    said: str,
) -> None:
    """A mistake ends with exit code 2 and its cure, and begins no run."""
    try:
        code = redirects.main(words)
    except SystemExit as ended:
        code = int(str(ended.code))

    [sentence] = capsys.readouterr().err.splitlines()
    assert code == 2
    assert sentence.startswith(said)
    assert not runs


def test_wrong_address_to_wait_for_is_one_sentence() -> None:
    """The run ends with pytest's exit code for a wrong option before it starts anything."""
    command = [sys.executable, "-m", "pytest", "e2e", "--wait-for", "localhost:5000"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)

    assert ended.returncode == 4
    said = "ERROR: --wait-for is 'localhost:5000': begin it with https:// or http://."
    assert ended.stderr.strip() == said


@pytest.mark.parametrize("command", redirects.COMMANDS)
def test_help_names_the_command(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """``--help`` prints the usage under the installed name."""
    with pytest.raises(SystemExit, match="0"):
        redirects.main([command, "--help"])

    assert capsys.readouterr().out.startswith(f"usage: clover-redirects {command} ")


def test_last_report_is_found(runs: list[list[str]], capsys: pytest.CaptureFixture[str]) -> None:
    """The path of the report is all that is printed."""
    report = Path("test-results", "report.html").absolute()
    report.parent.mkdir()
    report.touch()

    assert redirects.main(["report"]) == 0
    assert capsys.readouterr().out == f"{report}\n"
    assert not runs
