"""The results of former runs in one small SQLite file, and what they say together.

The file is a convenience and never a reason to fail: a missing one is begun, an
older one gets the columns it lacks, a damaged one is put aside, and each of
these is said in a sentence.
"""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import pairwise
from pathlib import Path
from statistics import median

from records.recorded_test import TestRecord
from suite.reporting.charts import line_plot, nice
from suite.reporting.trend import Trend

NIGHTS = 30
"""Runs that the report shows."""
WAITING_S = 10.0
"""How long another process may hold the file."""
COLUMNS = {
    "runs": {
        "id": "INTEGER PRIMARY KEY",
        "started": "TEXT NOT NULL DEFAULT ''",
        "tests": "INTEGER NOT NULL DEFAULT 0",
        "passed": "INTEGER NOT NULL DEFAULT 0",
        "failed": "INTEGER NOT NULL DEFAULT 0",
        "errors": "INTEGER NOT NULL DEFAULT 0",
        "median_ms": "REAL",
    },
    "results": {
        "run": "INTEGER NOT NULL DEFAULT 0",
        "test": "TEXT NOT NULL DEFAULT ''",
        "status": "TEXT NOT NULL DEFAULT ''",
        "category": "TEXT NOT NULL DEFAULT ''",
    },
}
NOT_THE_TESTS_FAULT = {"target problem", "merchant site problem"}


def remember(file: Path, records: Sequence[TestRecord]) -> tuple[Trend | None, list[str]]:
    """Append a run and read the last ones.

    Returns:
        What the runs say together, or None where the file could not be used, and
        a sentence for each thing that was wrong with it.
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
            aside = _put_aside(file)
            remarks.append(
                f"{file} is no history that can be read ({error}): it was put aside as "
                f"{aside.name}, and a new one begins with this run."
            )
            return _append_and_read(file, records), remarks
    except (OSError, sqlite3.Error) as error:
        return None, [f"{file} could not be written ({error}), so this run is not in the history."]


def _put_aside(file: Path) -> Path:
    number = 1
    while (aside := file.with_name(f"{file.name}.damaged-{number}")).exists():
        number += 1
    file.rename(aside)
    return aside


def _append_and_read(file: Path, records: Sequence[TestRecord]) -> Trend:
    file.parent.mkdir(parents=True, exist_ok=True)
    with _opened(file) as database:
        _prepare(database)
        _append(database, records)
        return _trend(database)


@contextmanager
def _opened(file: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(file, timeout=WAITING_S)) as database, database:
        yield database


def _prepare(database: sqlite3.Connection) -> None:
    """Create what is missing; names come from ``COLUMNS`` alone."""
    for table, columns in COLUMNS.items():
        described = ", ".join(f"{name} {kind}" for name, kind in columns.items())
        database.execute(f"CREATE TABLE IF NOT EXISTS {table} ({described})")
        present = {row[1] for row in database.execute(f"PRAGMA table_info({table})")}
        for name, kind in columns.items():
            if name not in present:
                database.execute(f"ALTER TABLE {table} ADD COLUMN {name} {kind}")


def _append(database: sqlite3.Connection, records: Sequence[TestRecord]) -> None:
    times = [
        verdict.redirect_ms
        for record in records
        for verdict in record.verdicts
        if verdict.redirect_ms is not None
    ]
    counts = Counter(record.status for record in records)
    run = database.execute(
        "INSERT INTO runs (started, tests, passed, failed, errors, median_ms) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        (
            min((record.started for record in records), default=""),
            len(records) - counts["skipped"],
            counts["passed"] + counts["xfailed"],
            counts["failed"],
            counts["error"],
            median(times) if times else None,
        ),
    ).lastrowid
    database.executemany(
        "INSERT INTO results (run, test, status, category) VALUES (?, ?, ?, ?)",
        [(run, _key(record), record.status, record.category) for record in records],
    )


def _key(record: TestRecord) -> str:
    """A test under its circumstances: only like may be compared with like."""
    facts = [record.run.get("target", ""), record.base_behaviour, record.run.get("browser", "")]
    return f"{record.nodeid} ({', '.join(fact for fact in facts if fact)})"


def _trend(database: sqlite3.Connection) -> Trend:
    runs = database.execute(
        "SELECT id, started, tests, passed, median_ms FROM runs ORDER BY id DESC LIMIT ?", (NIGHTS,)
    ).fetchall()[::-1]
    nights = [started[:10] for _, started, *_ in runs]
    rates = [passed / tests * 100 if tests else None for _, _, tests, passed, _ in runs]
    times = [row[4] for row in runs]
    slowest = max((value for value in times if value is not None), default=1.0)
    course = _courses(database, [row[0] for row in runs])
    last = runs[-1][0]
    return Trend(
        nights=len(runs),
        pass_rate=line_plot(rates, nights, top=100, unit="%", title="Tests passed, per cent"),
        redirect_ms=line_plot(
            times, nights, top=nice(slowest), unit="", title="Median redirect time, ms"
        ),
        newly_failing=[
            test for test, states in course.items() if _turned(states, last, good=False)
        ],
        newly_fixed=[test for test, states in course.items() if _turned(states, last, good=True)],
        flaky=[test for test, states in course.items() if _flips(states) > 1],
    )


def _courses(
    database: sqlite3.Connection, runs: Sequence[int]
) -> dict[str, list[tuple[int, bool]]]:
    """For each test the runs that judged it, in order, and whether it passed."""
    course: dict[str, list[tuple[int, bool]]] = defaultdict(list)
    rows = database.execute(
        "SELECT run, test, status, category FROM results WHERE run >= ? ORDER BY run, test",
        (runs[0],),
    )
    for run, test, status, category in rows:
        if status != "skipped" and category not in NOT_THE_TESTS_FAULT:
            course[test].append((run, status in {"passed", "xfailed"}))
    return course


def _turned(states: Sequence[tuple[int, bool]], last: int, *, good: bool) -> bool:
    if len(states) < 2 or states[-1][0] != last:
        return False
    return states[-1][1] is good and states[-2][1] is not good


def _flips(states: Sequence[tuple[int, bool]]) -> int:
    return sum(before[1] is not after[1] for before, after in pairwise(states))
