"""The history of runs shows changes, and never fails a run."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from records.recorded_test import TestRecord
from suite.evidence.evidence import INTEGRATION_CHECK
from suite.reporting.history import NIGHTS, Trend, remember
from tests.suite.samples import bug, error, record, verdict


def _night(file: Path, *failing: str, down: bool = False) -> Trend:
    """Add a run of the tests a and b, of which ``failing`` find a bug."""
    tests = [bug(name) if name in failing else record(name) for name in ("a", "b")]
    trend, _ = remember(file, [error(name) for name in ("a", "b")] if down else tests)
    assert trend is not None
    return trend


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A history with one night that passed."""
    path = tmp_path / "history.sqlite"
    _night(path)
    return path


def test_trend_covers_the_last_nights(tmp_path: Path) -> None:
    """A missing file is created with a remark; a trend covers a month."""
    file = tmp_path / "new" / "history.sqlite"
    trend, (remark,) = remember(file, [record()])

    assert trend is not None
    assert len(trend.dates) == 1
    assert "did not exist" in remark
    for _ in range(NIGHTS):
        trend = _night(file, "a")
    assert len(trend.dates) == NIGHTS
    assert list(trend.pass_rates) == [50.0] * NIGHTS
    assert list(trend.median_ms) == [120.0] * NIGHTS


def test_only_changed_results_are_news(file: Path) -> None:
    """A test is newly failing or newly fixed on the night of the change, then no more."""
    broken, still_broken, fixed = _night(file, "a"), _night(file, "a"), _night(file)
    assert [name.split(" ")[0] for name in broken.newly_failing] == ["e2e/test_outcomes.py::a"]
    assert not broken.newly_fixed
    assert not still_broken.newly_failing
    assert fixed.newly_fixed == broken.newly_failing


def test_test_that_changes_twice_is_flaky(file: Path) -> None:
    """A test that passes, fails and passes is flaky; a dead target says nothing about it."""
    _night(file, down=True)
    unchanged = _night(file)
    _night(file, "a")
    assert (list(unchanged.flaky), list(unchanged.newly_fixed)) == ([], [])
    assert ["::a" in name for name in _night(file).flaky] == [True]


def test_behaviours_are_compared_separately(file: Path) -> None:
    """A failure under one behaviour is no news under another one."""
    failed = bug("a")
    failed.verdicts[0] = replace(failed.verdicts[0], behaviour="measured")
    trend, _ = remember(file, [failed])
    assert trend is not None
    assert not trend.newly_failing


def test_known_red_has_its_first_date(file: Path) -> None:
    """A red is known for as long as its reason stays; another reason, or a green night, is new."""

    def since(day: int, *tests: TestRecord) -> Mapping[str, str]:
        started = f"2026-12-{day:02}T03:00:00.000+00:00"
        trend, _ = remember(file, [one.model_copy(update={"started": started}) for one in tests])
        assert trend is not None
        assert trend.red_since is not None
        return {name.partition("::")[2][:1]: date for name, date in trend.red_since.items()}

    assert since(1, bug("a", "keeps-query"), record("b")) == {}
    assert since(2, bug("a", "keeps-query"), error("b")) == {"a": "2026-12-01"}
    assert since(3, bug("a", "keeps-query"), error("b")) == {"a": "2026-12-01", "b": "2026-12-02"}
    assert since(4, bug("a", "is-a-get"), error("b")) == {"b": "2026-12-02"}
    assert since(5, record("a"), record("b")) == {}
    assert since(6, bug("a", "is-a-get"), record("b")) == {}


def test_changes_are_compared_with_the_previous_run(file: Path) -> None:
    """Slower redirects have their ratio; what both runs observed is no news."""

    def seen(ms: float, *found: str) -> TestRecord:
        notes = {INTEGRATION_CHECK: "\n".join(found)}
        return record("a", verdicts=[verdict(redirect_ms=ms)], notes=notes)

    first, _ = remember(file, [seen(200, "one at 12345"), record("b")])
    second, _ = remember(file, [seen(900, "one at 54321", "two"), bug("b")])

    assert first is not None
    assert second is not None
    assert first.changes.endswith(": 1 new observation, redirects take 1.3 times as long")
    assert second.observations == ["two"]
    assert [name.partition("): ")[2] for name in second.slower] == ["4.5 times, 200 → 900 ms"]
    assert second.changes == (
        "since the run of 2026-11-22: 1 newly red, 1 slower, 1 new observation,"
        " redirects take 4.5 times as long"
    )


@pytest.mark.parametrize(
    "damage", [b"this is no database at all" * 50, b"SQLite format 3\0" + b"x" * 200, None]
)
def test_damaged_file_is_put_aside(file: Path, damage: bytes | None) -> None:
    """A damaged or truncated file is kept under another name, and a new one begun."""
    damaged = damage or file.read_bytes()[:5000]
    file.write_bytes(damaged)

    trend, remarks = remember(file, [record()])

    assert trend is not None
    assert len(trend.dates) == 1
    assert "put aside" in remarks[0]
    assert file.with_name("history.sqlite.damaged-1").read_bytes() == damaged


def test_older_file_gets_the_missing_columns(tmp_path: Path) -> None:
    """Nights of an earlier version still count."""
    file = tmp_path / "old.sqlite"
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("CREATE TABLE runs (id INTEGER PRIMARY KEY, started TEXT)")
        database.execute("INSERT INTO runs (started) VALUES ('2026-01-01')")

    trend, remarks = remember(file, [record()])

    assert not remarks
    assert trend is not None
    assert len(trend.dates) == 2


def test_unwritable_file_is_a_remark(tmp_path: Path) -> None:
    """A history that cannot be written does not fail the run."""
    (tmp_path / "blocked").write_text("a file, not a folder")
    trend, (remark,) = remember(tmp_path / "blocked" / "history.sqlite", [record()])
    assert trend is None
    assert "is not in the history" in remark
