"""The redirects of a run as a table for the terminal, and its totals."""

from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import median, quantiles

from records.recorded_test import TestRecord
from records.verdict import Verdict
from suite.reporting.categories import CATEGORIES
from suite.reporting.failure_text import clip

MOST_ROWS = 40
"""Tests up to which each redirect has a row of its own."""
WIDEST = 110
PLURALS = {
    "redirect bug": "redirect bugs",
    "page changed": "pages changed",
    "target problem": "target problems",
    "merchant site problem": "merchant site problems",
    "suite problem": "suite problems",
}


def redirect_table(records: Sequence[TestRecord]) -> Iterator[tuple[str, dict[str, bool]]]:
    """Rows and their colours: each redirect of a small run, only the broken ones of a large one."""
    shown = [(record, verdict) for record in records for verdict in record.verdicts]
    if shown and len(records) > MOST_ROWS:
        yield from _by_outcome(records)
        odd = [(r, v) for r, v in shown if v.violations or (v.undecided and r.problems)]
        yield from (_short_row(record, verdict) for record, verdict in odd)
    elif shown:
        yield f"{'outcome':<8} {'result':<7} {'ms':>6}  test", {"bold": True}
        for record, verdict in shown:
            yield from _row(record, verdict)


def _name(record: TestRecord) -> str:
    return clip(record.title + (f" [{record.params}]" if record.params else ""), WIDEST)


def _short_row(record: TestRecord, verdict: Verdict) -> tuple[str, dict[str, bool]]:
    """One line for a promise that was not kept, whose whole story stands further up."""
    clauses = ", ".join(verdict.clauses) or "undecided"
    return f"{verdict.outcome:<8} {clauses:<24} {_name(record)}", {"red": True}


def _row(record: TestRecord, verdict: Verdict) -> Iterator[tuple[str, dict[str, bool]]]:
    result = "kept" if verdict.kept else "unclear" if verdict.undecided else "BROKEN"
    ms = "" if verdict.redirect_ms is None else f"{verdict.redirect_ms:.0f}"
    yield (
        f"{verdict.outcome:<8} {result:<7} {ms:>6}  {_name(record)}",
        {"green": verdict.kept, "red": not verdict.kept},
    )
    expected, landed = verdict.expected_url or "no redirect", verdict.landed_url or "nowhere"
    if verdict.kept:
        words = "stayed with the provider" if verdict.landed_url is None else clip(landed, WIDEST)
        yield f"{'':24} {words}", {}
        return
    yield f"{'':24} expected {clip(expected, WIDEST)}", {}
    yield f"{'':24} landed   {clip(landed, WIDEST)}", {}
    if verdict.undecided:
        yield f"{'':24} because  {clip(verdict.undecided, WIDEST)}", {}
    else:
        yield f"{'':24} broke    {', '.join(verdict.clauses)}", {}


def _by_outcome(records: Sequence[TestRecord]) -> Iterator[tuple[str, dict[str, bool]]]:
    verdicts = [verdict for record in records for verdict in record.verdicts]
    yield (
        f"{'outcome':<9} {'kept':>6} {'broken':>7} {'median ms':>10} {'95 % ms':>8}",
        {"bold": True},
    )
    for outcome in dict.fromkeys(verdict.outcome for verdict in verdicts):
        mine = [verdict for verdict in verdicts if verdict.outcome == outcome]
        kept = sum(verdict.kept for verdict in mine)
        broken = sum(bool(verdict.violations) for verdict in mine)
        times = [verdict.redirect_ms for verdict in mine if verdict.redirect_ms is not None]
        middle = f"{median(times):.0f}" if times else ""
        late = f"{percentile(times, 95):.0f}" if times else ""
        yield (
            f"{outcome:<9} {kept:>6} {broken:>7} {middle:>10} {late:>8}",
            {"red": kept < len(mine)},
        )
    clauses = Counter(clause for verdict in verdicts for clause in verdict.clauses)
    if clauses:
        yield "", {}
        yield f"{'clause':<24} {'broken':>6}", {"bold": True}
    for clause, count in clauses.most_common():
        yield f"{clause:<24} {count:>6}", {"red": True}
    if clauses:
        yield "", {}


def totals(records: Sequence[TestRecord]) -> Iterator[str]:
    """How many redirects were driven, how many held, and what the problems were."""
    verdicts = [verdict for record in records for verdict in record.verdicts]
    broken = sum(bool(verdict.violations) for verdict in verdicts)
    yield f"{len(records)} tests drove {len(verdicts)} checkouts, {broken} broke a promise"
    counts = Counter(record.category for record in records if record.category)
    words = [
        f"{counts[category]} {category if counts[category] == 1 else PLURALS[category]}"
        for category in CATEGORIES
        if counts[category]
    ]
    if words:
        yield "problems: " + ", ".join(words)


def percentile(values: Sequence[float], percent: int) -> float:
    """The value below which ``percent`` of 100 lie; of a single value, itself."""
    if len(values) == 1:
        return values[0]
    return quantiles(values, n=100, method="inclusive")[percent - 1]
