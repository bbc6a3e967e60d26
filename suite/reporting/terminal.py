"""Terminal output of a run: problems grouped by category, then redirects, then totals."""

import os
from collections import defaultdict
from collections.abc import Iterator

import pytest

from suite.places import from_here
from suite.reporting.categories import CATEGORIES, FAILURES, SUITE_PROBLEM, rank
from suite.reporting.github import annotations
from suite.reporting.redirect_table import findings, redirect_table, totals, unclear
from suite.reporting.run_summary import number
from suite.run import RUN, Run

MOST_NAMED = 5
"""Tests that are named for one and the same problem."""


def _markup(line: str) -> dict[str, bool]:
    words = line.split()
    if "+" in words[:2] or words[:1] in (["landed"], ["actual"]):
        return {"red": True}
    if "-" in words[:2] or words[:1] == ["expected"]:
        return {"green": True}
    if words and set(line.strip()) == {"^"}:
        return {"yellow": True, "bold": True}
    if line.startswith(("  possible cause", "  violated")):
        return {"yellow": line.startswith("  possible"), "bold": True}
    return {}


@pytest.hookimpl(tryfirst=True)
def pytest_report_teststatus(
    report: pytest.CollectReport | pytest.TestReport, config: pytest.Config
) -> tuple[str, str, str | tuple[str, dict[str, bool]]] | None:
    """Count each test once, when its last phase has ended, and failures and errors by category."""
    if getattr(report, "passes", False):
        return "passed", ".", "PASSED"
    if report.when == "call" and report.passed and config.stash[RUN].active:
        return None if hasattr(report, "wasxfail") else ("", "", "")
    if getattr(report, "unclear", False):
        return "unclear", "u", ("UNCLEAR", {"yellow": True})
    category = getattr(report, "category", "")
    return _problem_status(report, category) if category and report.failed else None


def _problem_status(
    report: pytest.CollectReport | pytest.TestReport, category: str
) -> tuple[str, str, str | tuple[str, dict[str, bool]]]:
    if getattr(report, "is_counted", False):
        return "", "", ""
    if category in FAILURES:
        return "failed", "F", (f"FAILED ({category})", {"red": True, "bold": True})
    return "error", "E", (f"ERROR ({category})", {"red": True})


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> Iterator[None]:
    """Show the problems before the summaries of other plug-ins, and the redirects after them."""
    terminal, run = terminalreporter, config.stash[RUN]
    if not run.active or run.worker:
        yield
        return
    style = config.option.tbstyle
    if style != "no" and not terminal.no_summary:
        _problems(terminal)
    # pytest's own sections would repeat every problem, once per test.
    config.option.tbstyle = "no"
    terminal.reportchars = terminal.reportchars.replace("f", "").replace("E", "")
    try:
        yield
    finally:
        config.option.tbstyle = style
        _redirects(terminal, run)


def _problems(terminal: pytest.TerminalReporter) -> None:
    """Show each problem once with the tests that it concerns, the most important at the end."""
    stats = terminal.stats
    later = [report for report in stats.get("", []) if report.failed]
    reports = [*stats.get("error", []), *stats.get("failed", []), *later]
    # A test belongs where the totals count it, with whatever else was wrong.
    first: dict[str, str] = {}
    for report in sorted(reports, key=lambda report: rank(_category(report))):
        first.setdefault(report.nodeid, _category(report))
    groups: dict[str, dict[str, list[pytest.TestReport]]] = defaultdict(lambda: defaultdict(list))
    for report in reports:
        same = getattr(report, "reason", "") or str(report.longrepr)
        groups[first[report.nodeid]][same].append(report)
    for category in reversed(CATEGORIES):
        alike = groups[category].values()
        if alike:
            count = len({report.nodeid for reports in alike for report in reports})
            title = f"{category}: {count}"
            terminal.write_sep("=", title, red=True, bold=category in FAILURES)
        for reports in alike:
            _problem(terminal, reports, output=category == SUITE_PROBLEM)


def _category(report: pytest.TestReport) -> str:
    return getattr(report, "category", SUITE_PROBLEM)


def _problem(
    terminal: pytest.TerminalReporter, reports: list[pytest.TestReport], *, output: bool
) -> None:
    names = list(dict.fromkeys(report.nodeid for report in reports))
    for name in names[:MOST_NAMED]:
        terminal.write_line(name, bold=True)
    if len(names) > MOST_NAMED:
        terminal.write_line(f"and {number(len(names) - MOST_NAMED, 'more test')}")
    if len(names) > 1 and len({str(report.longrepr) for report in reports}) > 1:
        terminal.write_line(f"{len(names)} tests with one reason; the first of them:")
    terminal.write_line("")
    if isinstance(reports[0].longrepr, str):
        for line in reports[0].longrepr.splitlines():
            terminal.write_line(line, **_markup(line))
    else:
        reports[0].toterminal(terminal._tw)  # noqa: SLF001 - pytest has no public name for it
    for name, text in reports[0].sections if output else ():
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
        for line in (*findings(run.records), *unclear(run.records)):
            terminal.write_line(line, yellow=True)
    for remark in run.remarks:
        terminal.write_line(remark, yellow=True)
    if os.environ.get("GITHUB_ACTIONS") == "true":
        for line in annotations(run.records):
            terminal.write_line(line)
    if run.report is not None:
        terminal.write_line(f"report: {from_here(run.report)}", bold=True)
