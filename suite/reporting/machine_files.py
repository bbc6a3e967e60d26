"""JUnit XML and CTRF amended: only redirect bugs are failures, everything else is an error.

Both files are written by others, who call whatever arose in a test's body a
failure. The category stands in a property of each test case; by it the element
or status is put right after the files are written. This leans on the formats,
which are public, and not on the insides of the plug-ins.
"""

import json
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from records.recorded_test import TestRecord
from suite.reporting.categories import REDIRECT_BUG, SUITE_PROBLEM

CTRF_STATUS = {
    "passed": "passed",
    "failed": "failed",
    "error": "other",
    "skipped": "skipped",
    "xfailed": "skipped",
    "xpassed": "passed",
}
"""CTRF knows no errors: "other" keeps them apart from failures, ``rawStatus`` says "error"."""
COUNTED = ("passed", "failed", "skipped", "pending", "other")
LONGEST_MESSAGE = 500


def amend_junit(path: Path) -> None:
    """Put elements, types, messages and counts of a JUnit file right."""
    tree = ET.parse(path)  # noqa: S314 - see above
    for suite in tree.iter("testsuite"):
        for case in suite.iter("testcase"):
            for problem in [*case.findall("failure"), *case.findall("error")]:
                _amend_problem(problem, _category(case))
        suite.set("failures", str(sum(1 for _ in suite.iter("failure"))))
        suite.set("errors", str(sum(1 for _ in suite.iter("error"))))
    tree.write(path, encoding="utf-8", xml_declaration=True)


def _category(case: ET.Element) -> str:
    named = [
        prop.get("value", "") for prop in case.iter("property") if prop.get("name") == "category"
    ]
    return named[-1] if named else SUITE_PROBLEM


def _amend_problem(problem: ET.Element, category: str) -> None:
    problem.tag = "failure" if category == REDIRECT_BUG else "error"
    problem.set("type", category)
    # pytest puts the phase around the words of an error; the words alone name cause and cure.
    message = problem.get("message", "")
    for phase in ("setup", "teardown"):
        opening = f'failed on {phase} with "'
        if message.startswith(opening):
            problem.set("message", message.removeprefix(opening).removesuffix('"'))


def make_sendable(report: pytest.TestReport) -> None:
    """Turn members of text enumerations among a test's parameters into plain text.

    pytest-json-ctrf keeps them as they are, and pytest-xdist can send none from a worker to
    its controller: the worker dies of it.
    """
    metadata = getattr(report, "_ctrf_metadata", {})
    if parameters := metadata.get("parameters"):
        metadata["parameters"] = {
            name: str(value) if isinstance(value, str) else value
            for name, value in parameters.items()
        }


def amend_ctrf(path: Path, records: Sequence[TestRecord]) -> None:
    """Put statuses, counts and messages of a CTRF file right, and add what was found."""
    report: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    results = report["results"]
    by_name = {record.nodeid: record for record in records}
    for test in results["tests"]:
        record = by_name.get(test["name"])
        if record is not None:
            _amend_test(test, record)
    counts = Counter(test["status"] for test in results["tests"])
    results["summary"] |= {status: counts[status] for status in COUNTED}
    path.write_text(json.dumps(report, indent=1), encoding="utf-8")


def _amend_test(test: dict[str, Any], record: TestRecord) -> None:
    test["status"] = CTRF_STATUS.get(record.status, "other")
    if record.status == "error":
        test["rawStatus"] = "error"
    # The report of a crashed worker has no times; a negative duration breaks readers.
    test["start"] = test["start"] or _milliseconds(test, record)
    test["stop"] = max(test["stop"], test["start"])
    test["duration"] = test["stop"] - test["start"]
    if record.problems:
        test["message"] = record.problems[0].headline[:LONGEST_MESSAGE]
        test["trace"] = "\n\n".join(
            problem.traceback or problem.text for problem in record.problems
        )
    test["extra"] = {**test.get("extra", {}), **_extra(record)}


def _milliseconds(test: Mapping[str, Any], record: TestRecord) -> int:
    return int(test["stop"] - record.duration_s * 1000) if test["stop"] else 0


def _extra(record: TestRecord) -> dict[str, Any]:
    extra: dict[str, Any] = {"title": record.title, "repro": record.repro}
    if record.category:
        extra["category"] = record.category
    if verdict := record.verdict:
        extra |= {
            "outcome": verdict.outcome,
            "expectation": verdict.expectation,
            "behaviour": verdict.behaviour,
            "clauses": record.clauses,
            "expectedUrl": verdict.expected_url,
            "landedUrl": verdict.landed_url,
            "redirectMs": verdict.redirect_ms,
        }
    return extra
