"""Questions about a target, their documented answers and the observed ones."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from clover.behaviour import Behaviour

Value = str | int | bool

SILENT: Final = "nothing is said"
NOT_OBSERVED: Final = "not observed"


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to find out.

    Attributes:
        key: under which a probe answers it.
        documented: what Clover's pages say, in short.
        switch: the behaviour switch that the answer sets, or "".
        expected: the answer that agrees with the documentation, for questions without a switch.
    """

    key: str
    text: str
    documented: str = SILENT
    switch: str = ""
    expected: Value | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """What a probe saw.

    Attributes:
        text: for people.
        value: for the switch, or to compare with the documentation; None if it fits none.
    """

    text: str
    value: Value | None = None


@dataclass(slots=True)
class Notes:
    """What the probes have found so far.

    Attributes:
        seen: by the question's key.
        missed: why a question has no answer, likewise.
    """

    seen: dict[str, Seen] = field(default_factory=dict)
    missed: dict[str, str] = field(default_factory=dict)

    def see(self, key: str, text: str, value: Value | None = None) -> None:
        """Write an answer down; the first one stays."""
        self.seen.setdefault(key, Seen(text, value))

    def miss(self, why: str, *keys: str) -> None:
        """Write down why questions stay open."""
        for key in keys:
            self.missed.setdefault(key, why)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the result.

    Attributes:
        agrees: whether what was seen is what is documented; None if that is unknown.
    """

    question: Question
    observed: str
    value: Value | None
    agrees: bool | None

    @property
    def cells(self) -> tuple[str, str, str, str]:
        """The columns of the table."""
        return (self.question.text, self.question.documented, self.observed, self.verdict)

    @property
    def verdict(self) -> str:
        """``agrees`` in a word."""
        if self.agrees is None:
            return "open" if self.observed.startswith(NOT_OBSERVED) else "–"
        return "yes" if self.agrees else "NO"


_DATA: Final = tomllib.loads(Path(__file__).with_name("questions.toml").read_text("utf-8"))
QUESTIONS: Final = tuple(Question(key, **asked) for key, asked in _DATA["questions"].items())

#: What the documentation itself says where the behaviour called "documented" prefers a measurement.
_SAID: Final[Mapping[str, Value]] = {"time_format": "unix-ms", "user_agent_required": True}

#: Odd redirect URLs by name.
ODD_URLS: Final[Mapping[str, str]] = {
    name: url.replace("{filling}", "y" * 7900) for name, url in _DATA["odd_urls"].items()
}


def odd_key(name: str) -> str:
    """Return the key of the question about an odd URL."""
    return f"odd: {name}"


def all_questions() -> tuple[Question, ...]:
    """Return every question, in the order of the table."""
    odd = (Question(odd_key(name), f"redirect URL, {name}") for name in ODD_URLS)
    return (*QUESTIONS, *odd)


def rows(notes: Notes, documented: Behaviour) -> list[Row]:
    """Return each question with its answer, or with the reason why there is none."""
    return [_row(question, notes, documented) for question in all_questions()]


def switches(found: list[Row]) -> dict[str, Value]:
    """Return the behaviour switches that describe the target, as far as they were seen."""
    return {
        row.question.switch: row.value
        for row in found
        if row.question.switch and row.value is not None
    }


def _row(question: Question, notes: Notes, documented: Behaviour) -> Row:
    seen = notes.seen.get(question.key)
    if seen is None:
        why = notes.missed.get(question.key, "the probe did not get that far")
        return Row(question, f"{NOT_OBSERVED}: {why}", None, None)
    if question.documented == SILENT or seen.value is None:
        return Row(question, seen.text, seen.value, None)
    wanted = question.expected
    if question.switch:
        wanted = _SAID.get(question.switch, documented.switches()[question.switch])
    agrees = None if wanted is None else wanted == seen.value
    return Row(question, seen.text, seen.value, agrees)
