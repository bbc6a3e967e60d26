"""The record of one test: written to ``evidence.json``, read by all reports."""

import os
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from records.exchange import Exchange
from records.timeline import Timeline
from records.verdict import Verdict

EVIDENCE_FILE = "evidence.json"

Status = Literal["running", "passed", "failed", "error", "skipped", "xfailed", "xpassed"]
VERSION = 3
"""Version of the record's format; a reader ignores unknown fields."""


class Problem(BaseModel):
    """A reason why a test did not pass; unexplained problems have a ``traceback``."""

    phase: str
    category: str
    headline: str
    text: str
    traceback: str = ""


class TestRecord(BaseModel):
    """Everything that one test recorded.

    Attributes:
        title: the first paragraph of the test's docstring.
        test: the test function's name, parameters aside.
        started: ISO 8601, UTC.
        run: target, behaviour, fault, seed and browser of the run.
        problems: failures before errors.
        folder: the record's folder, relative to the report; not stored.
    """

    __test__ = False
    model_config = ConfigDict(extra="ignore")

    version: int = VERSION
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
    verdicts: list[Verdict] = Field(default_factory=list)
    exchanges: list[Exchange] = Field(default_factory=list)
    notes: dict[str, str] = Field(default_factory=dict)
    timelines: list[Timeline] = Field(default_factory=list)
    screenshots: list[str] = Field(default_factory=list)
    trace: str = ""
    case: str = ""
    run: dict[str, str] = Field(default_factory=dict)
    repro: str = ""
    output: str = ""
    folder: str = Field(default="", exclude=True)

    @property
    def result(self) -> Status:
        """The status, or "error" for a test whose process died while it ran."""
        return "error" if self.status == "running" else self.status

    @property
    def unclear(self) -> str:
        """Why a test that was skipped at its end could not be decided, or ""."""
        told = (verdict.undecided for verdict in self.verdicts if verdict.undecided)
        return next(told, "") if self.status == "skipped" else ""

    @property
    def category(self) -> str:
        """The category of the first problem, or "" without a problem."""
        return self.problems[0].category if self.problems else ""

    @property
    def behaviour(self) -> str:
        """The behaviour that the provider was expected to have."""
        return next((v.behaviour for v in self.verdicts if v.behaviour), "") or self.run.get(
            "behaviour", ""
        )

    @property
    def base_behaviour(self) -> str:
        """The name of the behaviour, without the switches that a test sets."""
        return self.behaviour.partition(",")[0]

    @property
    def clauses(self) -> list[str]:
        """The clauses that any verdict violates, each once."""
        return list(dict.fromkeys(clause for v in self.verdicts for clause in v.clauses))

    @property
    def broken_first(self) -> list[Verdict]:
        """The verdicts in the order in which they are read."""
        return sorted(self.verdicts, key=lambda verdict: verdict.kept)

    @property
    def verdict(self) -> Verdict | None:
        """The first verdict that did not pass, else the last one."""
        failed = [verdict for verdict in self.verdicts if not verdict.kept]
        return next(iter(failed + self.verdicts[::-1]), None)

    def save(self, folder: Path, text: str) -> None:
        """Write ``text`` atomically, so that a killed process leaves the former file intact."""
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
            return cls.model_validate_json(path.read_bytes())
        except ValidationError as error:
            raise ValueError(f"{path} is not a record of evidence: {error}") from error
