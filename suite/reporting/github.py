"""What GitHub shows of a run: a job summary with the matrix, and annotations on tests."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from records.recorded_test import TestRecord
from suite.reporting.report_view import View, view

MOST_BYTES = 1_000_000
"""GitHub drops a summary above 1 MiB as a whole; this leaves room for the steps before."""
MOST_ANNOTATIONS = 10
"""GitHub shows ten errors per step; redirect bugs come first."""
CUT = "\n\nThe rest did not fit here: see report.html among the artefacts.\n"
SIGNS = {"failed": "❌", "error": "⚠️", "xpassed": "❔", "passed": "✅", "skipped": "➖"}


def write_summary(file: Path, records: Sequence[TestRecord], *, title: str = "Redirects") -> None:
    """Append the run to the file that ``GITHUB_STEP_SUMMARY`` names."""
    text = "\n".join(_summary(view(records, file.parent), title)).encode()
    if len(text) > MOST_BYTES:
        whole = text[: MOST_BYTES - len(CUT.encode())]
        text = whole[: whole.rfind(b"\n")] + CUT.encode()
    with file.open("ab") as stream:
        stream.write(text + b"\n")


def annotations(records: Sequence[TestRecord]) -> Iterator[str]:
    """Workflow commands that mark what failed, to be printed on lines of their own."""
    failed = [record for record in records if record.problems]
    failed.sort(key=lambda record: record.status != "failed")
    for record in failed[:MOST_ANNOTATIONS]:
        problem = record.problems[0]
        name = f"{problem.category}: {record.title}"
        place = f"file={_property(record.file)},line={record.line},title={_property(name)}"
        yield f"::error {place}::{_data(problem.headline)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _summary(shown: View, title: str) -> Iterator[str]:
    yield f"## {title}: {_cell(shown.headline.words)}"
    if shown.headline.more:
        yield f"\n{_cell(shown.headline.more)}"
    facts = " · ".join(f"{name} {_cell(value)}" for name, value in shown.facts.items())
    yield f"\n{facts}\n"
    if shown.outcomes:
        yield "| outcome | kept | broken | median ms | 95 % ms |\n|---|--:|--:|--:|--:|"
    for row in shown.outcomes:
        times = [
            f"{value:.0f}" if value is not None else "" for value in (row.median_ms, row.late_ms)
        ]
        yield f"| {row.outcome} | {row.kept} | {row.broken} | {times[0]} | {times[1]} |"
    yield ""
    yield from _failures(shown)
    yield from _matrix(shown)


def _failures(shown: View) -> Iterator[str]:
    failed = [record for record in shown.records if record.problems]
    if not failed:
        return
    yield "### What went wrong\n\n| category | promise | what came | repeat |\n|---|---|---|---|"
    for record in failed:
        problem = record.problems[0]
        name = record.title + (f" [{record.params}]" if record.params else "")
        came = ", ".join(record.clauses) or problem.headline
        yield f"| {problem.category} | {_cell(name)} | {_cell(came)} | {_code(record.repro)} |"
    yield ""


def _matrix(shown: View) -> Iterator[str]:
    yield "### Promises and behaviours\n"
    yield "| promise | " + " | ".join(_cell(column) for column in shown.columns) + " |"
    yield "|---|" + "---|" * len(shown.columns)
    for title, cells in shown.matrix:
        marks = [
            " ".join(
                f"{sign} {cell.counts[status]}"
                for status, sign in SIGNS.items()
                if cell.counts.get(status)
            )
            for cell in cells
        ]
        yield f"| {_cell(title)} | " + " | ".join(marks) + " |"


def _cell(text: str) -> str:
    """Text that stays text: no Markdown, no HTML, no new column."""
    flat = " ".join(text.split())
    flat = flat.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    for sign in "\\`*_[]|~":
        flat = flat.replace(sign, f"\\{sign}")
    return flat


def _code(text: str) -> str:
    plain = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<code>{plain.replace('|', '&#124;')}</code>" if plain else ""
