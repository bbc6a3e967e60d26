"""The verdict on one checkout: what was promised, what came, and which clauses broke."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from clover.outcome import Outcome
from clover.witnesses import Arrival, Hop, Stayed

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


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken clause.

    Attributes:
        clause: one of ``CLAUSES``; the name is part of the interface.
        expected: what was promised, as the reader should compare it.
        came: what was seen in its place.
        detail: one sentence more, or nothing.
    """

    clause: str
    expected: str
    came: str
    detail: str = ""

    def __str__(self) -> str:
        more = f" ({self.detail})" if self.detail else ""
        return f"{self.clause}: expected {self.expected}, came {self.came}{more}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one checkout.

    Attributes:
        expectation: the promise in words, for a person.
        expected_url: as a browser writes it; None where the shopper stays with Clover.
        landed_url: the merchant's URL that was reached, if any.
        redirect_ms: from the press of Pay or Cancel to the request for the landing.
        undecided: why nothing can be said about the promise; empty where something can.
    """

    outcome: Outcome
    expectation: str
    expected_url: str | None
    landed_url: str | None
    violations: tuple[Violation, ...]
    session_id: str
    behaviour: str
    redirect_ms: float | None = None
    hops: tuple[Hop, ...] = field(default=(), repr=False)
    arrivals: tuple[Arrival, ...] = field(default=(), repr=False)
    stayed: Stayed | None = None
    undecided: str = ""

    @property
    def kept(self) -> bool:
        """Whether every clause held."""
        return not self.violations and not self.undecided


class RedirectBug(AssertionError):
    """The provider broke its promise to the shopper or the merchant."""

    triage = "redirect bug"

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(explain(verdict))
        self.verdict = verdict


def explain(verdict: Verdict) -> str:
    """Say in plain text what was promised and what came, clause by clause."""
    lines = [
        f"{verdict.outcome}: {verdict.expectation}",
        f"  expected: {verdict.expected_url or 'no redirect'}",
        f"  landed:   {verdict.landed_url or 'nowhere'}",
    ]
    lines += [f"  {violation}" for violation in verdict.violations]
    lines += _stay(verdict.stayed) if verdict.landed_url is None else []
    return "\n".join(lines)


def _stay(stayed: Stayed | None) -> Sequence[str]:
    if stayed is None:
        return []
    shown = " / ".join(text for text in (stayed.heading, stayed.alert) if text)
    return [f"  the shopper is at {stayed.url}" + (f", which shows “{shown}”" if shown else "")]
