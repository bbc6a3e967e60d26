"""Results of former runs in a SQLite file, and the trend that they show.

The file is a convenience and never a reason to fail: a missing file is created, an older one gets
the columns that it lacks, a damaged one is put aside, and a remark reports each of these.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import count, pairwise
from pathlib import Path
from statistics import median

from records.recorded_test import TestRecord
from suite.reporting.categories import MERCHANT_PROBLEM, TARGET_PROBLEM

NIGHTS = 30
"""Runs that the report shows."""
LOCK_TIMEOUT_S = 10.0
COLUMNS = {
    "runs": {
        "id": "INTEGER PRIMARY KEY",
        "started": "TEXT NOT NULL DEFAULT ''",
        "median_ms": "REAL",
    },
    "results": {
        "run": "INTEGER NOT NULL DEFAULT 0",
        "test": "TEXT NOT NULL DEFAULT ''",
        "status": "TEXT NOT NULL DEFAULT ''",
        "category": "TEXT NOT NULL DEFAULT ''",
    },
}
NOT_JUDGED = (TARGET_PROBLEM, MERCHANT_PROBLEM)
"""Categories of results that say nothing about a test."""


@dataclass(frozen=True, slots=True)
class Trend:
    """The last runs, oldest first.

    Attributes:
        dates: of the runs, this one included.
        pass_rates: percent of the tests; None for a run without tests.
        median_ms: of the redirects; None for a run without redirects.
        flaky: tests whose result changed more than once.
    """

    dates: Sequence[str]
    pass_rates: Sequence[float | None]
    median_ms: Sequence[float | None]
    newly_failing: Sequence[str]
    newly_fixed: Sequence[str]
    flaky: Sequence[str]


def remember(file: Path, records: Sequence[TestRecord]) -> tuple[Trend | None, list[str]]:
    """Append a run to the history, and read the last runs.

    Returns:
        The trend, or None if the file cannot be used; and a remark for each problem with it.
    """
    remarks: list[str] = []
    try:
        if not file.exists():
            remarks.append(f"{file} did not exist: the history begins with this run.")
        try:
            return _append_and_read(file, records), remarks
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError) and "locked" in str(error):
                raise
            numbered = (file.with_name(f"{file.name}.damaged-{number}") for number in count(1))
            aside = file.rename(next(name for name in numbered if not name.exists()))
            remarks.append(
                f"{file} is not a readable history ({error}): it was put aside as {aside.name}, "
                "and a new one begins with this run."
            )
            return _append_and_read(file, records), remarks
    except (OSError, sqlite3.Error) as error:
        return None, [f"{file} could not be written ({error}), so this run is not in the history."]


def _append_and_read(file: Path, records: Sequence[TestRecord]) -> Trend:
    file.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(file, timeout=LOCK_TIMEOUT_S)) as database, database:
        _prepare(database)
        _append(database, records)
        return _trend(database)


def _prepare(database: sqlite3.Connection) -> None:
    """Create missing tables and columns, whose names come from ``COLUMNS`` alone."""
    for table, columns in COLUMNS.items():
        described = ", ".join(f"{name} {kind}" for name, kind in columns.items())
        database.execute(f"CREATE TABLE IF NOT EXISTS {table} ({described})")
        present = {row[1] for row in database.execute(f"PRAGMA table_info({table})")}
        for name in columns.keys() - present:
            database.execute(f"ALTER TABLE {table} ADD COLUMN {name} {columns[name]}")


def _append(database: sqlite3.Connection, records: Sequence[TestRecord]) -> None:
    verdicts = [verdict for record in records for verdict in record.verdicts]
    times = [verdict.redirect_ms for verdict in verdicts if verdict.redirect_ms is not None]
    started = min((record.started for record in records), default="")
    run = database.execute(
        "INSERT INTO runs (started, median_ms) VALUES (?, ?)",
        (started, median(times) if times else None),
    ).lastrowid
    database.executemany(
        "INSERT INTO results (run, test, status, category) VALUES (?, ?, ?, ?)",
        [(run, _key(record), record.status, record.category) for record in records],
    )


def _key(record: TestRecord) -> str:
    """Return the test with its circumstances, because only results under the same ones compare."""
    facts = [record.run.get("target", ""), record.base_behaviour, record.run.get("browser", "")]
    return f"{record.nodeid} ({', '.join(fact for fact in facts if fact)})"


def _trend(database: sqlite3.Connection) -> Trend:
    runs = database.execute(
        "SELECT id, started, median_ms, avg(status IN ('passed', 'xfailed')) * 100 FROM runs "
        "LEFT JOIN results ON run = id AND status != 'skipped' "
        "GROUP BY id ORDER BY id DESC LIMIT ?",
        (NIGHTS,),
    ).fetchall()[::-1]
    courses: dict[str, list[tuple[int, bool]]] = defaultdict(list)
    for run, test, passed in database.execute(
        "SELECT run, test, status IN ('passed', 'xfailed') FROM results "
        "WHERE run >= ? AND status != 'skipped' AND category NOT IN (?, ?) ORDER BY run, test",
        (runs[0][0], *NOT_JUDGED),
    ):
        courses[test].append((run, bool(passed)))
    # The last change of each test that this run judged, as (before, now).
    turns = {
        test: (course[-2][1], course[-1][1])
        for test, course in courses.items()
        if len(course) > 1 and course[-1][0] == runs[-1][0]
    }
    return Trend(
        dates=[started[:10] for _, started, _, _ in runs],
        median_ms=[median_ms for _, _, median_ms, _ in runs],
        pass_rates=[percent for _, _, _, percent in runs],
        newly_failing=[test for test, turn in turns.items() if turn == (True, False)],
        newly_fixed=[test for test, turn in turns.items() if turn == (False, True)],
        flaky=[
            test
            for test, course in courses.items()
            if sum(before[1] is not after[1] for before, after in pairwise(course)) > 1
        ],
    )
