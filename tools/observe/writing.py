"""The result of an observation: as a table, as Markdown, as JSON and as a behaviour file."""

import json
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from tools.observe.questions import Row, Value, switches

HEADINGS = ("question", "documented", "observed here", "agrees?")
_WIDTHS = (44, 26, 44, 10)


@dataclass(frozen=True, slots=True)
class Result:
    """Everything that an observation leaves.

    Attributes:
        target: what was observed, in words.
        date: of the observation, ISO.
        counts: sessions created, API calls and so on, by name.
        trace: what happened in each visit, as evidence for the answers.
    """

    target: str
    date: str
    rows: Sequence[Row]
    counts: Mapping[str, int] = field(default_factory=dict)
    trace: Sequence[Mapping[str, object]] = ()

    @property
    def counted(self) -> str:
        """The counts in one line."""
        return ", ".join(f"{number} {name}" for name, number in self.counts.items())


def text_table(result: Result) -> str:
    """Return a table for a terminal, its cells broken into lines."""
    rule = [*("-" * width for width in _WIDTHS[:3]), "-" * len(HEADINGS[-1])]
    return "\n".join(
        [
            f"Observation on {result.target}, {result.date}: {result.counted}",
            "",
            *_lines(HEADINGS),
            "  ".join(rule),
            *(line for row in result.rows for line in _lines(row.cells)),
        ]
    )


def _lines(cells: Sequence[str]) -> list[str]:
    columns = [
        textwrap.wrap(cell, width, break_on_hyphens=False) or [""]
        for cell, width in zip(cells, _WIDTHS, strict=True)
    ]
    return [
        "  ".join(part.ljust(width) for part, width in zip(parts, _WIDTHS, strict=True)).rstrip()
        for parts in zip_longest(*columns, fillvalue="")
    ]


def markdown(result: Result) -> str:
    """Return the same as a page."""
    table = [HEADINGS, ["---"] * len(HEADINGS), *(map(_cell, row.cells) for row in result.rows)]
    lines = [
        f"# Observation on {result.target}",
        f"\n{result.date}; {result.counted}.\n",
        *(f"| {' | '.join(cells)} |" for cells in table),
        "\nSwitches that describe this target:\n",
        f"```toml\n{behaviour_file(result)}```\n",
    ]
    return "\n".join(lines)


def _cell(text: str) -> str:
    plain = text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")
    return " ".join(plain.split())


def as_json(result: Result) -> str:
    """Return the same for programs."""
    document = {
        "target": result.target,
        "date": result.date,
        "counts": dict(result.counts),
        "rows": [
            {
                "key": row.question.key,
                "question": row.question.text,
                "documented": row.question.documented,
                "observed": row.observed,
                "value": row.value,
                "switch": row.question.switch,
                "agrees": row.agrees,
            }
            for row in result.rows
        ],
        "switches": switches(list(result.rows)),
        "checkouts": list(result.trace),
    }
    return json.dumps(document, indent=1, ensure_ascii=False)


def behaviour_file(result: Result) -> str:
    """Return the switches as a file for ``--behaviour``; those not seen are as documented."""
    lines = [
        "[about]",
        f"summary = {_toml(f'as observed on {result.target}')}",
        f"sources = [{_toml(f'python -m tools.observe, {result.date}')}]",
        "",
        "[switches]",
        *(f"{name} = {_toml(value)}" for name, value in switches(list(result.rows)).items()),
    ]
    asked = {row.question.switch: row.value for row in result.rows if row.question.switch}
    if unseen := [name for name, value in asked.items() if value is None]:
        lines.append(f"# not observed, and so as documented: {', '.join(unseen)}")
    return "\n".join(lines) + "\n"


def _toml(value: Value) -> str:
    return json.dumps(value)  # a JSON string in ASCII, number or Boolean is TOML too
