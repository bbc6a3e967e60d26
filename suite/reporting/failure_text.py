"""Plain-text description of a verdict: violations, URL differences, hops and likely causes."""

from collections.abc import Iterator

from records.recorded_test import TestRecord
from records.verdict import UrlDifference, Verdict
from suite.reporting.known_causes import causes
from suite.reporting.run_summary import number

WIDEST_URL = 300
"""Characters of one URL that the terminal shows; the HTML report shows it whole."""
INDENT = "  "


def headline(verdict: Verdict) -> str:
    """Return the expectation and the violated clauses on one line."""
    if verdict.undecided:
        return f"{verdict.outcome}: {verdict.expectation}; undecided: {verdict.undecided}"
    violated = ", ".join(verdict.clauses) or "nothing"
    return f"{verdict.outcome}: {verdict.expectation}; violated: {violated}"


def describe(verdict: Verdict, record: TestRecord | None = None) -> str:
    """Return the whole description of a failed checkout, for the terminal and JUnit."""
    lines = [headline(verdict), *promise_lines(record), "", *_urls(verdict), ""]
    lines += _violations(verdict)
    if verdict.landed_url is None:
        lines += _last_page(verdict)
    lines += ["", *navigation(verdict)] if verdict.hops else []
    for cause in causes(verdict):
        lines += ["", f"{INDENT}possible cause: {cause.looks_like}"]
        lines += [f"{INDENT}to check: {cause.check}"]
    return "\n".join([*lines, *repeat_lines(record)])


def promise_lines(record: TestRecord | None) -> list[str]:
    """Return what the test promises: its own words, or the title of its case."""
    return [f"{INDENT}promise: {record.title}"] if record and record.title else []


def repeat_lines(record: TestRecord | None) -> list[str]:
    """Return the command that repeats a test."""
    if record is None or not record.repro:
        return []
    return ["", f"{INDENT}repeat with", f"{INDENT * 2}{record.repro}"]


def clip(text: str, most: int = WIDEST_URL) -> str:
    """Return ``text``, with its middle left out if it is longer than ``most`` characters."""
    if len(text) <= most:
        return text
    head, tail = most * 2 // 3, most // 3
    return f"{text[:head]} …({len(text) - head - tail} characters)… {text[-tail:]}"


def changed_characters(part: UrlDifference) -> tuple[slice, slice]:
    """Return the characters that differ, in the expected and in the landed text of a part."""
    expected, came = part.expected or "", part.came or ""
    start = _equal_characters(expected, came)
    end = _equal_characters(expected[start:][::-1], came[start:][::-1])
    return slice(start, len(expected) - end), slice(start, len(came) - end)


def _equal_characters(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def navigation(verdict: Verdict) -> list[str]:
    """Return a row and the Location of each relevant hop, and the number of the others."""
    hops = verdict.relevant_hops
    rows = [("ms", "method", "status", "cause", "URL")]
    for hop in hops:
        place = "" if hop.place == "tab" else f"({hop.place}) "
        status = str(hop.status or hop.failure or "no answer")
        rows.append((f"{hop.at_ms:.0f}", hop.method, status, hop.cause, place + clip(hop.url)))
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    lines: list[str] = []
    for row, described in zip(rows, [None, *hops], strict=True):
        cells = [row[0].rjust(widths[0])]
        cells += [row[column].ljust(widths[column]) for column in range(1, 4)]
        lines.append(INDENT + "  ".join([*cells, row[4]]))
        if described and described.location:
            under = " " * (sum(widths) + 8 + len(INDENT))
            lines.append(f"{under}→ {clip(described.location)}")
    if left_out := len(verdict.hops) - len(hops):
        lines.append(f"{INDENT}and {number(left_out, 'document')} in frames")
    return lines


def _urls(verdict: Verdict) -> Iterator[str]:
    yield f"{INDENT}expected  {clip(verdict.expected_url or 'no redirect')}"
    yield f"{INDENT}landed    {clip(verdict.landed_url or 'nowhere')}"
    for part in verdict.url_parts:
        if not part.same:
            yield from _difference(part)


def _difference(part: UrlDifference) -> Iterator[str]:
    name = f"{INDENT}{part.part:<9}"
    marks = changed_characters(part)
    note = "   (lost)" if part.came is None else "   (added)" if part.expected is None else ""
    for text, sign, mark in zip((part.expected, part.came), "-+", marks, strict=True):
        if text is None:
            continue
        yield f"{name} {sign} {clip(text)}{note}"
        name = " " * len(name)
        if not note and mark.stop > mark.start and len(text) <= WIDEST_URL:
            yield f"{name}   {' ' * mark.start}{'^' * (mark.stop - mark.start)}"


def _violations(verdict: Verdict) -> Iterator[str]:
    for violation in verdict.violations:
        yield f"{INDENT}violated: {violation.clause}"
        yield f"{INDENT * 2}expected  {clip(violation.expected)}"
        yield f"{INDENT * 2}actual    {clip(violation.came)}"
        if violation.detail:
            yield f"{INDENT * 2}{violation.detail}"


def _last_page(verdict: Verdict) -> Iterator[str]:
    if page := verdict.stayed:
        yield f"\n{INDENT}the shopper stayed at {clip(page.url)}"
        if shown := " / ".join(f"“{text}”" for text in (page.heading, page.alert) if text):
            yield f"{INDENT}which shows {shown}"
