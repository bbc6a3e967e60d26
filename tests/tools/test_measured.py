"""Figures that the commands keep for the README."""

import json
import subprocess
from pathlib import Path
from unittest.mock import Mock

import pytest

from tools import measured
from tools.bench import mutants


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the figures, with those of the README."""
    for path in measured.FOLDER.glob("*.json"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr(measured, "FOLDER", tmp_path)
    return tmp_path


@pytest.mark.usefixtures("folder")
def test_kept_figures_are_what_the_readme_says() -> None:
    """A command's figures change the README's sentence, and nothing else does."""
    measured.keep("soak", runs=2, tests=1234, failures=3)
    assert measured.blocks()["measured-soak"] == (
        "2 whole runs in a row, half of them with busy cores: 1,234 tests, 3 failures"
    )


@pytest.mark.parametrize("chosen", [[], ["clover.address*"]])
def test_mutants_of_a_whole_run_are_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch, chosen: list[str]
) -> None:
    """A hanging mutant counts as killed; a run of some mutants changes no figure."""
    stats = folder / "stats"
    stats.write_text(json.dumps({"killed": 7, "timeout": 1, "total": 9}), encoding="utf-8")
    monkeypatch.setattr(mutants, "STATS", stats)
    monkeypatch.setattr(subprocess, "run", Mock(return_value=Mock(returncode=0)))
    before = measured.kept("mutants")["killed"]

    assert mutants.main(chosen) == 0

    assert measured.kept("mutants")["killed"] == (before if chosen else 8)
