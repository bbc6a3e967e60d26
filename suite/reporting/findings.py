"""The result of each test phase: classified, kept as evidence, and put into pytest's report."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Error as PlaywrightError

from records.recorded_test import Problem, Status
from suite.cases import case_file
from suite.evidence.evidence import Evidence
from suite.reporting.categories import (
    API_CONTRACT,
    FAILURES,
    REDIRECT_BUG,
    SUITE_PROBLEM,
    Finding,
    classify,
    rank,
)
from suite.reporting.failure_text import describe, headline, promise_lines, repeat_lines
from suite.reporting.machine_files import junit_properties
from suite.running_browser import BROWSER

LONGEST_OUTPUT = 20_000
"""Characters of captured output that are kept, the last ones."""
API_MARKER = "api_contract"
"""Marks tests whose own assertions are about the API and not about a redirect."""


def note_findings(
    item: pytest.Item, call: pytest.CallInfo[None], report: pytest.TestReport, evidence: Evidence
) -> None:
    """Add the result of a phase to the evidence, and the finding's words to ``report``."""
    record = evidence.record
    record.duration_s = round(record.duration_s + call.duration, 3)
    report.sections = [(name, evidence.scrubber.text(text)) for name, text in report.sections]
    if report.failed:
        report.is_counted = bool(record.problems)  # type: ignore[attr-defined]
        _note_problem(item, call, report, evidence)
    record.status = _status(report, record.status)
    if report.skipped and isinstance(report.longrepr, tuple):
        record.reason = report.longrepr[2].removeprefix("Skipped: ")
        report.unclear = bool(record.unclear)  # type: ignore[attr-defined]
    if report.when == "teardown":
        report.passes = record.status == "passed"  # type: ignore[attr-defined]
        output = "\n".join(f"{name}\n{text}" for name, text in report.sections)
        record.output = output[-LONGEST_OUTPUT:]
        evidence.finish({"": evidence.case_text} if evidence.case_text else dict(_cases(evidence)))
    elif report.when == "call" or report.failed:
        evidence.write()
    _add_properties(item, report, evidence)


def _cases(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """Yield the case of each checkout that a case file can describe, by session id."""
    for session, fields in evidence.cases.items():
        text = case_file.dumps(fields)
        with suppress(case_file.CaseProblem):
            case_file.parse_case(text)
            yield session, text


def _status(report: pytest.TestReport, so_far: Status) -> Status:
    if report.failed:
        failed = getattr(report, "category", "") in FAILURES or so_far == "failed"
        return "failed" if failed else "error"
    if hasattr(report, "wasxfail"):
        return "xfailed" if report.skipped else "xpassed"
    if report.skipped:
        return "skipped"
    return "passed" if report.when == "call" else so_far


def _note_problem(
    item: pytest.Item, call: pytest.CallInfo[None], report: pytest.TestReport, evidence: Evidence
) -> None:
    clean = evidence.scrubber.text
    finding = _finding(item, call, report)
    screenshot = getattr(call.excinfo and call.excinfo.value, "screenshot", b"")
    if isinstance(screenshot, bytes) and screenshot:
        evidence.add_screenshot(screenshot, "page-as-found")
    text, first = finding.text, finding.headline
    if finding.verdict is not None:
        evidence.add_verdict(finding.verdict)
        first = headline(finding.verdict)
        text = "\n".join([describe(finding.verdict, evidence.record), *finding.notes])
    elif finding.category in FAILURES and finding.explained:
        record = evidence.record
        text = "\n".join([text, *promise_lines(record), *repeat_lines(record)])
    traceback = "" if finding.explained else clean(report.longreprtext)
    problem = Problem(
        phase=report.when,
        category=finding.category,
        headline=clean(first),
        text=clean(text),
        traceback=traceback,
    )
    if all(problem.text != one.text for one in evidence.record.problems):
        evidence.record.problems.append(problem)
    evidence.record.problems.sort(key=lambda one: rank(one.category))
    report.category = problem.category  # type: ignore[attr-defined]
    if finding.explained:
        report.longrepr = problem.text
    elif traceback != report.longreprtext:  # it contained a secret
        report.longrepr = f"{problem.headline}\n\n{traceback}"


def _finding(item: pytest.Item, call: pytest.CallInfo[None], report: pytest.TestReport) -> Finding:
    if call.excinfo is None:  # a strict xfail that passed: pytest's own words suffice
        return Finding(SUITE_PROBLEM, report.longreprtext)
    finding = classify(call.excinfo.value)
    if loss := _loss(item, call, finding):
        return loss
    if finding.category == SUITE_PROBLEM and _is_own_assertion(item, call):
        about_api = item.get_closest_marker(API_MARKER) is not None
        return replace(finding, category=API_CONTRACT if about_api else REDIRECT_BUG)
    return finding


def _loss(item: pytest.Item, call: pytest.CallInfo[None], finding: Finding) -> Finding | None:
    """Return the loss of the test's browser if the finding may come from it.

    A verdict was reached while the browser was there. What is cleaned up without it, such as the
    dashboard, has its own problems.
    """
    if BROWSER not in item.config.stash or "browser" not in getattr(item, "fixturenames", ()):
        return None
    error = call.excinfo and call.excinfo.value
    if finding.verdict or (call.when == "teardown" and not isinstance(error, PlaywrightError)):
        return None
    return item.config.stash[BROWSER].loss()


def _is_own_assertion(item: pytest.Item, call: pytest.CallInfo[None]) -> bool:
    """Whether an assertion of the test itself failed, which means that the provider is wrong.

    A failed assertion elsewhere, in a fixture or a page object, is a problem of the suite. A unit
    test that runs beside the end-to-end tests says nothing about the provider.
    """
    reported = any(item.nodeid.startswith(f"{p}/") for p in item.config.getini("report_paths"))
    if call.when != "call" or call.excinfo is None or not reported:
        return False
    error = call.excinfo.value
    own = Path(str(call.excinfo.traceback[-1].path)) == item.path
    # pytest.raises() fails inside pytest, on behalf of the test that called it.
    return isinstance(error, pytest.fail.Exception) or (isinstance(error, AssertionError) and own)


def _add_properties(item: pytest.Item, report: pytest.TestReport, evidence: Evidence) -> None:
    """Add the properties for JUnit; of several with the same name the last one counts."""
    found = junit_properties(evidence.record)
    clean = {name: evidence.scrubber.text(value) for name, value in found.items()}
    for properties in (item.user_properties, report.user_properties):
        properties[:] = [pair for pair in properties if pair[0] not in clean]
        properties.extend(clean.items())
