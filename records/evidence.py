"""The evidence of one test as data: written to ``evidence.json``, read by all reports."""

import os
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

EVIDENCE_FILE = "evidence.json"

Status = Literal["running", "passed", "failed", "error", "skipped", "xfailed", "xpassed"]
SHAPE = 1
"""Version of the record's shape; a reader takes what it knows and leaves the rest."""


class Part(BaseModel):
    """Read from any object with the same attribute names, whoever made it."""

    model_config = ConfigDict(from_attributes=True, extra="ignore")


class HopRecord(Part):
    """One document that the browser asked for; ``at_ms`` counts from the start of its trail."""

    number: int
    place: str
    url: str
    method: str
    status: int | None
    location: str | None
    cause: str
    at_ms: float
    referer: str = ""
    failure: str = ""


class ArrivalRecord(Part):
    """One request that the merchant's site answered."""

    number: int
    method: str
    url: str
    status: int
    dest: str = ""
    headers: list[tuple[str, str]] = Field(default_factory=list)


class ViolationRecord(Part):
    """One broken clause of the contract."""

    clause: str
    expected: str
    came: str
    detail: str = ""


class StayedRecord(Part):
    """What the shopper saw when the suite stopped looking."""

    url: str
    heading: str = ""
    alert: str = ""


class VerdictRecord(Part):
    """What became of one checkout.

    ``redirect_ms`` runs from Pay or Cancel to the landing; ``undecided`` says why nothing can be
    said about the promise, if so.
    """

    outcome: str
    expectation: str
    expected_url: str | None
    landed_url: str | None
    violations: list[ViolationRecord] = Field(default_factory=list)
    redirect_ms: float | None = None
    hops: list[HopRecord] = Field(default_factory=list)
    arrivals: list[ArrivalRecord] = Field(default_factory=list)
    stayed: StayedRecord | None = None
    session_id: str = ""
    behaviour: str = ""
    undecided: str = ""

    @property
    def kept(self) -> bool:
        """Whether every clause held."""
        return not self.violations and not self.undecided

    @property
    def clauses(self) -> list[str]:
        """The broken clauses, each once, in the order they were found."""
        return list(dict.fromkeys(violation.clause for violation in self.violations))

    @property
    def way(self) -> list[HopRecord]:
        """The hops that tell the story; frames of the page only where something is odd."""
        ours = {host_of(url) for url in (self.expected_url, self.landed_url) if url}
        return [
            hop
            for hop in self.hops
            if hop.place != "frame"
            or hop.failure
            or (hop.status or 0) >= 400
            or host_of(hop.url) in ours
        ]


class ExchangeRecord(Part):
    """One call of the provider's API, bodies as text, without secrets."""

    method: str
    url: str
    status: int | None
    ms: float
    request_body: str = ""
    response_body: str = ""
    failure: str = ""


def host_of(url: str) -> str:
    """Host and port as they are written in ``url``; nothing where it has none."""
    return url.partition("://")[2].partition("/")[0].partition("?")[0].partition("#")[0]


class Problem(Part):
    """Why a test did not pass; ``traceback`` is kept for defects of the suite itself."""

    phase: str
    triage: str
    headline: str
    text: str
    traceback: str = ""


class Record(Part):
    """All that one test left behind.

    Attributes:
        title: the promise, the first sentence of the test's docstring.
        test: the test function's name, parameters aside.
        started: ISO 8601, UTC.
        run: target, behaviour, fault, seed and browser of the run.
        repro: the command that repeats this very test.
        folder: where the record lies, relative to the report; not stored.
    """

    version: int = SHAPE
    nodeid: str
    title: str
    test: str
    file: str
    line: int
    params: str = ""
    worker: str = ""
    status: Status = "running"
    reason: str = ""
    started: str = ""
    duration_s: float = 0.0
    problems: list[Problem] = Field(default_factory=list)
    verdicts: list[VerdictRecord] = Field(default_factory=list)
    exchanges: list[ExchangeRecord] = Field(default_factory=list)
    notes: dict[str, str] = Field(default_factory=dict)
    screenshots: list[str] = Field(default_factory=list)
    trace: str = ""
    case: str = ""
    run: dict[str, str] = Field(default_factory=dict)
    repro: str = ""
    output: str = ""
    folder: str = Field(default="", exclude=True)

    @property
    def triage(self) -> str:
        """The category of the first problem, or nothing for a test without one."""
        bugs = [problem.triage for problem in self.problems if problem.triage == "redirect bug"]
        return next(iter(bugs + [problem.triage for problem in self.problems]), "")

    @property
    def behaviour(self) -> str:
        """Under which behaviour the promise was tested."""
        return next((v.behaviour for v in self.verdicts if v.behaviour), "") or self.run.get(
            "behaviour", ""
        )

    @property
    def base_behaviour(self) -> str:
        """The behaviour by its name, without the switches that a test sets for itself."""
        return self.behaviour.partition(",")[0]

    @property
    def clauses(self) -> list[str]:
        """Every broken clause of this test, each once."""
        return list(dict.fromkeys(clause for v in self.verdicts for clause in v.clauses))

    @property
    def verdict(self) -> VerdictRecord | None:
        """The verdict that tells most: the first broken one, else the last."""
        broken = [verdict for verdict in self.verdicts if not verdict.kept]
        return next(iter(broken + self.verdicts[::-1]), None)

    def save(self, folder: Path, text: str) -> None:
        """Write ``text`` so that a process killed half-way leaves the former file whole."""
        folder.mkdir(parents=True, exist_ok=True)
        draft = folder / f".{EVIDENCE_FILE}.{os.getpid()}"
        draft.write_text(text, encoding="utf-8")
        draft.replace(folder / EVIDENCE_FILE)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read one record.

        Raises:
            ValueError: the file is not a record of evidence.
        """
        try:
            record = cls.model_validate_json(path.read_bytes())
        except ValidationError as error:
            raise ValueError(f"{path} is not a record of evidence: {error}") from error
        return record
