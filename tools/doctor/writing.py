"""The table of the checks, for a terminal."""

from collections.abc import Iterator, Sequence

from tools.command_line import columns
from tools.doctor.checks import FAILED, ODD, Row

_WIDTHS = (28, 9, 80)


def text_table(rows: Sequence[Row]) -> str:
    """Return check, state and what was found in columns, and each cure below."""
    return "\n".join(line for row in rows for line in _lines(row))


def _lines(row: Row) -> Iterator[str]:
    cells = [row.name, row.state, row.found]
    yield from columns(cells, _WIDTHS)
    if row.cure and row.state in {FAILED, ODD} and row.cure != row.found:
        yield from columns(["", "", f"→ {row.cure}"], _WIDTHS)
