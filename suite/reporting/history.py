"""Results of former runs in a SQLite file, and the trend that they show.

The file is a convenience and never a reason to fail: a missing file is created, an older one gets
the columns that it lacks, a damaged one is put aside, and a remark reports each of these.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from itertools import count, pairwise
from pathlib import Path
from statistics import median
from typing import NamedTuple

from records.recorded_test import TestRecord
from suite.evidence.evidence import INTEGRATION_CHECK
from suite.reporting.categories import MERCHANT_PROBLEM, TARGET_PROBLEM
from suite.reporting.groups import circumstances, reason, steady
from suite.reporting.run_summary import number

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
        "reason": "TEXT NOT NULL DEFAULT ''",
        "redirect_ms": "REAL",
    },
    "observations": {
        "run": "INTEGER NOT NULL DEFAULT 0",
        "text": "TEXT NOT NULL DEFAULT ''",
    },
}
SLOW_RUN_RATIO = 1.25
"""A run whose redirects take so many times as long is slower."""
SLOWER_RATIO, SLOWER_MS = 2.0, 300.0
"""A redirect that takes so many times as long, and so much longer, is slower."""
NOT_JUDGED = (TARGET_PROBLEM, MERCHANT_PROBLEM)
"""Categories of results that say nothing about a test."""


class Result(NamedTuple):
    """What a run said about one test; ``redirect_ms`` is the median of its redirects."""

    run: int
    test: str
    passed: bool
    category: str
    reason: str
    redirect_ms: float | None


@dataclass(frozen=True, slots=True)
class Trend:
    """The last runs, oldest first, and what this run has that the one before had not.

    Each test is compared with its last result under the same circumstances.

    Attributes:
        dates: of the runs, this one included.
        pass_rates: percent of the tests; None for a run without tests.
        median_ms: of the redirects; None for a run without redirects.
        newly_failing: tests that passed before.
        newly_fixed: tests that failed before.
        flaky: tests whose result changed more than once.
        slower: tests whose redirect is much slower, each with its time before and now.
        speed: how many times as long the redirects of the same passed tests take; None if unknown.
        observations: new findings of the integration check, and new reasons for an unclear test.
        red_since: the date since which a test is red for its present reason, only tests that
            were so before; None for the first run.
    """

    dates: Sequence[str]
    pass_rates: Sequence[float | None]
    median_ms: Sequence[float | None]
    newly_failing: Sequence[str]
    newly_fixed: Sequence[str]
    flaky: Sequence[str]
    slower: Sequence[str] = ()
    speed: float | None = None
    observations: Sequence[str] = ()
    red_since: Mapping[str, str] | None = None

    @property
    def changes(self) -> str:
        """What changed since the previous run, on one line; "" for the first run."""
        if len(self.dates) < 2:
            return ""
        counts = (
            (len(self.newly_failing), "newly red"),
            (len(self.newly_fixed), "newly green"),
            (len(self.slower), "slower"),
        )
        told = [f"{count} {words}" for count, words in counts if count]
        if self.observations:
            told.append(number(len(self.observations), "new observation"))
        if (self.speed or 1.0) >= SLOW_RUN_RATIO:
            told.append(f"redirects take {self.speed:.1f} times as long")
        return f"since the run of {self.dates[-2]}: {', '.join(told) or 'nothing changed'}"


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
    times = [time for record in records for time in _times(record)]
    started = min((record.started for record in records), default="")
    run = database.execute(
        "INSERT INTO runs (started, median_ms) VALUES (?, ?)",
        (started, median(times) if times else None),
    ).lastrowid
    database.executemany(
        "INSERT INTO results (run, test, status, category, reason, redirect_ms)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        [
            (
                *(run, circumstances(record), record.status, record.category),
                sha256(reason(record).encode()).hexdigest()[:16],
                median(_times(record)) if _times(record) else None,
            )
            for record in records
        ],
    )
    database.executemany(
        "INSERT INTO observations (run, text) VALUES (?, ?)",
        [(run, text) for text in sorted(_observations(records))],
    )


def _times(record: TestRecord) -> list[float]:
    times = (verdict.redirect_ms for verdict in record.verdicts)
    return [time for time in times if time is not None]


def _observations(records: Sequence[TestRecord]) -> set[str]:
    """Return what the tests observed that turns none of them red."""
    lines = {
        line.strip()
        for record in records
        for line in record.notes.get(INTEGRATION_CHECK, "").splitlines()
    }
    unclear = {f"{record.title}: {record.unclear}" for record in records if record.unclear}
    return {steady(text) for text in lines | unclear if text}


def _trend(database: sqlite3.Connection) -> Trend:
    runs = database.execute(
        "SELECT id, started, median_ms, avg(status IN ('passed', 'xfailed')) * 100 FROM runs "
        "LEFT JOIN results ON run = id AND status != 'skipped' "
        "GROUP BY id ORDER BY id DESC LIMIT ?",
        (NIGHTS,),
    ).fetchall()[::-1]
    courses: dict[str, list[Result]] = defaultdict(list)
    for row in database.execute(
        "SELECT run, test, status IN ('passed', 'xfailed'), category, reason, redirect_ms"
        " FROM results WHERE run >= ? AND status != 'skipped' ORDER BY run, test",
        (runs[0][0],),
    ):
        result = Result(*row)
        courses[result.test].append(result)
    now = runs[-1][0]
    judged = {
        test: [result for result in course if result.category not in NOT_JUDGED]
        for test, course in courses.items()
    }
    # The last two results of each test that this run judged.
    turns = [course[-2:] for course in judged.values() if len(course) > 1 and course[-1].run == now]
    timed = [
        (before.test, before.redirect_ms, after.redirect_ms)
        for before, after in turns
        if before.passed and after.passed and before.redirect_ms and after.redirect_ms
    ]
    started = {run: date[:10] for run, date, _, _ in runs}
    return Trend(
        dates=[*started.values()],
        median_ms=[median_ms for _, _, median_ms, _ in runs],
        pass_rates=[percent for _, _, _, percent in runs],
        newly_failing=[after.test for before, after in turns if before.passed > after.passed],
        newly_fixed=[after.test for before, after in turns if before.passed < after.passed],
        flaky=[
            test
            for test, course in judged.items()
            if sum(before.passed != after.passed for before, after in pairwise(course)) > 1
        ],
        slower=[
            f"{test}: {after / before:.1f} times, {before:.0f} → {after:.0f} ms"
            for test, before, after in timed
            if after >= max(before * SLOWER_RATIO, before + SLOWER_MS)
        ],
        speed=median(after / before for _, before, after in timed) if timed else None,
        observations=_new_observations(database, [run for run, *_ in runs[-2:]]),
        red_since=_red_since(courses, now, started) if len(runs) > 1 else None,
    )


def _red_since(
    courses: Mapping[str, Sequence[Result]], now: int, started: Mapping[int, str]
) -> dict[str, str]:
    """Return the tests that were red before for the reason of this run, with the first date."""
    since = {}
    for test, course in courses.items():
        last = first = course[-1]
        for one in reversed(course):
            if one.passed or one.reason != last.reason:
                break
            first = one
        if last.run == now and not last.passed and first.run != now:
            since[test] = started[first.run]
    return since


def _new_observations(database: sqlite3.Connection, runs: Sequence[int]) -> list[str]:
    """Return what the last of two runs observed and the one before did not; [] for one run."""
    if len(runs) < 2:
        return []
    told = "SELECT text FROM observations WHERE run = ?"
    rows = database.execute(f"{told} EXCEPT {told} ORDER BY text", runs[::-1])
    return [text for (text,) in rows]
