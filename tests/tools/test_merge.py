"""Several runs are merged into one report, and their files are kept."""

from dataclasses import replace
from pathlib import Path

import pytest

from records.recorded_test import TestRecord
from tests.suite.samples import bug, record
from tools.merge import main


def _run(folder: Path, *records: TestRecord) -> Path:
    for one in records:
        one.save(folder / one.folder, one.model_dump_json())
    (folder / "junit.xml").write_text("<testsuites/>")
    return folder


@pytest.fixture
def shards(tmp_path: Path) -> list[str]:
    """Two runs of the same test under two behaviours."""
    measured = bug("test_lands")
    measured.verdicts[0] = replace(measured.verdicts[0], behaviour="measured")
    return [
        str(_run(tmp_path / "documented" / "test-results", record("test_lands"))),
        str(_run(tmp_path / "measured" / "test-results", measured)),
    ]


def test_report_has_the_tests_of_every_run(shards: list[str], tmp_path: Path) -> None:
    """Tests of the same name in several runs are all shown, and each run's files are kept apart."""
    assert main([*shards, "-o", str(tmp_path / "all")]) == 0

    page = (tmp_path / "all" / "report.html").read_text(encoding="utf-8")
    assert "1 redirect bug in 2 tests" in page
    for name in ("documented", "measured"):
        kept = tmp_path / "all" / name
        assert f"<th>{name}</th>" in page
        assert (kept / "junit.xml").read_text() == "<testsuites/>"
        assert (kept / "test_lands" / "evidence.json").is_file()


def test_folders_of_the_same_name_are_separated(tmp_path: Path) -> None:
    """Folders of the same name get different names."""
    runs = [_run(tmp_path / name / "shard", record(f"test_{name}")) for name in "ab"]
    main([*map(str, runs), "-o", str(tmp_path / "all")])
    folders = [path.name for path in (tmp_path / "all").iterdir() if path.is_dir()]
    assert sorted(folders) == ["shard", "shard-2"]


@pytest.mark.parametrize("folder", ["nowhere", "empty"])
def test_nothing_to_merge(folder: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A run without results is not merged into a report that passed."""
    (tmp_path / "empty").mkdir()
    assert main([str(tmp_path / folder), "-o", str(tmp_path / "all")]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert not (tmp_path / "all" / "report.html").exists()


def test_merged_run_goes_into_the_history(shards: list[str], tmp_path: Path) -> None:
    """Several merged runs are one night in the history."""
    history = str(tmp_path / "history.sqlite")
    for _ in range(2):
        main([*shards, "-o", str(tmp_path / "all"), "--history", history])
    assert "Last 2 nights" in (tmp_path / "all" / "report.html").read_text(encoding="utf-8")
