"""The result of an observation: as a table, as Markdown, as JSON and as a behaviour file."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field

from tools.command_line import columns
from tools.docgen.markdown import table
from tools.observe.drift import answers
from tools.observe.questions import Row, switches

HEADINGS = ("question", "documented", "observed here", "agrees?")
_WIDTHS = (44, 26, 44, 7)


@dataclass(frozen=True, slots=True)
class Result:
    """Everything that an observation leaves.

    Attributes:
        counts: sessions created, API calls and so on, by name.
        checkouts: what happened in each visit, as evidence for the answers.
    """

    target: str
    date: str
    rows: Sequence[Row]
    counts: Mapping[str, int] = field(default_factory=dict)
    checkouts: Sequence[Mapping[str, object]] = ()

    @property
    def counted(self) -> str:
        """The counts in one line."""
        return ", ".join(f"{number} {name}" for name, number in self.counts.items())


def text_table(result: Result) -> str:
    """Return a table for a terminal, its cells broken into lines."""
    rule = ["-" * width for width in _WIDTHS]
    cells = (HEADINGS, rule, *(row.cells for row in result.rows))
    title = f"Observation on {result.target}, {result.date}: {result.counted}"
    return "\n".join([title, "", *(line for row in cells for line in columns(row, _WIDTHS))])


def markdown(result: Result) -> str:
    """Return the same as a page."""
    rows = table(HEADINGS, (map(_cell, row.cells) for row in result.rows))
    return (
        f"# Observation on {result.target}\n\n{result.date}; {result.counted}.\n\n{rows}\n"
        f"Switches that describe this target:\n\n```toml\n{behaviour_file(result)}```\n"
    )


def _cell(text: str) -> str:
    return " ".join(text.replace("\\", "\\\\").replace("<", "&lt;").split())


def as_json(result: Result) -> str:
    """Return the same for programs."""
    document = {**asdict(result), "switches": switches(result.rows)}
    return json.dumps(document, indent=1, ensure_ascii=False)


def behaviour_file(result: Result) -> str:
    """Return the switches as a file for ``--behaviour``; those not seen are as documented."""
    # A JSON string in ASCII, number or Boolean is TOML too.
    lines = [
        "[about]",
        f"summary = {json.dumps(f'as observed on {result.target}')}",
        f"sources = [{json.dumps(f'python -m tools.observe, {result.date}')}]",
        f"date = {json.dumps(result.date)}",
        "",
        "[switches]",
        *(f"{name} = {json.dumps(value)}" for name, value in switches(result.rows).items()),
    ]
    if unseen := [row.switch for row in result.rows if row.switch and row.value is None]:
        lines.append(f"# not observed, and so as documented: {', '.join(unseen)}")
    lines += ["", "# For a later observation to compare with; the suite does not read them."]
    lines += ["[answers]"]
    lines += [f"{json.dumps(key)} = {json.dumps(at)}" for key, at in answers(result.rows).items()]
    return "\n".join(lines) + "\n"
