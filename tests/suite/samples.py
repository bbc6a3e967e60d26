"""Sample records of tests, as a run writes them."""

from dataclasses import replace
from typing import Any

from clover.address import parse
from clover.template import ERROR_CODE, SESSION_ID, parse_template
from clover.url_comparison import align, compare
from records.observation import Hop
from records.outcome import Outcome
from records.recorded_test import Problem, TestRecord
from records.timeline import Event, Timeline
from records.verdict import Verdict, Violation
from suite.reporting.categories import FAILURES

SESSION = "7c0e8d0e-6f37-4a0b-9a3e-1d2f3a4b5c6d"
HOME = "https://merchant.example/"
CONFIGURED = f"{HOME}success?order=7&note=a%20b&session_id={SESSION_ID}#done"
EXPECTED = CONFIGURED.replace(SESSION_ID, SESSION)


def hop(number: int, url: str, **differing: Any) -> Hop:
    """A document that loaded."""
    return replace(Hop(number, "tab", url, "GET", 200, None, "script", 100.0 * number), **differing)


def verdict(landed: str | None = EXPECTED, *violated: str, **differing: Any) -> Verdict:
    """The verdict on a checkout that should land on ``EXPECTED``, with clauses that it violates."""
    expected = differing.get("expected_url", EXPECTED)
    parts = align(parse_template(expected, {}), parse(landed)) if landed and expected else ()
    page = "https://checkout.localhost:4000"
    last = hop(2, landed or f"{page}/received")
    usual: dict[str, Any] = {
        "outcome": Outcome.SUCCESS,
        "expectation": "the shopper lands on the success URL of the request",
        "expected_url": expected,
        "landed_url": landed,
        "violations": tuple(Violation(clause, "this", "that") for clause in violated),
        "redirect_ms": 120.0,
        "hops": (hop(1, f"{page}/pay-checkout/x", cause="typed"), last),
        "session_id": SESSION,
        "behaviour": "documented",
        "url_parts": parts,
    }
    return Verdict(**{**usual, **differing})


def judged(
    landed: str, *violated: str, configured: str = CONFIGURED, error_code: str | None = None
) -> Verdict:
    """The oracle's verdict on a landing, and clauses that it violates beside its URL."""
    landing = parse_template(configured, {SESSION_ID: SESSION, ERROR_CODE: error_code})
    differences = compare(landing, parse(landed))
    others = (Violation(clause, "this", "that") for clause in violated)
    return verdict(
        landed,
        expected_url=str(landing.expected()),
        violations=(*differences, *others),
        url_parts=align(landing, parse(landed)),
    )


def record(name: str = "test_lands", **differing: Any) -> TestRecord:
    """A test that passed."""
    usual = TestRecord(
        nodeid=f"e2e/test_outcomes.py::{name}",
        title="Paying leads to the success URL.",
        test=name,
        file="e2e/test_outcomes.py",
        line=7,
        status="passed",
        started="2026-11-22T03:17:00.000+00:00",
        duration_s=0.5,
        verdicts=[verdict()],
        run={"target": "standin", "behaviour": "documented", "browser": "chromium"},
        repro=f"pytest e2e/test_outcomes.py::{name}",
        folder=name,
    )
    return usual.model_copy(update=differing)


def bug(name: str = "test_bug", *violated: str, landed: str = HOME) -> TestRecord:
    """A test that found a redirect bug."""
    found = verdict(landed, *(violated or ("same-path",)))
    reason = problem("redirect bug", "success: violated")
    return record(name, status="failed", verdicts=[found], problems=[reason])


def error(
    name: str = "test_error",
    category: str = "target problem",
    words: str = "The target does not answer: start it.",
) -> TestRecord:
    """A test with a problem, by default an error that is not the provider's."""
    status = "failed" if category in FAILURES else "error"
    reason = problem(category, words)
    return record(name, status=status, verdicts=[], problems=[reason])


def timeline(*texts: str, screenshot: str = "") -> Timeline:
    """The timeline of a checkout with a step, a request and a line of the console for each text."""
    lanes = ("step", "network", "console")
    events = [Event(1200.4, lane, text, lane == "console") for text in texts for lane in lanes]
    last = Event(1300.0, "step", "", screenshot=screenshot)
    return Timeline(SESSION, "the create call", (*events, last))


def problem(category: str, words: str) -> Problem:
    """The reason why a test did not pass."""
    return Problem(phase="call", category=category, headline=words, text=words)
