"""What the report shows, computed from the records so that the template only lays it out."""

import base64
import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from markupsafe import Markup, escape

from records.observation import Hop
from records.recorded_test import TestRecord
from records.verdict import Verdict
from suite.reporting.categories import CATEGORIES, REDIRECT_BUG
from suite.reporting.known_causes import Cause, causes
from suite.reporting.redirect_table import PLURALS, percentile
from suite.reporting.url_diff import Piece, compare

FACTS = ("target", "behaviour", "browser", "fault")
"""What may differ between the runs of one report, and so names the matrix's columns."""
URGENCY = ("failed", "error", "xpassed", "passed", "xfailed", "skipped")


@dataclass(frozen=True, slots=True)
class Headline:
    """The report in one sentence, and its colour."""

    tone: str
    words: str
    more: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One promise under one behaviour."""

    counts: Mapping[str, int]

    @property
    def tone(self) -> str:
        """The worst of what came, or nothing for a combination that was not run."""
        return next((status for status in URGENCY if self.counts.get(status)), "none")


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """How one outcome fared; times in milliseconds."""

    outcome: str
    kept: int
    broken: int
    median_ms: float | None
    late_ms: float | None


@dataclass(slots=True)
class View:
    """Everything on the page."""

    records: Sequence[TestRecord]
    headline: Headline
    counts: Mapping[str, int]
    categories: Sequence[tuple[str, int]]
    outcomes: Sequence[OutcomeRow]
    clauses: Sequence[tuple[str, int]]
    columns: Sequence[str]
    matrix: Sequence[tuple[str, Sequence[Cell]]]
    facts: Mapping[str, str]
    times: Mapping[str, Sequence[float]]
    duration_s: float
    began: str
    pictures: Mapping[str, str] = field(default_factory=dict)
    varying: Sequence[str] = ()

    def column_of(self, record: TestRecord) -> str:
        """The matrix column to which a test belongs."""
        return _column(record, self.varying)


def view(records: Sequence[TestRecord], folder: Path) -> View:
    """Compute the report of ``records``, whose files lie under ``folder``."""
    ordered = sorted(records, key=lambda record: URGENCY.index(_status(record)))
    verdicts = [verdict for record in records for verdict in record.verdicts]
    varying = _varying(records)
    columns = sorted({_column(record, varying) for record in records})
    counts = Counter(_status(record) for record in records)
    found = Counter(record.category for record in records if record.category)
    clauses = Counter(clause for verdict in verdicts for clause in verdict.clauses)
    times: dict[str, list[float]] = defaultdict(list)
    for verdict in verdicts:
        if verdict.redirect_ms is not None:
            times[verdict.outcome].append(verdict.redirect_ms)
    return View(
        records=ordered,
        headline=_headline(records, found),
        counts=counts,
        categories=[(category, found[category]) for category in CATEGORIES if found[category]],
        outcomes=_outcomes(verdicts, times),
        clauses=clauses.most_common(),
        columns=columns,
        matrix=_matrix(ordered, columns, varying),
        facts=_facts(records),
        times=times,
        duration_s=sum(record.duration_s for record in records),
        began=min((record.started for record in records), default=""),
        pictures=_pictures(records, folder),
        varying=varying,
    )


def _status(record: TestRecord) -> str:
    return "error" if record.status == "running" else record.status


def _headline(records: Sequence[TestRecord], found: Mapping[str, int]) -> Headline:
    ran = [record for record in records if record.status != "skipped"]
    if not ran:
        return Headline("error", "No test was run", "so nothing was proved")
    others = sum(found.values()) - found.get(REDIRECT_BUG, 0)
    words = ", ".join(
        _counted(found[category], category)
        for category in CATEGORIES
        if category != REDIRECT_BUG and found.get(category)
    )
    if bugs := found.get(REDIRECT_BUG, 0):
        more = f"and {words}, which say nothing about redirects" if others else ""
        return Headline("failed", f"{_counted(bugs, REDIRECT_BUG)} in {len(ran)} tests", more)
    if others:
        return Headline("error", "No redirect bug seen, but the run is not whole", words)
    return Headline("passed", f"Every promise kept in {len(ran)} tests", "")


def _counted(count: int, category: str) -> str:
    return f"{count} {category if count == 1 else PLURALS[category]}"


def _outcomes(
    verdicts: Sequence[Verdict], times: Mapping[str, Sequence[float]]
) -> list[OutcomeRow]:
    rows = []
    for outcome in dict.fromkeys(verdict.outcome for verdict in verdicts):
        mine = [verdict for verdict in verdicts if verdict.outcome == outcome]
        kept = sum(verdict.kept for verdict in mine)
        took = times.get(outcome, ())
        rows.append(
            OutcomeRow(
                outcome,
                kept,
                sum(bool(verdict.violations) for verdict in mine),
                median(took) if took else None,
                percentile(took, 95) if took else None,
            )
        )
    return rows


def _fact(record: TestRecord, name: str) -> str:
    return record.base_behaviour if name == "behaviour" else record.run.get(name, "")


def _varying(records: Sequence[TestRecord]) -> list[str]:
    several = [name for name in FACTS if len({_fact(record, name) for record in records}) > 1]
    return list(dict.fromkeys(["behaviour", *several]))


def _column(record: TestRecord, varying: Sequence[str]) -> str:
    return " · ".join(_fact(record, name) for name in varying if _fact(record, name)) or "–"


def _matrix(
    records: Sequence[TestRecord], columns: Sequence[str], varying: Sequence[str]
) -> list[tuple[str, Sequence[Cell]]]:
    rows: dict[str, dict[str, Counter[str]]] = {}
    for record in records:
        row = rows.setdefault(record.title, {column: Counter() for column in columns})
        row[_column(record, varying)][_status(record)] += 1
    return [
        (title, [Cell(dict(cells[column])) for column in columns]) for title, cells in rows.items()
    ]


def _facts(records: Sequence[TestRecord]) -> dict[str, str]:
    named = {name: {_fact(record, name) for record in records} - {""} for name in (*FACTS, "seed")}
    return {name: ", ".join(sorted(values)) for name, values in named.items() if values}


def _pictures(records: Sequence[TestRecord], folder: Path) -> dict[str, str]:
    """Screenshots as data URLs, by folder and file name."""
    pictures = {}
    for record in records:
        for name in record.screenshots:
            path = folder / record.folder / name
            if path.is_file():
                encoded = base64.b64encode(path.read_bytes()).decode("ascii")
                pictures[f"{record.folder}/{name}"] = f"data:image/png;base64,{encoded}"
    return pictures


def marked(text: str | None, mark: tuple[int, int]) -> Markup:
    """``text`` with the differing characters marked."""
    if text is None:
        return Markup("")
    start, end = mark
    if end <= start:
        return escape(text)
    return Markup("{}<mark>{}</mark>{}").format(text[:start], text[start:end], text[end:])


def pieces(verdict: Verdict) -> Sequence[Piece]:
    """Expected and landed URL part by part; nothing where one of them does not exist."""
    if not verdict.expected_url or not verdict.landed_url:
        return ()
    return compare(verdict.expected_url, verdict.landed_url)


def unchanged(verdict: Verdict) -> str:
    """The parts of the URL that are as they should be, in words."""
    same = [piece.part for piece in pieces(verdict) if piece.same]
    parts = [part for part in dict.fromkeys(same) if part != "query"]
    parameters = same.count("query")
    words = [f"{parameters} parameter{'s' if parameters > 1 else ''}"] if parameters else []
    return ", ".join(parts + words)


def hints(verdict: Verdict) -> Sequence[Cause]:
    """Known causes that fit a broken verdict."""
    return causes(verdict) if verdict.violations else ()


def spans(hops: Sequence[Hop]) -> list[tuple[Hop, float, float]]:
    """Each hop with start and width of its bar, in percent of the whole way."""
    if not hops:
        return []
    first, last = hops[0].at_ms, hops[-1].at_ms
    whole = max(last - first, 1.0) * 1.05
    ends = [*(hop.at_ms for hop in hops[1:]), first + whole]
    return [
        (hop, (hop.at_ms - first) / whole * 100, max((end - hop.at_ms) / whole * 100, 1.0))
        for hop, end in zip(hops, ends, strict=True)
    ]


def pretty(body: str) -> str:
    """A JSON body laid out in lines; any other text as it is."""
    try:
        return json.dumps(json.loads(body), indent=2, ensure_ascii=False)
    except ValueError:
        return body
