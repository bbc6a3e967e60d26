"""Drift: what a target does otherwise than at an earlier observation."""

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from tools.command_line import columns
from tools.observe.questions import Row, Value

_WIDTHS: Final = (44, 36, 36)


class NoObservation(ValueError):
    """A file holds no earlier observation; the message is one sentence."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier observation.

    Attributes:
        answers: by the question's key.
    """

    date: str
    answers: Mapping[str, Value]

    @classmethod
    def read(cls, path: Path) -> "Earlier":
        """Read ``observed.toml``.

        Raises:
            NoObservation: the file cannot be read, or has no answers.
        """
        try:
            document = tomllib.loads(path.read_text(encoding="utf-8"))
            return cls(document["about"]["date"], document["answers"])
        except OSError as error:
            reason = error.strerror or "it cannot be opened"
        except ValueError as error:  # of the TOML or of the encoding
            reason = f"it is no TOML: {error}"
        except (KeyError, TypeError):
            reason = "it has no [answers] with their date"
        raise NoObservation(
            f"There is no observation in {path} ({reason}): name an observed.toml that `make"
            " observe` has written."
        )


@dataclass(frozen=True, slots=True)
class Change:
    """One question whose answer has changed."""

    question: str
    then: Value
    now: Value


def answers(rows: Sequence[Row]) -> dict[str, Value]:
    """Return what can be compared: a value where the answer fits one, and its words elsewhere."""
    return {
        row.key: row.observed if row.value is None else row.value for row in rows if row.is_observed
    }


def changes(earlier: Earlier, rows: Sequence[Row]) -> Iterator[Change]:
    """Yield the questions with another answer; one that was not observed twice is left out."""
    now = answers(rows)
    for row in rows:
        then = earlier.answers.get(row.key)
        if then is not None and row.key in now and now[row.key] != then:
            yield Change(row.question, then, now[row.key])


def text(earlier: Earlier, found: Sequence[Change], date: str) -> str:
    """Return the changes as a table."""
    if not found:
        return f"Nothing has changed since {earlier.date}."
    rows = (("question", f"on {earlier.date}", f"on {date}"), ("-" * 44, "-" * 36, "-" * 36))
    cells = [(change.question, str(change.then), str(change.now)) for change in found]
    lines = [line for row in (*rows, *cells) for line in columns(row, _WIDTHS)]
    return "\n".join([f"The target has changed since {earlier.date}:", "", *lines])


def as_json(earlier: Earlier, found: Sequence[Change], date: str) -> str:
    """Return the changes for programs."""
    document = {"then": earlier.date, "now": date, "changes": [asdict(each) for each in found]}
    return json.dumps(document, indent=1, ensure_ascii=False)
