"""JUnit XML and CTRF files: only failures are failures there, everything else is an error.

Plug-ins write both files and call everything that a test's body raises a failure. Each test case
has its category as a property, by which this module corrects the finished files. It depends on the
public formats and not on the plug-ins' internals.
"""

import json
import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from records.recorded_test import TestRecord
from suite.reporting.categories import FAILURES, SUITE_PROBLEM

CTRF_STATUS = {"error": "other", "xfailed": "skipped", "xpassed": "passed"}
"""CTRF has no errors: "other" separates them from failures, and ``rawStatus`` is "error"."""
COUNTED = ("passed", "failed", "skipped", "pending", "other")
LONGEST_MESSAGE = 500


def facts(record: TestRecord) -> dict[str, Any]:
    """Return the category, the outcome, the URLs and the violated clauses of a test."""
    found: dict[str, Any] = {"category": record.category} if record.category else {}
    if verdict := record.verdict:
        found |= {
            "outcome": str(verdict.outcome),
            "expectation": verdict.expectation,
            "behaviour": verdict.behaviour,
            "expected_url": verdict.expected_url,
            "landed_url": verdict.landed_url,
            "clauses": record.clauses,
            "redirect_ms": verdict.redirect_ms,
        }
    return found


def junit_properties(record: TestRecord) -> dict[str, str]:
    """Return the facts of a test as texts; lists with commas between their items."""
    found = facts(record)
    if found.get("redirect_ms") is None:
        found.pop("redirect_ms", None)
    else:
        found["redirect_ms"] = f"{found['redirect_ms']:.0f}"
    return {
        name: ",".join(value) if isinstance(value, list) else value or ""
        for name, value in found.items()
    }


def make_sendable(report: pytest.TestReport) -> None:
    """Turn enumeration members among a test's parameters into plain text.

    pytest-json-ctrf keeps the members, and pytest-xdist cannot send them from a worker to its
    controller: the worker would die.
    """
    metadata = getattr(report, "_ctrf_metadata", {})
    for name, value in metadata.get("parameters", {}).items():
        if isinstance(value, str):
            metadata["parameters"][name] = str(value)


def amend_junit(path: Path) -> None:
    """Correct elements, types, messages and counts of a JUnit file."""
    tree = ET.parse(path)  # noqa: S314 - pytest wrote it
    for suite in tree.iter("testsuite"):
        for case in suite.iter("testcase"):
            named = [
                p.get("value", "") for p in case.iter("property") if p.get("name") == "category"
            ]
            for problem in [*case.findall("failure"), *case.findall("error")]:
                _amend_problem(problem, named[-1] if named else SUITE_PROBLEM)
        # A test that passed and then failed to clean up would count twice.
        suite.set("tests", str(len([*suite.iter("testcase")])))
        suite.set("failures", str(len([*suite.iter("failure")])))
        suite.set("errors", str(len([*suite.iter("error")])))
    tree.write(path, encoding="utf-8", xml_declaration=True)


def _amend_problem(problem: ET.Element, category: str) -> None:
    problem.tag = "failure" if category in FAILURES else "error"
    problem.set("type", category)
    # pytest writes the phase around an error's message, and a whole text as the message.
    message = problem.get("message", "")
    framed = re.fullmatch(r'failed on (?:setup|teardown) with "(.*)"', message, re.DOTALL)
    problem.set("message", (framed[1] if framed else message).partition("\n")[0])


def amend_ctrf(path: Path, records: Sequence[TestRecord]) -> None:
    """Correct statuses, counts and messages of a CTRF file, and add the facts of each test."""
    report: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    results = report["results"]
    by_name = {record.nodeid: record for record in records}
    for test in results["tests"]:
        if record := by_name.get(test["name"]):
            _amend_test(test, record)
    counts = Counter(test["status"] for test in results["tests"])
    results["summary"]["tests"] = len(results["tests"])
    results["summary"] |= {status: counts[status] for status in COUNTED}
    path.write_text(json.dumps(report, indent=1), encoding="utf-8")


def _amend_test(test: dict[str, Any], record: TestRecord) -> None:
    test["status"] = CTRF_STATUS.get(record.result, record.result)
    if record.result == "error":
        test["rawStatus"] = "error"
    # The report of a crashed worker has no times; a negative duration breaks readers.
    if not test["start"] and test["stop"]:
        test["start"] = int(test["stop"] - record.duration_s * 1000)
    test["stop"] = max(test["stop"], test["start"])
    test["duration"] = test["stop"] - test["start"]
    if record.problems:
        test["message"] = record.problems[0].headline[:LONGEST_MESSAGE]
        texts = [problem.traceback or problem.text for problem in record.problems]
        test["trace"] = "\n\n".join(texts)
    found = {"title": record.title, "repro": record.repro, **facts(record)}
    camel_case = {re.sub(r"_(\w)", lambda m: m[1].upper(), name): v for name, v in found.items()}
    test["extra"] = {**test.get("extra", {}), **camel_case}
