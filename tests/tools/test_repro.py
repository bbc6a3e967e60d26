"""Commands that repeat and check case files."""

import subprocess
from itertools import pairwise
from pathlib import Path
from unittest.mock import Mock

import pytest

from tests.suite.samples import bug, record
from tools import cases, repro
from tools.repro import checkouts, command

CASE = 'title = "A case"\noutcome = "cancel"\n'


def _case(folder: Path, text: str = CASE, name: str = "case.toml") -> Path:
    (folder / name).write_text(text)
    return folder / name


def test_case_runs_slowly_with_trace() -> None:
    """A repeated case can be followed by eye and in the trace."""
    words = command(Path("case.toml"), ["--seed", "7"], window=True)
    values = dict(pairwise(words))

    assert (values["--case"], values["--tracing"]) == ("case.toml", "on")
    assert int(values["--slowmo"]) > 0
    assert "--headed" in words
    assert words[-2:] == ["--seed", "7"]


def test_navigation_of_each_checkout_is_printed() -> None:
    """Passed and failed checkouts are shown hop by hop."""
    lines = "\n".join(checkouts([record(), bug()]))
    assert "the shopper lands on the success URL of the request; passed" in lines
    assert "violated: same-path" in lines
    assert f"promise: {bug().title}" in lines
    assert "https://checkout.localhost:4000/pay-checkout/x" in lines


def test_invalid_case_is_refused_before_a_browser_starts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mistake in the file is reported before anything runs."""
    file = _case(tmp_path, "title = 5")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: pytest.fail("it ran"))
    assert repro.main([str(file)]) == 2
    assert f"{file}, line 1: title" in capsys.readouterr().err


def test_exit_code_is_that_of_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A repeated failure exits with a failure."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(subprocess, "run", Mock(return_value=Mock(returncode=1)))
    assert repro.main([str(_case(tmp_path)), "--no-window"]) == 1


def test_case_files_are_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Good files are named with their titles, bad ones with their mistakes."""
    good, bad = _case(tmp_path), _case(tmp_path, "outcome = 'x'", "bad.toml")
    assert cases.main([str(good), str(bad)]) == 1
    printed = capsys.readouterr()
    assert "A case" in printed.out
    assert "bad.toml, line 1" in printed.err
