"""The terminal's table of redirects: one row for each checkout, or a summary of a large run."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from records.recorded_test import TestRecord
from records.verdict import Verdict
from suite.evidence.evidence import INTEGRATION_CHECK
from suite.reporting.categories import counted
from suite.reporting.failure_text import clip
from suite.reporting.run_summary import UNSEEN, RunSummary, number

MOST_ROWS = 40
"""Up to this number of tests, each checkout has its own row."""
MOST_LINES = 8
"""Rows of one kind in a large run; the HTML report has all."""
WIDEST = 110
MARGIN = " " * 26

Row = tuple[str, dict[str, bool]]
"""A line of text and its colours, as pytest's terminal writer takes them."""


def redirect_table(records: Sequence[TestRecord]) -> Iterator[Row]:
    """Yield the rows: every checkout of a small run, only some failed ones of a large run."""
    shown = [(record, verdict) for record in records for verdict in record.broken_first]
    if shown and len(records) > MOST_ROWS:
        yield from _summary(RunSummary(records))
        failed = [
            f"{verdict.outcome:<8} {', '.join(verdict.clauses) or 'undecided':<24} {_name(record)}"
            for record, verdict in shown
            if verdict.violations or (verdict.undecided and record.problems)
        ]
        yield from ((line, {"red": True}) for line in some(records, failed, "failed checkout"))
    elif shown:
        yield f"{'outcome':<8} {'result':<9} {'ms':>6}  test", {"bold": True}
        for record, verdict in shown:
            yield from _checkout(record, verdict)


def some(records: Sequence[TestRecord], lines: Iterable[str], noun: str) -> Iterator[str]:
    """Yield the lines; of a large run the first ones, and the number of those left out."""
    whole = [*lines]
    most = MOST_LINES if len(records) > MOST_ROWS else len(whole)
    yield from whole[:most]
    if len(whole) > most:
        yield f"and {number(len(whole) - most, f'more {noun}')}: see the report"


def findings(records: Sequence[TestRecord]) -> Iterator[str]:
    """Yield what the integration check found, each once, with the first test that it concerns."""
    seen: set[str] = set()
    for record in records:
        new = [line.strip() for line in record.notes.get(INTEGRATION_CHECK, "").splitlines()]
        new = [line for line in new if line and line not in seen]
        seen.update(new)
        if new:
            yield f"integration check of “{_name(record)}”"
            yield from (f"  {line}" for line in new)


def unclear(records: Sequence[TestRecord]) -> Iterator[str]:
    """Yield what could not be decided, cards in another's place, and answers that are open."""
    found = [record for record in records if record.unclear]
    if found:
        yield f"{number(len(found), 'test')} unclear, neither passed nor a redirect bug:"
        reasons = (f"  {_name(record)}: {record.unclear}" for record in found)
        yield from some(records, reasons, "test")
        yield "Repeat them on their own, or tomorrow."
    for note, count in Counter(record.notes.get("card", "") for record in records).items():
        if note:
            yield f"{number(count, 'test')} paid with {note}"
    for note, count in Counter(record.notes.get("observed", "") for record in records).items():
        if note:
            yield f"{number(count, 'test')} observed: {note}"


def _name(record: TestRecord) -> str:
    return clip(record.title + (f" [{record.params}]" if record.params else ""), WIDEST)


def _checkout(record: TestRecord, verdict: Verdict) -> Iterator[Row]:
    result = "passed" if verdict.kept else "undecided" if verdict.undecided else "FAILED"
    line = f"{verdict.outcome:<8} {result:<9} {_ms(verdict.redirect_ms):>6}  {_name(record)}"
    yield line, {"green": verdict.kept, "red": not verdict.kept}
    if verdict.kept:
        yield MARGIN + clip(verdict.landed_url or "stayed on the checkout page", WIDEST), {}
        return
    yield f"{MARGIN}expected {clip(verdict.expected_url or 'no redirect', WIDEST)}", {}
    yield f"{MARGIN}landed   {clip(verdict.landed_url or 'nowhere', WIDEST)}", {}
    if verdict.undecided:
        yield f"{MARGIN}because  {clip(verdict.undecided, WIDEST)}", {}
    else:
        yield f"{MARGIN}violated {', '.join(verdict.clauses)}", {}


def _ms(time_ms: float | None) -> str:
    return "" if time_ms is None else f"{time_ms:.0f}"


def _summary(run: RunSummary) -> Iterator[Row]:
    head = f"{'outcome':<9} {'passed':>6} {'failed':>7} {'median ms':>10} {'95 % ms':>8}"
    yield head, {"bold": True}
    for outcome, passed, failed, median_ms, p95_ms in run.outcomes:
        line = f"{outcome:<9} {passed:>6} {failed:>7} {_ms(median_ms):>10} {_ms(p95_ms):>8}"
        yield line, {"red": failed > 0}
    if run.clauses:
        yield "", {}
        yield f"{'violated clause':<24} {'checkouts':>9}", {"bold": True}
        rows = (f"{clause:<24} {count:>9}" for clause, count in run.clauses.most_common())
        yield from ((line, {"red": True}) for line in some(run.records, rows, "violated clause"))
        yield "", {}


def totals(records: Sequence[TestRecord]) -> Iterator[str]:
    """Yield the number of tests, checkouts and violations, and of the problems by category."""
    run = RunSummary(records)
    violations = sum(len(verdict.violations) for verdict in run.verdicts)
    counts = (len(records), "test"), (run.checkouts, "checkout"), (violations, "violation")
    yield ", ".join(number(count, noun) for count, noun in counts)
    if problems := counted(run.categories):
        yield f"problems: {problems}"
    for browser, text in run.unseen.items():
        yield f"{UNSEEN} in {browser}: {text}"
