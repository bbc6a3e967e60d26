"""Figures of a run that the terminal, the HTML report and the GitHub summary share."""

from collections import Counter
from collections.abc import Sequence
from statistics import median, quantiles
from typing import NamedTuple

from records.recorded_test import TestRecord
from suite.engines import ENGINES
from suite.reporting.categories import CATEGORIES, FAILURES, counted

FACTS = ("target", "behaviour", "browser", "fault")
"""Circumstances that may differ between the runs of one report and then name the columns."""
UNSEEN = "not observed"
URGENCY = ("failed", "error", "xpassed", "passed", "xfailed", "skipped")


class Headline(NamedTuple):
    """The run in one sentence; ``tone`` is "passed", "failed" or "error"."""

    tone: str
    text: str
    detail: str = ""


class OutcomeRow(NamedTuple):
    """The checkouts of one outcome; ``median_ms`` and ``p95_ms`` are None without a redirect."""

    outcome: str
    passed: int
    failed: int
    median_ms: float | None
    p95_ms: float | None


class RunSummary:
    """Counts, matrix and facts of the tests of one run or of several merged runs.

    Attributes:
        records: the most urgent first.
        checkouts: the number of sessions that were judged, each once or more often.
        clauses: the number of verdicts that violate each clause.
        columns: of the matrix, one for each combination of circumstances.
    """

    def __init__(self, records: Sequence[TestRecord]) -> None:
        self.records = sorted(records, key=lambda record: URGENCY.index(record.result))
        self.verdicts = [verdict for record in records for verdict in record.verdicts]
        self.checkouts = len({verdict.session_id for verdict in self.verdicts})
        self.results = Counter(record.result for record in records)
        self.categories = Counter(record.category for record in records if record.category)
        self.clauses = Counter(clause for verdict in self.verdicts for clause in verdict.clauses)
        self.duration_s = sum(record.duration_s for record in records)
        self.began = min((record.started for record in records), default="")
        varying = [name for name in FACTS if len({_fact(one, name) for one in records}) > 1]
        self._varying = dict.fromkeys(["behaviour", *varying])
        self.columns = sorted({self.column_of(record) for record in records})

    @property
    def headline(self) -> Headline:
        """What matters most: failures, else errors, else that everything passed."""
        ran = len(self.records) - self.results["skipped"]
        if not ran:
            return Headline("error", "No test was run", "so nothing was verified")
        errors = counted(self.categories, CATEGORIES[len(FAILURES) :])
        if failures := counted(self.categories, FAILURES):
            detail = f"and {errors}, which say nothing about redirects" if errors else ""
            return Headline("failed", f"{failures} in {number(ran, 'test')}", detail)
        if errors:
            return Headline("error", "No redirect bug found, but the run is incomplete", errors)
        if unclear := sum(bool(record.unclear) for record in self.records):
            text = f"No violations in {number(ran, 'test')}"
            return Headline("error", text, f"and {number(unclear, 'test')} unclear")
        return Headline("passed", f"No violations in {number(ran, 'test')}")

    @property
    def outcomes(self) -> list[OutcomeRow]:
        """A row for each outcome, in the order of the checkouts."""
        rows = []
        for outcome, times in self.times_ms.items():
            mine = [verdict for verdict in self.verdicts if verdict.outcome == outcome]
            passed = sum(verdict.kept for verdict in mine)
            failed = sum(bool(verdict.violations) for verdict in mine)
            p95 = percentile(times, 95) if times else None
            rows.append(OutcomeRow(outcome, passed, failed, median(times) if times else None, p95))
        return rows

    @property
    def times_ms(self) -> dict[str, list[float]]:
        """The redirect times of each outcome, milliseconds."""
        times: dict[str, list[float]] = {verdict.outcome: [] for verdict in self.verdicts}
        for verdict in self.verdicts:
            if verdict.redirect_ms is not None:
                times[verdict.outcome].append(verdict.redirect_ms)
        return times

    @property
    def matrix(self) -> dict[str, list[Counter[str]]]:
        """For each title the number of tests by result, in each column."""
        rows: dict[str, dict[str, Counter[str]]] = {}
        for record in self.records:
            row = rows.setdefault(record.title, {column: Counter() for column in self.columns})
            row[self.column_of(record)][record.result] += 1
        return {title: list(row.values()) for title, row in rows.items()}

    @property
    def facts(self) -> dict[str, str]:
        """The circumstances of the run, several values with commas between them."""
        found = {
            name: {_fact(record, name) for record in self.records} - {""}
            for name in (*FACTS, "seed")
        }
        found |= {f"{UNSEEN} in {browser}": {text} for browser, text in self.unseen.items()}
        return {name: ", ".join(sorted(values)) for name, values in found.items() if values}

    @property
    def unseen(self) -> dict[str, str]:
        """What each browser of the run does not tell the suite."""
        browsers = sorted({_fact(record, "browser") for record in self.records} & ENGINES.keys())
        return {name: text for name in browsers if (text := ENGINES[name].unseen)}

    def column_of(self, record: TestRecord) -> str:
        """Return the column of the matrix that a test belongs to."""
        return " · ".join(filter(None, (_fact(record, name) for name in self._varying))) or "–"


def _fact(record: TestRecord, name: str) -> str:
    return record.base_behaviour if name == "behaviour" else record.run.get(name, "")


def number(count: int, noun: str) -> str:
    """Return a count with its noun: "1 test", "2 tests"."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def percentile(values: Sequence[float], percent: int) -> float:
    """Return the value below which ``percent`` of 100 values lie; a single value itself."""
    if len(values) == 1:
        return values[0]
    return quantiles(values, n=100, method="inclusive")[percent - 1]
