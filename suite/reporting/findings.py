"""Turns the outcome of each phase of a test into evidence, and its words into the report."""

from dataclasses import replace
from pathlib import Path

import pytest

from records.recorded_test import Problem, Status
from suite.cases import case
from suite.evidence.evidence import Evidence
from suite.reporting.categories import REDIRECT_BUG, SUITE_PROBLEM, Finding, judge
from suite.reporting.failure_text import headline, tell

LONGEST_OUTPUT = 20_000
"""Characters of captured output that are kept, the last ones."""


def note_findings(
    item: pytest.Item, call: pytest.CallInfo[None], report: pytest.TestReport, evidence: Evidence
) -> None:
    """Add what ``report`` says to the evidence, and what the evidence says to ``report``."""
    record = evidence.record
    record.duration_s = round(record.duration_s + call.duration, 3)
    _keep_output(report, evidence)
    if report.failed:
        _note_problem(item, call, report, evidence)
    record.status = _status(report, record.status)
    if report.skipped and isinstance(report.longrepr, tuple):
        record.reason = report.longrepr[2].removeprefix("Skipped: ")
    if report.when == "teardown":
        evidence.finish(case.dumps(evidence.case) if evidence.case else "")
    elif report.when == "call" or report.failed:
        evidence.write()
    _add_properties(item, report, evidence)


def _status(report: pytest.TestReport, so_far: Status) -> Status:
    if report.failed:
        bug = getattr(report, "category", "") == REDIRECT_BUG
        return "failed" if bug or so_far == "failed" else "error"
    if hasattr(report, "wasxfail"):
        return "xfailed" if report.skipped else "xpassed"
    if report.skipped:
        return "skipped"
    return "passed" if report.when == "call" else so_far


def _note_problem(
    item: pytest.Item, call: pytest.CallInfo[None], report: pytest.TestReport, evidence: Evidence
) -> None:
    clean = evidence.scrubber.text
    if call.excinfo is None:
        # A strict xfail that passed: pytest's own words say all.
        finding = Finding(SUITE_PROBLEM, report.longreprtext, told=True)
    else:
        finding = judge(call.excinfo.value)
        if _is_a_tests_own_assertion(item, call):
            finding = replace(finding, category=REDIRECT_BUG)
        picture = getattr(call.excinfo.value, "screenshot", None)
        if isinstance(picture, bytes) and picture:
            evidence.add_screenshot(picture, "page-as-found")
    text, first = finding.text, finding.headline
    if finding.verdict is not None:
        verdict = finding.verdict
        evidence.keep_verdict(verdict)
        first = headline(verdict)
        text = "\n".join([tell(verdict, evidence.record), *finding.notes])
    traceback = "" if finding.told else clean(report.longreprtext)
    evidence.add_problem(
        Problem(
            phase=report.when,
            category=finding.category,
            headline=clean(first),
            text=clean(text),
            traceback=traceback,
        )
    )
    report.category = finding.category  # type: ignore[attr-defined]
    report.headline = clean(first)  # type: ignore[attr-defined]
    if finding.told:
        report.longrepr = clean(text)
    elif traceback != report.longreprtext:
        # A secret stood in the traceback; without it there are no colours either.
        report.longrepr = traceback


def _is_a_tests_own_assertion(item: pytest.Item, call: pytest.CallInfo[None]) -> bool:
    """Whether the test itself said that the provider broke its promise, by a plain assertion.

    An assertion anywhere else, in a fixture or a page object, is about the suite.
    """
    if call.when != "call" or call.excinfo is None or not _is_promise(item):
        return False
    error = call.excinfo.value
    own = Path(str(call.excinfo.traceback[-1].path)) == item.path
    # pytest.raises() fails inside of pytest, on behalf of the test that called it.
    return isinstance(error, pytest.fail.Exception) or (isinstance(error, AssertionError) and own)


def _keep_output(report: pytest.TestReport, evidence: Evidence) -> None:
    report.sections = [(name, evidence.scrubber.text(text)) for name, text in report.sections]
    if report.when == "teardown":
        output = "\n".join(f"{name}\n{text}" for name, text in report.sections)
        evidence.record.output = output[-LONGEST_OUTPUT:]


def _add_properties(item: pytest.Item, report: pytest.TestReport, evidence: Evidence) -> None:
    """Name clauses, URLs and category for JUnit and CTRF; the last of a name counts."""
    record = evidence.record
    properties: dict[str, str] = {"category": record.category} if record.category else {}
    if verdict := record.verdict:
        properties |= {
            "outcome": verdict.outcome,
            "expectation": verdict.expectation,
            "behaviour": verdict.behaviour,
            "expected_url": verdict.expected_url or "",
            "landed_url": verdict.landed_url or "",
            "clauses": ",".join(record.clauses),
        }
        if verdict.redirect_ms is not None:
            properties["redirect_ms"] = f"{verdict.redirect_ms:.0f}"
    clean = {name: evidence.scrubber.text(value) for name, value in properties.items()}
    for kept in (item.user_properties, report.user_properties):
        kept[:] = [pair for pair in kept if pair[0] not in clean]
        kept.extend(clean.items())


def _is_promise(item: pytest.Item) -> bool:
    """Whether this test is one of the suite's own, and not a unit test that runs beside them."""
    return any(item.nodeid.startswith(f"{place}/") for place in item.config.getini("report_paths"))
