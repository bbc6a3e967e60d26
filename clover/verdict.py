"""Clauses of the contract, and the exception that names the broken ones."""

from collections.abc import Sequence

from records.observation import PageState
from records.verdict import Verdict

CLAUSES = (
    "lands",
    "right-outcome",
    "right-source",
    "secure",
    "same-origin",
    "same-path",
    "keeps-query",
    "keeps-fragment",
    "session-id",
    "error-code",
    "no-literal-placeholder",
    "no-extra-params",
    "is-a-get",
    "same-tab",
    "lands-once",
    "leaks-nothing",
)


class RedirectBug(AssertionError):
    """The provider broke a clause of the contract."""

    category = "redirect bug"

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(explain(verdict))
        self.verdict = verdict


def explain(verdict: Verdict) -> str:
    """Describe the expectation, the landing and each broken clause in plain text."""
    lines = [
        f"{verdict.outcome}: {verdict.expectation}",
        f"  expected: {verdict.expected_url or 'no redirect'}",
        f"  landed:   {verdict.landed_url or 'nowhere'}",
    ]
    lines += [f"  {violation}" for violation in verdict.violations]
    lines += _stay(verdict.stayed) if verdict.landed_url is None else []
    return "\n".join(lines)


def _stay(stayed: PageState | None) -> Sequence[str]:
    if stayed is None:
        return []
    shown = " / ".join(text for text in (stayed.heading, stayed.alert) if text)
    return [f"  the shopper is at {stayed.url}" + (f", which shows “{shown}”" if shown else "")]
