"""Questions about a target, their documented answers and the observed ones."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from clover.behaviour import Behaviour

Value = str | int | bool

SILENT: Final = "nothing is said"
NOT_OBSERVED: Final = "not observed"

_DATA: Final = tomllib.loads(Path(__file__).with_name("questions.toml").read_text("utf-8"))

#: Odd redirect URLs by name.
ODD_URLS: Final[Mapping[str, str]] = {
    name: url.replace("{filling}", "y" * 7900) for name, url in _DATA["odd_urls"].items()
}


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
        """Write an answer down; the first one stays."""
        self.seen.setdefault(key, (text, value))

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
    """

    key: str
    question: str
    documented: str
    observed: str
    value: Value | None
    switch: str
    agrees: bool | None

    @property
    def is_observed(self) -> bool:
        """Whether there is an answer."""
        return not self.observed.startswith(NOT_OBSERVED)

    @property
    def cells(self) -> tuple[str, str, str, str]:
        """The columns of the table."""
        unknown = "–" if self.is_observed else "open"
        verdict = {True: "yes", False: "NO", None: unknown}[self.agrees]
        return (self.question, self.documented, self.observed, verdict)


def rows(notes: Notes, documented: Behaviour) -> list[Row]:
    """Return each question with its answer, or with the reason why there is none."""
    found = []
    for key, question in QUESTIONS.items():
        why = notes.missed.get(key, "the probe did not get that far")
        observed, value = notes.seen.get(key, (f"{NOT_OBSERVED}: {why}", None))
        switch = question.get("switch", "")
        wanted = question.get("expected", documented.switches().get(switch))
        said = question.get("documented", SILENT)
        known = said != SILENT and None not in {value, wanted}
        agrees = value == wanted if known else None
        found.append(Row(key, question["text"], said, observed, value, switch, agrees))
    return found


def switches(found: Sequence[Row]) -> dict[str, Value]:
    """Return the behaviour switches that describe the target, as far as they were seen."""
    return {row.switch: row.value for row in found if row.switch and row.value is not None}
