"""A redirect bug told in plain text: promise, difference, hops, likely cause, how to repeat it."""

from collections.abc import Iterator, Sequence

from records.observation import Hop
from records.recorded_test import TestRecord
from records.verdict import Verdict
from suite.reporting.known_causes import causes
from suite.reporting.url_diff import Piece, compare

WIDEST_URL = 300
"""Characters of one URL that the terminal shows; the report has it whole."""
INDENT = "  "


def headline(verdict: Verdict) -> str:
    """The promise and what broke, on one line."""
    if verdict.undecided:
        return f"{verdict.outcome}: {verdict.expectation}; undecided: {verdict.undecided}"
    broken = ", ".join(verdict.clauses) or "nothing"
    return f"{verdict.outcome}: {verdict.expectation}; broken: {broken}"


def tell(verdict: Verdict, record: TestRecord | None = None) -> str:
    """The whole story of one broken promise, for a terminal and for JUnit."""
    lines = [headline(verdict), "", *_urls(verdict), "", *_clauses(verdict)]
    if verdict.landed_url is None and verdict.stayed is not None:
        lines += ["", *_stayed(verdict)]
    lines += ["", *way_table(verdict)] if verdict.hops else []
    hints = causes(verdict)
    lines += [""] if hints else []
    lines += [f"{INDENT}{cause}" for cause in hints]
    if record is not None and record.repro:
        lines += ["", f"{INDENT}repeat it with", f"{INDENT * 2}{record.repro}"]
    return "\n".join(lines)


def clip(text: str, most: int = WIDEST_URL) -> str:
    """``text``, its middle left out where it is longer than ``most`` characters."""
    if len(text) <= most:
        return text
    head, tail = most * 2 // 3, most // 3
    return f"{text[:head]} …({len(text) - head - tail} characters)… {text[-tail:]}"


def way_table(verdict: Verdict) -> list[str]:
    """The hops that tell the story, and how many were left out."""
    lines = hop_table(verdict.relevant_hops)
    left_out = len(verdict.hops) - len(verdict.relevant_hops)
    return lines + ([f"{INDENT}and {left_out} documents in frames of the page"] if left_out else [])


def hop_table(hops: Sequence[Hop]) -> list[str]:
    """Every hop with time, method, status and cause; URL and Location on lines of their own."""
    rows = [("ms", "method", "status", "cause", "URL")]
    for hop in hops:
        place = "" if hop.place == "tab" else f"({hop.place}) "
        rows.append(
            (f"{hop.at_ms:.0f}", hop.method, _status(hop), hop.cause, place + clip(hop.url))
        )
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    lines: list[str] = []
    for row, made_by in zip(rows, [None, *hops], strict=True):
        cells = [row[0].rjust(widths[0])]
        cells += [row[column].ljust(widths[column]) for column in range(1, 4)]
        lines.append(INDENT + "  ".join([*cells, row[4]]))
        if made_by is not None and made_by.location:
            under = " " * (sum(widths) + 8 + len(INDENT))
            lines.append(f"{under}→ {clip(made_by.location)}")
    return lines


def _status(hop: Hop) -> str:
    return str(hop.status) if hop.status is not None else hop.failure or "no answer"


def _urls(verdict: Verdict) -> Iterator[str]:
    expected, landed = verdict.expected_url, verdict.landed_url
    yield f"{INDENT}expected  {clip(expected) if expected else 'no redirect'}"
    yield f"{INDENT}landed    {clip(landed) if landed else 'nowhere'}"
    if expected and landed:
        different = [piece for piece in compare(expected, landed) if not piece.same]
        for piece in different:
            yield from _difference(piece)


def _difference(piece: Piece) -> Iterator[str]:
    name = f"{INDENT}{piece.part:<9}"
    marks = zip((piece.expected, piece.landed), "-+", piece.mark, strict=True)
    for text, sign, (start, end) in marks:
        if text is None:
            continue
        note = {"lost": "   (lost)", "added": "   (added)"}.get(piece.verb, "")
        yield f"{name} {sign} {clip(text)}{note}"
        name = " " * len(name)
        if piece.verb == "changed" and end > start and len(text) <= WIDEST_URL:
            yield f"{name}   {' ' * start}{'^' * (end - start)}"


def _clauses(verdict: Verdict) -> Iterator[str]:
    for violation in verdict.violations:
        yield f"{INDENT}broke {violation.clause}"
        yield f"{INDENT * 2}expected  {clip(violation.expected)}"
        yield f"{INDENT * 2}came      {clip(violation.came)}"
        if violation.detail:
            yield f"{INDENT * 2}{violation.detail}"


def _stayed(verdict: Verdict) -> Iterator[str]:
    stayed = verdict.stayed
    if stayed is None:
        return
    shown = " / ".join(f"“{text}”" for text in (stayed.heading, stayed.alert) if text)
    yield f"{INDENT}the shopper stayed at {clip(stayed.url)}"
    if shown:
        yield f"{INDENT}which shows {shown}"
