"""The GitHub job summary, and the annotations of the tests that did not pass."""

import html
from collections.abc import Iterator, Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from records.recorded_test import TestRecord
from suite.reporting.run_summary import RunSummary

MOST_BYTES = 1_000_000
"""GitHub drops a whole summary above 1 MiB; this leaves room for the steps before."""
MOST_ANNOTATIONS = 10
"""GitHub shows ten errors per step."""
CUT = "\n\nThe rest is left out here: see report.html among the artefacts.\n"


def write_summary(file: Path, records: Sequence[TestRecord], *, title: str = "Redirects") -> None:
    """Append the run to the file that ``GITHUB_STEP_SUMMARY`` names."""
    environment = Environment(  # noqa: S701 - Markdown; every value passes through a filter
        loader=FileSystemLoader(Path(__file__).parent),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"cell": _cell, "code": _code}
    template = environment.get_template("github_summary.md")
    text = template.render(run=RunSummary(records), title=title).encode()
    if len(text) > MOST_BYTES:
        whole = text[: MOST_BYTES - len(CUT.encode())]
        text = whole[: whole.rfind(b"\n")] + CUT.encode()
    with file.open("ab") as stream:
        stream.write(text + b"\n")


def annotations(records: Sequence[TestRecord]) -> Iterator[str]:
    """Yield a workflow command for each test that did not pass, failures first."""
    failed = [record for record in records if record.problems]
    failed.sort(key=lambda record: record.status != "failed")
    for record in failed[:MOST_ANNOTATIONS]:
        problem = record.problems[0]
        name = _property(f"{problem.category}: {record.title}")
        place = f"file={_property(record.file)},line={record.line},title={name}"
        yield f"::error {place}::{_data(problem.headline)}"


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
