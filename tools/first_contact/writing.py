"""What a target did beside what is documented and measured, and the behaviour that fits."""

from collections.abc import Mapping, Sequence
from typing import Final

from clover.behaviour import behaviour_names, load_behaviour
from tools.command_line import columns
from tools.observe.questions import QUESTIONS, Row, Value, switches

_WIDTHS: Final = (36, 22, 22, 40, 10)
_HEADINGS: Final = ("question", "documented", "measured", "observed here", "as")
#: The switches that the expected landing depends on; the others describe a stand-in.
JUDGED: Final = frozenset({
    *("placeholders", "appended", "precedence", "fallback", "cancel", "decline", "error_code"),
    *("http_url", "interstitial"),
})  # fmt: skip


def text_table(rows: Sequence[Row]) -> str:
    """Return the table for a terminal."""
    rule = ["-" * width for width in _WIDTHS]
    cells = [_HEADINGS, rule, *map(_cells, rows)]
    return "\n".join(line for row in cells for line in columns(row, _WIDTHS))


def _cells(row: Row) -> tuple[str, ...]:
    measured = QUESTIONS[row.key].get("measured", "–")
    return row.question, row.documented, measured, row.observed, agreement(row)


def agreement(row: Row) -> str:
    """Say which of the two the answer agrees with: "both", "neither", one of them, or "–"."""
    found = {"documented": row.agrees, "measured": row.as_measured}
    agreeing = [name for name, agrees in found.items() if agrees]
    if len(agreeing) == len(found):
        return "both"
    disagrees = any(agrees is False for agrees in found.values())
    return agreeing[0] if agreeing else "neither" if disagrees else "–"


def fitting(rows: Sequence[Row]) -> list[str]:
    """Return the shipped behaviours that no answer contradicts, the default first."""
    seen = {name: value for name, value in switches(rows).items() if name in JUDGED}
    return [name for name in behaviour_names() if _fits(seen, name)]


def _fits(seen: Mapping[str, Value], name: str) -> bool:
    expected = load_behaviour(name).switches()
    return all(expected[switch] == value for switch, value in seen.items())
