"""What docs/limits.md calls open is never red on a sandbox, whichever way it answers."""

from pathlib import Path
from typing import Any

import pytest

from suite.run import read_records
from tests.rehearsal.commands import run_tool
from tests.rehearsal.provider import Rehearsal, rehearsal

API, LIFE = "e2e/test_api_contract.py::test_", "e2e/test_session_life.py::test_"
CORE = "e2e/test_outcomes.py::test_shopper_lands_on_the_url_of_the_outcome[chromium-{}]"
PAID, LEFT = CORE.format("success"), CORE.format("cancel")
SHAPE = "e2e/test_url_shapes.py::test_plain_url_is_reached_as_configured[chromium-{}]"
DASHBOARD = "e2e/test_dashboard.py::test_precedence_is_recorded[chromium-{}]"
SETTINGS = "e2e/test_dashboard_settings.py::test_"
LIFETIME = f"{API}session_lives_for_about_fifteen_minutes[chromium]"
NOW = f"{API}session_is_created_now[chromium]"

OBSERVED = "skipped"
REFUSED = (":8443", "xn--", "#")

#: How the provider answers, the tests that meet it, and how each of them ends.
OPEN: dict[str, tuple[dict[str, Any], dict[str, str]]] = {
    "placeholders, words, times and the page's path": (
        {
            "others": "none",
            "received": "Thank you",
            "delay_s": 2.0,
            "page": "/p/{word}",
            "time": lambda _: "this morning",
        },
        {
            SHAPE.format("error code where nobody knows its value-cancel"): "passed",
            SHAPE.format("all kinds of placeholders-success"): "passed",
            SHAPE.format("lower case-cancel"): "passed",
            "e2e/test_without_urls.py::test_outcome_uses_its_own_url_or_none"
            "[chromium-success-cancel+failure]": OBSERVED,
            f"{LIFE}paid_session_cannot_be_paid_again[chromium]": "passed",
            f"{API}page_is_not_on_the_apis_address[chromium]": OBSERVED,
            "e2e/test_safety.py::test_unknown_session_id_leads_nowhere[chromium]": OBSERVED,
            LIFETIME: OBSERVED,
            NOW: OBSERVED,
        },
    ),
    "URLs that are refused": (
        {"refuses": lambda url: len(url) > 2000 or any(part in url for part in REFUSED)},
        {
            SHAPE.format("more than 2,083 characters-cancel"): OBSERVED,
            SHAPE.format("explicit port-cancel"): OBSERVED,
            SHAPE.format("punycode host-cancel"): OBSERVED,
            SHAPE.format("query and fragment-cancel"): OBSERVED,
            LEFT: "passed",
        },
    ),
    "words of the API, times in milliseconds": (
        {"time": lambda at: round(at.timestamp() * 1000)},
        {
            f"{API}invalid_request_is_refused_with_a_message[chromium-no customer]": "passed",
            LIFETIME: "passed",
            NOW: "passed",
        },
    ),
    "the request wins": ({"winner": "request"}, {DASHBOARD.format("success"): "passed"}),
    "the winner alone, without braces": (
        {"winner_alone": True, "dashboard.refuses_braces": True},
        {
            DASHBOARD.format("success"): "passed",
            f"{SETTINGS}dashboard_url_follows_the_placeholder_rule[chromium]": OBSERVED,
        },
    ),
}


def run(provider: Rehearsal, folder: Path, *tests: str) -> tuple[dict[str, str], str, int]:
    """Run tests on the provider.

    Returns:
        How each test ended, the terminal's text and the exit code.
    """
    quiet = ("-p", "no:randomly", "-p", "no:cacheprovider", "--output", str(folder))
    ran = run_tool(provider, "pytest", *tests, *quiet)
    ended = {record.nodeid: str(record.status) for record in read_records(folder)}
    return ended, ran.stdout + ran.stderr, ran.returncode


@pytest.mark.parametrize("name", OPEN)
def test_open_answer_is_not_red(tmp_path: Path, name: str) -> None:
    """Each answer passes or is told as observed, in the run's own words."""
    differs, tests = OPEN[name]
    with rehearsal() as provider:
        for path, value in differs.items():
            first, _, last = path.rpartition(".")
            setattr(getattr(provider, first) if first else provider, last, value)
        ended, shown, _ = run(provider, tmp_path, *tests)

    assert ended == tests, shown
    reasons = [record.reason for record in read_records(tmp_path) if record.status == OBSERVED]
    assert all(reason.startswith("observed: ") for reason in reasons), reasons


def test_other_success_is_a_finding_about_the_api(tmp_path: Path) -> None:
    """A 201 is an API contract violation in one test, and its session can be paid."""
    valid = f"{API}valid_request_opens_a_session[chromium-smallest]"
    with rehearsal() as provider:
        provider.created = 201
        ended, shown, code = run(provider, tmp_path, PAID, valid)

    assert (ended, code) == ({PAID: "passed", valid: "failed"}, 1), shown
    assert " API contract: 1 " in shown


def test_error_that_is_no_json_is_a_finding_about_the_api(tmp_path: Path) -> None:
    """A refusal as a web page is an API contract violation, not an error of the suite."""
    invalid = f"{API}invalid_request_is_refused_with_a_message[chromium-no customer]"
    with rehearsal() as provider:
        provider.html_errors = True
        ended, shown, code = run(provider, tmp_path, invalid)

    assert (ended, code) == ({invalid: "failed"}, 1), shown
    assert " API contract: 1 " in shown
