"""The GitHub job summary, the problems as text for an issue, and annotations."""

import html
from collections.abc import Iterator, Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from records.recorded_test import TestRecord
from suite.reporting.groups import Group
from suite.reporting.run_summary import RunSummary, number

MOST_BYTES = 1_000_000
"""GitHub drops a whole summary above 1 MiB; this leaves room for the steps before."""
MOST_ISSUE_BYTES = 60_000
"""GitHub refuses an issue above 65,536 characters."""
MOST_GROUPS = 50
"""Problems in the list; the HTML report has all."""
MOST_ANNOTATIONS = 10
"""GitHub shows ten errors per step."""
CUT = "\n\nThe rest is left out here: see report.html among the artefacts.\n"


def write_summary(
    file: Path,
    records: Sequence[TestRecord],
    groups: Sequence[Group],
    *,
    changes: str = "",
    title: str = "Redirects",
) -> None:
    """Append the run to the file that ``GITHUB_STEP_SUMMARY`` names."""
    run = RunSummary(records)
    text = _render("github_summary.md", run=run, groups=groups, changes=changes, title=title)
    with file.open("ab") as stream:
        stream.write(_cut(text.encode(), MOST_BYTES) + b"\n")


def problem_text(records: Sequence[TestRecord], groups: Sequence[Group], changes: str) -> str:
    """Return the run in one sentence and its problems as Markdown, short enough for an issue."""
    _, text, detail = RunSummary(records).headline
    problems = _render("github_problems.md", groups=groups, changes=changes)
    whole = f"{_cell(f'{text} {detail}'.strip())}\n\n{problems}"
    return _cut(whole.encode(), MOST_ISSUE_BYTES).decode()


def _render(name: str, **values: object) -> str:
    environment = Environment(  # noqa: S701 - Markdown; every value passes through a filter
        loader=FileSystemLoader(Path(__file__).parent),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"cell": _cell, "code": _code}
    return environment.get_template(name).render(most=MOST_GROUPS, **values)


def _cut(text: bytes, most: int) -> bytes:
    """Return ``text``, cut at the end of a line if it is longer than ``most`` bytes."""
    if len(text) <= most:
        return text
    whole = text[: most - len(CUT.encode())]
    return whole[: whole.rfind(b"\n")] + CUT.encode()


def annotations(groups: Sequence[Group]) -> Iterator[str]:
    """Yield a workflow command for each problem, at the test that is its example."""
    for group in groups[:MOST_ANNOTATIONS]:
        record = group.example
        name = _property(f"{group.category}: {record.title}")
        place = f"file={_property(record.file)},line={record.line},title={name}"
        others = len(group.records) - 1
        more = f"\nand {number(others, 'more test')}" if others else ""
        yield f"::error {place}::{_data(record.problems[0].headline + more)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _cell(text: str) -> str:
    """Escape Markdown and HTML, so that a text stays in its table cell."""
    flat = html.escape(" ".join(text.split()), quote=False)
    for sign in "\\`*_[]|~":
        flat = flat.replace(sign, f"\\{sign}")
    return flat


def _code(text: str) -> str:
    return f"<code>{html.escape(text, quote=False).replace('|', '&#124;')}</code>" if text else ""
