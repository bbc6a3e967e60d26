"""Records of tests as a run leaves them, for the tests of what is made of them."""

from typing import Any

from records.observation import Hop
from records.outcome import Outcome
from records.recorded_test import Problem, TestRecord
from records.verdict import Verdict, Violation

SESSION = "7c0e8d0e-6f37-4a0b-9a3e-1d2f3a4b5c6d"
EXPECTED = f"https://merchant.example/success?order=7&note=a%20b&session_id={SESSION}#done"


def hop(number: int, url: str, **differing: Any) -> Hop:
    """A document that arrived as it should."""
    usual: dict[str, Any] = {
        "number": number,
        "place": "tab",
        "url": url,
        "method": "GET",
        "status": 200,
        "location": None,
        "cause": "script",
        "at_ms": 100.0 * number,
    }
    return Hop(**{**usual, **differing})


def verdict(landed: str | None = EXPECTED, *broken: str, **differing: Any) -> Verdict:
    """The verdict on a checkout that was to land on ``EXPECTED``."""
    usual: dict[str, Any] = {
        "outcome": Outcome.SUCCESS,
        "expectation": "the shopper lands on the success URL of the request",
        "expected_url": EXPECTED,
        "landed_url": landed,
        "violations": tuple(Violation(clause, "this", "that") for clause in broken),
        "redirect_ms": 120.0,
        "hops": (
            hop(1, "https://checkout.localhost:4000/pay-checkout/x", cause="typed"),
            hop(2, landed or "https://checkout.localhost:4000/received"),
        ),
        "session_id": SESSION,
        "behaviour": "documented",
    }
    return Verdict(**{**usual, **differing})


def record(name: str = "test_lands", **differing: Any) -> TestRecord:
    """A test that passed."""
    usual: dict[str, Any] = {
        "nodeid": f"e2e/test_outcomes.py::{name}",
        "title": "Paying leads to the success URL.",
        "test": name,
        "file": "e2e/test_outcomes.py",
        "line": 7,
        "status": "passed",
        "started": "2026-11-22T03:17:00.000+00:00",
        "duration_s": 0.5,
        "verdicts": [verdict()],
        "run": {"target": "standin", "behaviour": "documented", "browser": "chromium"},
        "repro": f"pytest e2e/test_outcomes.py::{name}",
        "folder": name,
    }
    return TestRecord(**{**usual, **differing})


def bug(
    name: str = "test_bug", *broken: str, landed: str = "https://merchant.example/"
) -> TestRecord:
    """A test that found a redirect bug."""
    found = verdict(landed, *(broken or ("same-path",)))
    return record(
        name,
        status="failed",
        verdicts=[found],
        problems=[problem("redirect bug", "success: broken")],
    )


def error(name: str = "test_error", category: str = "target problem") -> TestRecord:
    """A test that could not be carried through."""
    return record(
        name,
        status="error",
        verdicts=[],
        problems=[problem(category, "The target does not answer: start it.")],
    )


def problem(category: str, words: str) -> Problem:
    """Why a test did not pass."""
    return Problem(phase="call", category=category, headline=words, text=words)
