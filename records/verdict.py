"""Verdicts on checkouts: expectation, landing and broken clauses."""

from dataclasses import dataclass, field

from records.observation import Arrival, Hop, PageState
from records.outcome import Outcome


@dataclass(frozen=True, slots=True)
class UrlDifference:
    """One part of a landing URL, as expected and as it came.

    Attributes:
        part: "scheme", "user", "host", "port", "path", "query" or "fragment".
        index: the position among the query's parameters, from 0, in the expected URL or, for
            an added parameter, in the landed one; None for the other parts and for a query
            whose parameters came in another order.
        expected: the part as a browser writes it, with "…" for an unknown value; None if the
            part was added.
        came: the part as it came; None if it was lost.
        same: whether ``came`` is what was expected. An unknown value may be anything.
    """

    part: str
    index: int | None
    expected: str | None
    came: str | None
    same: bool = False


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken clause.

    Attributes:
        clause: one of ``clover.verdict.CLAUSES``; the name is part of the interface.
        detail: one more sentence, or "".
        difference: the part of the landing URL that the violation is about, or None if it is
            not about a part of it. Where the landing is another configured URL, the part is
            compared with that URL.
    """

    clause: str
    expected: str
    came: str
    detail: str = ""
    difference: UrlDifference | None = None

    def __str__(self) -> str:
        more = f" ({self.detail})" if self.detail else ""
        return f"{self.clause}: expected {self.expected}, came {self.came}{more}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The judgement of one checkout.

    Attributes:
        expectation: in words, for a person.
        expected_url: as a browser writes it; None where the shopper stays with Clover.
        landed_url: the merchant's URL that was reached, if any.
        url_parts: every part of the expected and the landed URL, equal parts included; empty
            if there is only one URL.
        redirect_ms: milliseconds from the press of Pay or Cancel to the request for the landing.
        undecided: why no judgement is possible, or "".
    """

    outcome: Outcome
    expectation: str
    expected_url: str | None
    landed_url: str | None
    violations: tuple[Violation, ...] = ()
    session_id: str = ""
    behaviour: str = ""
    redirect_ms: float | None = None
    hops: tuple[Hop, ...] = field(default=(), repr=False)
    arrivals: tuple[Arrival, ...] = field(default=(), repr=False)
    stayed: PageState | None = None
    undecided: str = ""
    url_parts: tuple[UrlDifference, ...] = ()

    @property
    def kept(self) -> bool:
        """Whether every clause holds."""
        return not self.violations and not self.undecided

    @property
    def clauses(self) -> list[str]:
        """The broken clauses, each once, in clause order."""
        return list(dict.fromkeys(violation.clause for violation in self.violations))

    @property
    def relevant_hops(self) -> list[Hop]:
        """The hops that explain the verdict: frames of the page only where something is odd."""
        ours = {_host(url) for url in (self.expected_url, self.landed_url) if url}
        return [
            hop
            for hop in self.hops
            if hop.place != "frame"
            or hop.failure
            or (hop.status or 0) >= 400
            or _host(hop.url) in ours
        ]


def _host(url: str) -> str:
    """Host and port as written in ``url``, or ""."""
    return url.partition("://")[2].partition("/")[0].partition("?")[0].partition("#")[0]
