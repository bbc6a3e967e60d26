"""Terminal output of a run: problems grouped by category, then redirects, then totals."""

import os
from collections.abc import Collection, Iterator
from itertools import accumulate, groupby

import pytest

from suite.places import from_here
from suite.reporting.categories import FAILURES, SUITE_PROBLEM
from suite.reporting.failure_text import clip
from suite.reporting.github import annotations
from suite.reporting.groups import Group
from suite.reporting.redirect_table import (
    MOST_ROWS,
    Row,
    findings,
    redirect_table,
    some,
    totals,
    unclear,
)
from suite.reporting.run_summary import number
from suite.run import RUN, Run

MOST_NAMED = 5
"""Tests that are named for one and the same problem."""
MOST_LINES, MOST_BRIEF, MOST_WORDS = 50, 15, 200
"""Of a large run: lines on the most urgent problems, and further ones with a line each, clipped."""


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
        _problems(terminal, run)
    # pytest's own sections would repeat every problem, once per test.
    config.option.tbstyle = "no"
    terminal.reportchars = terminal.reportchars.replace("f", "").replace("E", "")
    try:
        yield
    finally:
        config.option.tbstyle = style
        _redirects(terminal, run)


def _problems(terminal: pytest.TerminalReporter, run: Run) -> None:
    """Show each problem once, the most urgent at the end, next to the totals."""
    _unreadable(terminal, {record.nodeid for record in run.records})
    texts = [[*_lines(group)] for group in run.groups]
    large = len(run.records) > MOST_ROWS
    most = MOST_LINES if large else sum(map(len, texts))
    whole = sum(length <= most for length in accumulate(map(len, texts))) or 1
    brief = run.groups[whole : whole + MOST_BRIEF]
    if (more := len(run.groups) - whole - len(brief)) > 0:
        terminal.write_line(f"{number(more, 'more problem')}: see the report", red=True)
    for group in reversed(brief):
        line = f"{_title(group)}: {len(group.records)}  {group.words}"
        terminal.write_line(clip(line, MOST_WORDS), red=True)
    shown = reversed([*zip(run.groups[:whole], texts, strict=False)])
    for title, alike in groupby(shown, lambda pair: _title(pair[0])):
        pairs = [*alike]
        count = sum(len(group.records) for group in run.groups if _title(group) == title)
        failure = pairs[0][0].category in FAILURES
        terminal.write_sep("=", f"{title}: {count}", red=True, bold=failure)
        for _, lines in pairs:
            for line, markup in lines[:most]:
                terminal.write_line(line, **markup)
            if len(lines) > most:
                terminal.write_line(f"and {number(len(lines) - most, 'more line')} in the report")


def _unreadable(terminal: pytest.TerminalReporter, recorded: Collection[str]) -> None:
    """Show the files that could not be collected, which have no tests."""
    for report in terminal.stats.get("error", []):
        if report.nodeid not in recorded:
            terminal.write_sep("=", f"{SUITE_PROBLEM}: {report.nodeid}", red=True)
            report.toterminal(terminal._tw)  # noqa: SLF001 - pytest has no public name for it


def _title(group: Group) -> str:
    return ", ".join(filter(None, (group.category, group.age)))


def _lines(group: Group) -> Iterator[Row]:
    """Yield the tests of a group, and what its example says."""
    bold = {"bold": True}
    for record in group.records[:MOST_NAMED]:
        yield record.nodeid, bold
    count = len(group.records)
    if count > MOST_NAMED:
        yield f"and {number(count - MOST_NAMED, 'more test')}", {}
    if count > 1:
        yield f"{count} tests with one reason; the first of them:", {}
    yield "", {}
    for problem in group.example.problems:
        text = f"{problem.headline}\n\n{problem.traceback}" if problem.traceback else problem.text
        yield from ((line, _markup(line)) for line in [*text.splitlines(), ""])
    if group.category == SUITE_PROBLEM:
        yield from ((line, {}) for line in group.example.output.splitlines())


def _redirects(terminal: pytest.TerminalReporter, run: Run) -> None:
    if run.records:
        terminal.write_sep("=", "redirects", cyan=True)
        for line, markup in redirect_table(run.records):
            terminal.write_line(line, **markup)
        terminal.write_line("")
        for line in totals(run.records):
            terminal.write_line(line)
        found = some(run.records, findings(run.records), "finding")
        for line in (*found, *unclear(run.records)):
            terminal.write_line(line, yellow=True)
    if run.changes:
        terminal.write_line(run.changes)
    for remark in run.remarks:
        terminal.write_line(remark, yellow=True)
    if os.environ.get("GITHUB_ACTIONS") == "true":
        for line in annotations(run.groups):
            terminal.write_line(line)
    if run.report is not None:
        terminal.write_line(f"report: {from_here(run.report)}", bold=True)
