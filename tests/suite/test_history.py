"""The history of runs tells what is new, and never stands in the way of a run."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from suite.reporting.history import NIGHTS, Trend, remember
from tests.suite.samples import bug, error, record


def _night(file: Path, *failing: str, down: bool = False) -> Trend:
    """One run of tests a and b, of which ``failing`` find a bug."""
    tests = [bug(name) if name in failing else record(name) for name in ("a", "b")]
    trend, _ = remember(file, [error(name) for name in ("a", "b")] if down else tests)
    assert trend is not None
    return trend


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A history with one green night."""
    path = tmp_path / "history.sqlite"
    _night(path)
    return path


def test_missing_file_is_begun_with_a_remark(tmp_path: Path) -> None:
    """The first night has no history, and says so."""
    trend, remarks = remember(tmp_path / "new" / "history.sqlite", [record()])

    assert trend is not None
    assert len(trend.dates) == 1
    assert len(remarks) == 1
    assert "did not exist" in remarks[0]


def test_test_that_begins_to_fail_is_named(file: Path) -> None:
    """Green last night, red tonight."""
    trend = _night(file, "a")

    assert len(trend.newly_failing) == 1
    assert "::a" in trend.newly_failing[0]
    assert not trend.newly_fixed


def test_test_that_goes_on_failing_is_no_news(file: Path) -> None:
    """The second red night in a row is not newly failing."""
    _night(file, "a")

    assert not _night(file, "a").newly_failing


def test_test_that_passes_again_is_named(file: Path) -> None:
    """Red last night, green tonight."""
    _night(file, "a")
    trend = _night(file)

    assert len(trend.newly_fixed) == 1
    assert not trend.flaky or "::a" in trend.flaky[0]


def test_test_that_goes_to_and_fro_is_flaky(file: Path) -> None:
    """Pass, fail, pass under the same circumstances is a flaky test."""
    _night(file, "a")

    assert ["::a" in name for name in _night(file).flaky] == [True]


def test_night_with_a_dead_target_makes_nothing_flaky(file: Path) -> None:
    """What the target did is not the tests' doing."""
    _night(file, down=True)
    trend = _night(file)

    assert not trend.flaky
    assert not trend.newly_fixed


def test_same_test_under_another_behaviour_is_another_test(file: Path) -> None:
    """A test that fails under one behaviour only is not newly failing under the other."""
    failed = bug("a")
    failed.verdicts[0] = replace(failed.verdicts[0], behaviour="measured")

    trend, _ = remember(file, [failed])

    assert trend is not None
    assert not trend.newly_failing


def test_only_the_last_nights_are_shown(file: Path) -> None:
    """The plots end at a month."""
    for _ in range(NIGHTS):
        trend = _night(file)

    assert len(trend.dates) == len(trend.pass_rates) == len(trend.median_ms) == NIGHTS


@pytest.mark.parametrize(
    "damage", [b"this is no database at all" * 50, b"SQLite format 3\0" + b"x" * 200]
)
def test_damaged_file_is_put_aside(file: Path, damage: bytes) -> None:
    """A broken file is kept for whoever wants to look, and a new one begun."""
    file.write_bytes(damage)

    trend, remarks = remember(file, [record()])

    assert trend is not None
    assert len(trend.dates) == 1
    assert "put aside" in remarks[0]
    assert file.with_name("history.sqlite.damaged-1").read_bytes() == damage


def test_file_cut_short_does_not_end_the_run(file: Path) -> None:
    """A download that broke off half-way is damaged too."""
    file.write_bytes(file.read_bytes()[:5000])

    trend, remarks = remember(file, [record()])

    assert trend is not None
    assert remarks


def test_older_file_gets_the_columns_it_lacks(tmp_path: Path) -> None:
    """Nights of an earlier version still count."""
    file = tmp_path / "old.sqlite"
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("CREATE TABLE runs (id INTEGER PRIMARY KEY, started TEXT)")
        database.execute("INSERT INTO runs (started) VALUES ('2026-01-01')")

    trend, remarks = remember(file, [record()])

    assert not remarks
    assert trend is not None
    assert len(trend.dates) == 2


def test_place_that_cannot_be_written_is_a_remark(tmp_path: Path) -> None:
    """A history that cannot be kept costs a sentence and not the report."""
    (tmp_path / "blocked").write_text("a file, not a folder")

    trend, remarks = remember(tmp_path / "blocked" / "history.sqlite", [record()])

    assert trend is None
    assert "is not in the history" in remarks[0]
