"""``report.html``: one file that opens offline, with style, script and pictures inside."""

from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from records.recorded_test import TestRecord
from suite.reporting import charts, report_view
from suite.reporting.trend import Trend

TEMPLATES = Path(__file__).parent / "templates"


def write_report(
    path: Path,
    records: Sequence[TestRecord],
    *,
    trend: Trend | None = None,
    title: str = "Redirects",
) -> None:
    """Build the report of ``records`` next to their folders."""
    path.write_text(render(records, path.parent, trend=trend, title=title), encoding="utf-8")


def render(
    records: Sequence[TestRecord],
    folder: Path,
    *,
    trend: Trend | None = None,
    title: str = "Redirects",
) -> str:
    """The report's HTML; every value in it is escaped."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "marked": report_view.marked,
        "pretty": report_view.pretty,
        "pieces": report_view.pieces,
        "unchanged": report_view.unchanged,
        "hints": report_view.hints,
        "spans": report_view.spans,
    }
    shown = report_view.view(records, folder)
    return environment.get_template("report.html").render(
        title=title,
        view=shown,
        histogram=charts.histogram(shown.times),
        trend=trend,
        style=_inline("report.css"),
        script=_inline("report.js"),
    )


def _inline(name: str) -> Markup:
    """A file of our own, to be put into the page as it is."""
    return Markup((TEMPLATES / name).read_text(encoding="utf-8"))  # noqa: S704 - no data in it
