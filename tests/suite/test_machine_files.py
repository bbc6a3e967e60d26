"""JUnit and CTRF separate failures from errors by category."""

import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

from suite.reporting.machine_files import amend_ctrf, amend_junit
from tests.suite.samples import HOME, bug, error, record

JUNIT = """<?xml version="1.0" encoding="utf-8"?>
<testsuites name="pytest tests"><testsuite name="pytest" errors="2" failures="2" tests="4">
<testcase name="body"><properties><property name="category" value="page changed"/></properties>
  <failure message="The page has changed.">The page has changed.</failure></testcase>
<testcase name="setup">
  <properties><property name="category" value="target problem"/></properties>
  <error message="failed on setup with &quot;Is &quot;down&quot;.&quot;">It is.</error></testcase>
<testcase name="teardown"><properties><property name="category" value="redirect bug"/></properties>
  <error message="failed on teardown with &quot;success: …&quot;">success: …</error></testcase>
<testcase name="api"><properties><property name="category" value="API contract"/></properties>
  <failure message="500 == 200&#10;cause">500 == 200</failure></testcase>
<testcase name="dead"><failure message="worker crashed">worker crashed</failure></testcase>
</testsuite></testsuites>
"""


def test_junit_follows_the_category_and_not_the_phase(tmp_path: Path) -> None:
    """The category decides in every phase; the message is the headline without the phase."""
    path = tmp_path / "junit.xml"
    path.write_text(JUNIT, encoding="utf-8")
    amend_junit(path)
    suite = ET.parse(path).getroot()[0]
    ends = [(case[-1].tag, case[-1].get("type"), case[-1].get("message")) for case in suite]

    assert dict(zip([case.get("name") for case in suite], ends, strict=True)) == {
        "body": ("error", "page changed", "The page has changed."),
        "setup": ("error", "target problem", 'Is "down".'),
        "teardown": ("failure", "redirect bug", "success: …"),
        "api": ("failure", "API contract", "500 == 200"),
        "dead": ("error", "suite problem", "worker crashed"),
    }
    assert (suite.get("failures"), suite.get("errors")) == ("2", "3")


def _ctrf(tmp_path: Path) -> dict[str, Any]:
    records = [bug("test_bug", "same-path", "keeps-query"), error(), record("test_fine")]
    ends = zip(records, ["failed", "failed", "passed"], [1005, 0, 1005], strict=True)
    tests = [
        {"name": one.nodeid, "status": status, "start": 1000, "stop": stop, "duration": 5}
        for one, status, stop in ends
    ]
    summary = {"tests": 3, "passed": 1, "failed": 2, "other": 0}
    path = tmp_path / "ctrf.json"
    path.write_text(json.dumps({"results": {"summary": summary, "tests": tests}}))
    amend_ctrf(path, records)
    results: dict[str, Any] = json.loads(path.read_text())["results"]
    return results


def test_ctrf_separates_failures_from_errors(tmp_path: Path) -> None:
    """Errors are "other" with the rawStatus "error"; category, clauses and URLs are there too."""
    results = _ctrf(tmp_path)
    extra = results["tests"][0]["extra"]

    assert [test["status"] for test in results["tests"]] == ["failed", "other", "passed"]
    assert results["tests"][1]["rawStatus"] == "error"
    assert (results["summary"]["failed"], results["summary"]["other"]) == (1, 1)
    assert all(test["duration"] >= 0 for test in results["tests"])
    assert (extra["category"], extra["redirectMs"]) == ("redirect bug", 120.0)
    assert (extra["clauses"], extra["landedUrl"]) == (["same-path", "keeps-query"], HOME)
