"""Writes the result: for the terminal, as Markdown, as JSON and as a behaviour file."""

import json
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tools.observe.questions import Row, Value, switches

_WIDTHS = (44, 26, 44)
_GAP = "  "


@dataclass(frozen=True, slots=True)
class Result:
    """Everything that an observation leaves.

    Attributes:
        target: what was observed, in words.
        date: of the observation, ISO.
        counts: sessions made, payments tried and so on, by name.
        trace: what each checkout came to, for whoever doubts an answer.
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


HEADINGS = ("question", "documented", "observed here", "agrees?")


def text_table(result: Result) -> str:
    """A table for a terminal, its cells broken into lines."""
    lines = [f"Observation on {result.target}, {result.date}: {result.counted}", ""]
    lines += _lines(HEADINGS)
    lines.append(_GAP.join("-" * width for width in (*_WIDTHS, len(HEADINGS[-1]))))
    for row in result.rows:
        lines += _lines((row.question.text, row.question.documented, row.observed, row.verdict))
    return "\n".join(lines)


def _lines(cells: Sequence[str]) -> list[str]:
    broken = [
        textwrap.wrap(cell, width, break_on_hyphens=False) or [""]
        for cell, width in zip(cells, (*_WIDTHS, 10), strict=True)
    ]
    height = max(map(len, broken))
    return [
        _GAP.join(
            (column[n] if n < len(column) else "").ljust(width)
            for column, width in zip(broken, (*_WIDTHS, 0), strict=True)
        ).rstrip()
        for n in range(height)
    ]


def markdown(result: Result) -> str:
    """The same as a page."""
    head = ["| " + " | ".join(HEADINGS) + " |", "|" + "---|" * len(HEADINGS)]
    body = [
        "| "
        + " | ".join(
            _cell(text)
            for text in (row.question.text, row.question.documented, row.observed, row.verdict)
        )
        + " |"
        for row in result.rows
    ]
    return "\n".join(
        [
            f"# Observation on {result.target}",
            "",
            f"{result.date}; {result.counted}.",
            "",
            *head,
            *body,
            "",
            "Switches that describe this target:",
            "",
            "```toml",
            behaviour_file(result).rstrip(),
            "```",
            "",
        ]
    )


def _cell(text: str) -> str:
    plain = text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")
    return " ".join(plain.split())


def as_json(result: Result) -> str:
    """The same for programs."""
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
    """The switches as a file for ``--behaviour``; what was not seen is left as documented."""
    found = switches(list(result.rows))
    open_ones = [
        row.question.switch for row in result.rows if row.question.switch and row.value is None
    ]
    lines = [
        "[about]",
        f"summary = {_toml(f'as observed on {result.target}')}",
        f"sources = [{_toml(f'python -m tools.observe, {result.date}')}]",
        "",
        "[switches]",
        *(f"{name} = {_toml(value)}" for name, value in found.items()),
    ]
    if open_ones:
        lines.append(f"# not observed, and so as documented: {', '.join(open_ones)}")
    return "\n".join(lines) + "\n"


def _toml(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    # A JSON string in ASCII is a TOML string too.
    return str(value) if isinstance(value, int) else json.dumps(value)
