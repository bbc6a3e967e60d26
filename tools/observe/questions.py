"""Questions about a target, their documented answers and the observed ones."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from clover.behaviour import Behaviour, load_behaviour

Value = str | int | bool

SILENT: Final = "nothing is said"
NOT_OBSERVED: Final = "not observed"
NOT_CONSTANT: Final = "not constant"

_NO_SWITCH: Final = "the stand-in does not model another answer"

_DATA: Final = tomllib.loads(Path(__file__).with_name("questions.toml").read_text("utf-8"))

#: Odd redirect URLs by name.
ODD_URLS: Final[Mapping[str, str]] = _DATA["odd_urls"]


def odd_key(name: str) -> str:
    """Return the key of the question about an odd URL."""
    return f"odd: {name}"


#: Every question by key, in the order of the table; questions.toml describes the fields.
QUESTIONS: Final[Mapping[str, Mapping[str, Any]]] = {
    **_DATA["questions"],
    **{odd_key(name): {"text": f"redirect URL, {name}"} for name in ODD_URLS},
}


@dataclass(slots=True)
class Notes:
    """What the probes have found so far.

    Attributes:
        seen: by the question's key, the answer in words and as a value, which is None if it fits
            neither a switch nor the documentation.
        missed: why a question has no answer, likewise.
    """

    seen: dict[str, tuple[str, Value | None]] = field(default_factory=dict)
    missed: dict[str, str] = field(default_factory=dict)

    def see(self, key: str, text: str, value: Value | None = None) -> None:
        """Write an answer down; one that differs from an earlier one is not constant."""
        earlier, known = self.seen.setdefault(key, (text, value))
        same = earlier == text if None in {known, value} else known == value
        if not same and not earlier.startswith(NOT_CONSTANT):
            self.seen[key] = (f"{NOT_CONSTANT}: {earlier}; then {text}", None)

    def miss(self, why: str, *keys: str) -> None:
        """Write down why questions stay open; the first reason stays."""
        for key in keys:
            self.missed.setdefault(key, why)


@dataclass(frozen=True, slots=True)
class Row:
    """One question with its documented and its observed answer.

    Attributes:
        switch: the behaviour switch that the answer sets, or "".
        agrees: whether the observed answer is the documented one; None if that is unknown.
        measured: what integrators published, or "".
        as_measured: whether the observed answer is that one, likewise.
    """

    key: str
    question: str
    documented: str
    observed: str
    value: Value | None
    switch: str
    agrees: bool | None
    measured: str = ""
    as_measured: bool | None = None

    @property
    def is_observed(self) -> bool:
        """Whether there is an answer."""
        return not self.observed.startswith(NOT_OBSERVED)

    @property
    def is_news(self) -> bool:
        """Whether the answer is not constant, or differs from what is documented or measured."""
        differs = False in {self.agrees, self.as_measured}
        return differs or self.observed.startswith(NOT_CONSTANT)

    @property
    def cells(self) -> tuple[str, str, str, str]:
        """The columns of the table."""
        unknown = "–" if self.is_observed else "open"
        verdict = {True: "yes", False: "NO", None: unknown}[self.agrees]
        said = self.documented
        if self.as_measured is False:
            said += f"; measured: {self.measured}"
        return (self.question, said, self.observed, verdict)


def rows(notes: Notes, documented: Behaviour, *, stand_in: bool = False) -> list[Row]:
    """Return each question with its answer, or with the reason why there is none.

    Answers that differ from what is documented or measured come first.

    Args:
        notes: of the probes.
        documented: the behaviour with the documented values.
        stand_in: whether the target is the stand-in, which has a reason for each difference.
    """
    measured = load_behaviour("measured").switches()
    found = []
    for key, question in QUESTIONS.items():
        why = notes.missed.get(key, "the probe did not get that far")
        observed, value = notes.seen.get(key, (f"{NOT_OBSERVED}: {why}", None))
        switch = question.get("switch", "")
        said = question.get("documented", SILENT)
        wanted = question.get("expected", documented.switches().get(switch))
        agrees = _same(value, wanted) if said != SILENT else None
        seen = question.get("measured_value", measured.get(switch))
        as_measured = _same(value, seen) if "measured" in question else None
        if stand_in and agrees is False:
            observed += f" (the switch {switch} says so)" if switch else f" ({_NO_SWITCH})"
        answer = (key, question["text"], said, observed, value, switch, agrees)
        found.append(Row(*answer, question.get("measured", ""), as_measured))
    return sorted(found, key=lambda row: not row.is_news)


def _same(value: Value | None, wanted: Value | None) -> bool | None:
    return None if None in {value, wanted} else value == wanted


def switches(found: Sequence[Row]) -> dict[str, Value]:
    """Return the behaviour switches that describe the target, as far as they were seen."""
    return {row.switch: row.value for row in found if row.switch and row.value is not None}
