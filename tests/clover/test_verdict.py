"""Verdicts in plain text."""

from clover.verdict import RedirectBug, explain
from records.observation import PageState
from records.outcome import Outcome
from records.verdict import Verdict, Violation

URL = "https://m.example/s"


def verdict(
    *violations: Violation,
    landed: str | None = URL,
    expected: str | None = URL,
    stayed: PageState | None = None,
) -> Verdict:
    """Return a verdict on a success."""
    return Verdict(
        outcome=Outcome.SUCCESS,
        expectation="the shopper lands on the success URL of the request",
        expected_url=expected,
        landed_url=landed,
        violations=violations,
        session_id="0b54c5a4",
        behaviour="documented",
        stayed=stayed,
    )


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

    def last_line(stayed: PageState | None) -> str:
        return explain(verdict(landed=None, expected=None, stayed=stayed)).splitlines()[-1]

    assert last_line(None) == "  landed:   nowhere"
    assert last_line(PageState("https://x.test/", "", "")) == "  the shopper is at https://x.test/"
    assert last_line(PageState("https://x.test/", "Checkout", "")) == (
        "  the shopper is at https://x.test/, which shows “Checkout”"
    )
    assert last_line(PageState("https://x.test/", "Checkout", "Declined")) == (
        "  the shopper is at https://x.test/, which shows “Checkout / Declined”"
    )
    assert "  expected: no redirect\n" in explain(verdict(expected=None))


def test_redirect_bug_carries_its_verdict() -> None:
    """The exception has the verdict, its text and its category."""
    broken = verdict(Violation("lands", "a", "b"))
    bug = RedirectBug(broken)

    assert bug.verdict is broken
    assert str(bug) == explain(broken)
    assert bug.category == "redirect bug"
    assert isinstance(bug, AssertionError)
