"""Verdicts in plain text."""

from typing import Any

from clover.verdict import RedirectBug, explain
from records.observation import PageState
from records.outcome import Outcome
from records.verdict import Verdict, Violation

URL = "https://m.example/s"


def verdict(*violations: Violation, landed: str | None = URL, **differing: Any) -> Verdict:
    """Return a verdict on a success."""
    usual: dict[str, Any] = {
        "outcome": Outcome.SUCCESS,
        "expectation": "the shopper lands on the success URL of the request",
        "expected_url": URL,
        "session_id": "0b54c5a4",
        "behaviour": "documented",
    }
    return Verdict(landed_url=landed, violations=violations, **{**usual, **differing})


def test_violation_reads_as_a_sentence() -> None:
    """A violation reads as clause, expected, came and an optional detail; one breaks a verdict."""
    violation = Violation("same-path", "/a", "/b")
    assert str(violation) == "same-path: expected /a, came /b"
    assert str(Violation("lands", "x", "y", "z")) == "lands: expected x, came y (z)"
    assert verdict().kept
    assert not verdict(violation).kept


def test_landing_is_explained_line_by_line() -> None:
    """The text has the expectation, both URLs and every violation."""
    violations = Violation("same-path", "/s", "/t"), Violation("lands-once", "1", "2", "twice")

    assert explain(verdict(*violations, stayed=PageState("x", "y", "z"))) == (
        "success: the shopper lands on the success URL of the request\n"
        f"  expected: {URL}\n"
        f"  landed:   {URL}\n"
        "  same-path: expected /s, came /t\n"
        "  lands-once: expected 1, came 2 (twice)"
    )


def test_missing_landing_is_explained_by_the_page() -> None:
    """The text has URL, heading and alert of the page that the shopper sees."""

    def last_line(*page: str) -> str:
        stayed = PageState("https://x.test/", *page) if page else None
        text = explain(verdict(landed=None, expected_url=None, stayed=stayed))
        assert "  expected: no redirect\n" in text
        return text.splitlines()[-1]

    there = "  the shopper is at https://x.test/"
    assert last_line() == "  landed:   nowhere"
    assert last_line("", "") == there
    assert last_line("Checkout", "") == f"{there}, which shows “Checkout”"
    assert last_line("Checkout", "Declined") == f"{there}, which shows “Checkout / Declined”"


def test_redirect_bug_carries_its_verdict() -> None:
    """The exception has the verdict, its text and its category."""
    broken = verdict(Violation("lands", "a", "b"))
    bug = RedirectBug(broken)
    assert bug.verdict is broken
    assert (str(bug), bug.category) == (explain(broken), "redirect bug")
    assert isinstance(bug, AssertionError)
