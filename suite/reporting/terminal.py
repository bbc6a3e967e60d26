"""The terminal: what went wrong in full, then the redirects, then the totals."""

import os
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pytest

from suite.reporting.categories import CATEGORIES, REDIRECT_BUG, SUITE_PROBLEM
from suite.reporting.github import annotations
from suite.reporting.redirect_table import redirect_table, totals
from suite.run import Run

MOST_NAMED = 5
"""Of tests that fail for the very same reason, so many are named."""


class Writer(Protocol):
    """What pytest gives to whatever writes itself to a terminal."""

    def line(self, s: str = "", **markup: bool) -> None:
        """Write one line."""


@dataclass(frozen=True, slots=True)
class Crash:
    """Where a problem arose, with its headline: what pytest and its plug-ins quote."""

    path: str
    lineno: int
    message: str


@dataclass(frozen=True, slots=True)
class Told:
    """A problem in words, coloured where a terminal can."""

    text: str
    reprcrash: Crash

    def __str__(self) -> str:
        return self.text

    def toterminal(self, tw: Writer) -> None:
        """Write the text line by line."""
        for line in self.text.splitlines():
            tw.line(line, **_markup(line))


def _markup(line: str) -> dict[str, bool]:
    words = line.split()
    if "+" in words[:2] or words[:1] == ["landed"]:
        return {"red": True}
    if "-" in words[:2] or words[:1] == ["expected"]:
        return {"green": True}
    if words and set(line.strip()) == {"^"}:
        return {"yellow": True, "bold": True}
    if line.startswith(("  looks like", "  broke ")):
        return {"yellow": line.startswith("  looks"), "bold": True}
    return {}


def dress(report: pytest.TestReport) -> None:
    """Give a problem that is told in words a form with colours and a headline."""
    first = getattr(report, "headline", "")
    if first and isinstance(report.longrepr, str):
        file, line, _ = report.location
        report.longrepr = Told(report.longrepr, Crash(file, (line or 0) + 1, first))  # type: ignore[assignment]


def status(
    report: pytest.CollectReport | pytest.TestReport,
) -> tuple[str, str, tuple[str, dict[str, bool]]] | None:
    """Category, letter and word of a problem that has a category; None for anything else."""
    category = getattr(report, "category", "")
    if not category or not report.failed:
        return None
    if category == REDIRECT_BUG:
        return "failed", "F", (f"FAILED ({category})", {"red": True, "bold": True})
    return "error", "E", (f"ERROR ({category})", {"red": True})


@contextmanager
def summary(terminal: pytest.TerminalReporter, run: Run) -> Iterator[None]:
    """Show problems grouped by what they say, let the others speak, then the redirects."""
    if not run.active or run.worker:
        yield
        return
    style = terminal.config.option.tbstyle
    if style != "no" and not terminal.no_summary:
        _problems(terminal)
    # pytest's own sections would say the same again, once per test.
    terminal.config.option.tbstyle = "no"
    terminal.reportchars = terminal.reportchars.replace("f", "").replace("E", "")
    try:
        yield
    finally:
        terminal.config.option.tbstyle = style
        _redirects(terminal, run)


def _problems(terminal: pytest.TerminalReporter) -> None:
    errors = [*terminal.stats.get("error", []), *terminal.stats.get("failed", [])]
    groups: dict[tuple[str, str], list[pytest.TestReport]] = defaultdict(list)
    for report in errors:
        groups[getattr(report, "category", SUITE_PROBLEM), str(report.longrepr)].append(report)
    for category in reversed(CATEGORIES):
        same = [reports for (named, _), reports in groups.items() if named == category]
        if same:
            color = {"red": True, "bold": category == REDIRECT_BUG}
            count = sum(len(reports) for reports in same)
            terminal.write_sep("=", f"{category}: {count}", **color)
        for reports in same:
            _problem(terminal, reports)


def _problem(terminal: pytest.TerminalReporter, reports: list[pytest.TestReport]) -> None:
    names = list(dict.fromkeys(report.nodeid for report in reports))
    for name in names[:MOST_NAMED]:
        terminal.write_line(name, bold=True)
    if len(names) > MOST_NAMED:
        terminal.write_line(f"and {len(names) - MOST_NAMED} more tests")
    terminal.write_line("")
    writer = terminal._tw  # noqa: SLF001 - pytest has no other name for it
    told: object = reports[0].longrepr
    if isinstance(told, Told):
        told.toterminal(writer)
    else:
        reports[0].toterminal(writer)
    if getattr(reports[0], "category", SUITE_PROBLEM) == SUITE_PROBLEM:
        for name, text in reports[0].sections:
            terminal.write_sep("-", name)
            terminal.write_line(text.rstrip())
    terminal.write_line("")


def _redirects(terminal: pytest.TerminalReporter, run: Run) -> None:
    if run.records:
        terminal.write_sep("=", "redirects", cyan=True)
        for line, markup in redirect_table(run.records):
            terminal.write_line(line, **markup)
        terminal.write_line("")
        for line in totals(run.records):
            terminal.write_line(line)
    for remark in run.remarks:
        terminal.write_line(remark, yellow=True)
    if os.environ.get("GITHUB_ACTIONS") == "true":
        for line in annotations(run.records):
            terminal.write_line(line)
    if run.report is not None:
        terminal.write_line(f"report: {_short(run.report)}", bold=True)


def _short(path: Path) -> str:
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
