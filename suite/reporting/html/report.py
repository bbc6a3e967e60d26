"""``report.html``: one file with style, script and pictures inside, which opens offline."""

import base64
import json
from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from records.observation import Hop
from records.recorded_test import TestRecord
from records.verdict import UrlDifference, Verdict
from suite.places import HOME, IS_CHECKOUT, from_here
from suite.repeat_command import line, program
from suite.reporting.categories import FAILURES
from suite.reporting.failure_text import changed_characters
from suite.reporting.groups import Group
from suite.reporting.history import Trend
from suite.reporting.html import charts
from suite.reporting.known_causes import causes
from suite.reporting.run_summary import URGENCY, RunSummary, number

TEMPLATES = Path(__file__).parent / "templates"
MOST_DETAILED, MOST_PICTURED = 500, 40
"""Tests that the file holds whole, and with their screenshots and timelines; the others have a line
with a link.

An example of each cause comes first, then the other tests with a problem.
"""
VIEWER = "trace-viewer"
"""Folder beside the report under which `tools.report` serves Playwright's trace viewer."""
SERVE = "make report" if IS_CHECKOUT else "clover-redirects report --serve"


def render(
    records: Sequence[TestRecord],
    groups: Sequence[Group],
    folder: Path,
    *,
    trend: Trend | None = None,
    title: str = "Redirects",
) -> str:
    """Return the report's HTML, in which every value is escaped.

    ``groups`` has every test with a problem, ``folder`` the evidence.
    """
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "causes": causes,
        "inline": _inline,
        "marked": marked,
        "number": number,
        "pretty": pretty,
        "scale": charts.scale,
        "show_trace": partial(_show_trace, folder),
        "slowly": partial(_slowly, folder),
        "spans": spans,
        "unchanged": unchanged,
        "worst": worst,
    }
    run = RunSummary(records)
    examples = [group.example for group in groups]
    others = [record for group in groups for record in group.records[1:]]
    quiet = [record for record in run.records if not record.problems]
    urgent = [*examples, *others, *quiet]
    pictured = urgent[:MOST_PICTURED]
    timelines = {record.folder: record.timelines for record in pictured if record.problems}
    pictures = _pictures(pictured, folder)
    placed = {
        f"{name}/{event.screenshot}"
        for name, lines in timelines.items()
        for line in lines
        for event in line.events
    }
    return environment.get_template("report.html").render(
        failures=FAILURES,
        title=title,
        run=run,
        groups=groups,
        quiet=quiet,
        detailed={record.folder for record in urgent[:MOST_DETAILED]},
        pictures={name: url for name, url in pictures.items() if name not in placed},
        placed={name: url for name, url in pictures.items() if name in placed},
        histogram=charts.histogram(run.times_ms),
        trend=trend,
        workers=charts.workers(records),
        timelines=timelines,
        viewer=VIEWER,
        serve=SERVE,
    )


def served(page: str) -> str:
    """Return a report for a server with the trace viewer: its links to it appear."""
    return page.replace("<template", "<span").replace("</template>", "</span>")


def _inline(name: str) -> Markup:
    """Return one of the template files, to be put into the page unescaped."""
    return Markup((TEMPLATES / name).read_text(encoding="utf-8"))  # noqa: S704 - no data in it


def _slowly(folder: Path, record: TestRecord) -> str:
    """Return the command that repeats a test's case slowly."""
    case = str(from_here(folder / record.folder / record.case))
    if not IS_CHECKOUT:
        return line(["clover-redirects", "run", case, "--slowmo", "300"])
    return line(["make", "repro", f"CASE={case}"])


def _show_trace(folder: Path, record: TestRecord) -> str:
    """Return the command that opens a test's trace."""
    trace = str(from_here(folder / record.folder / record.trace))
    return line([*program("playwright", HOME), "show-trace", trace])


def _pictures(records: Sequence[TestRecord], folder: Path) -> dict[str, str]:
    """Return the existing screenshots as data URLs, by folder and file name."""
    pictures = {}
    for record in records:
        for name in record.screenshots:
            path = folder / record.folder / name
            if path.is_file():
                encoded = base64.b64encode(path.read_bytes()).decode("ascii")
                pictures[f"{record.folder}/{name}"] = f"data:image/png;base64,{encoded}"
    return pictures


def marked(part: UrlDifference, side: int) -> Markup:
    """Return the expected (0) or landed (1) text of a part, with its differing characters marked.

    A part that only one of the two URLs has is not marked.
    """
    text = (part.expected, part.came)[side] or ""
    changed = changed_characters(part)[side]
    if part.expected is None or part.came is None or changed.stop <= changed.start:
        return Markup("{}").format(text)
    before, after = text[: changed.start], text[changed.stop :]
    return Markup("{}<mark>{}</mark>{}").format(before, text[changed], after)


def unchanged(verdict: Verdict) -> str:
    """Return the parts of the URL that are as expected, in words."""
    same = [part.part for part in verdict.url_parts if part.same]
    words = [part for part in dict.fromkeys(same) if part != "query"]
    if parameters := same.count("query"):
        words.append(number(parameters, "parameter"))
    return ", ".join(words)


def worst(counts: Counter[str]) -> str:
    """Return the most urgent result in a cell of the matrix; "none" for an empty cell."""
    return next((result for result in URGENCY if counts[result]), "none")


def spans(hops: Sequence[Hop]) -> list[tuple[Hop, float, float]]:
    """Return each hop with the start and the width of its bar, in percent of the navigation."""
    if not hops:
        return []
    first = hops[0].at_ms
    whole = max(hops[-1].at_ms - first, 1.0) * 1.05
    ends = [*(hop.at_ms for hop in hops[1:]), first + whole]
    return [
        (hop, (hop.at_ms - first) / whole * 100, max((end - hop.at_ms) / whole * 100, 1.0))
        for hop, end in zip(hops, ends, strict=True)
    ]


def pretty(body: str) -> str:
    """Return a JSON body with a line for each value; any other text as it is."""
    try:
        return json.dumps(json.loads(body), indent=2, ensure_ascii=False)
    except ValueError:
        return body
