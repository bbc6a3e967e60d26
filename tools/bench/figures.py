"""Measured figures, the limits they are held to, and the table a person reads."""

import os
from collections.abc import Sequence
from dataclasses import dataclass

_WHOLE_FROM = 100.0


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure.

    Attributes:
        what: what was measured, in words.
        unit: of ``value`` and of the limits.
        at_most: the largest value that is in order; None where there is no such limit.
        at_least: the smallest; None likewise.
    """

    what: str
    value: float
    unit: str
    at_most: float | None = None
    at_least: float | None = None

    @property
    def holds(self) -> bool:
        """Whether the limit, if there is one, is kept."""
        too_large = self.at_most is not None and self.value > self.at_most
        too_small = self.at_least is not None and self.value < self.at_least
        return not (too_large or too_small)

    @property
    def limit(self) -> str:
        """The limit in words, empty where there is none."""
        if self.at_most is not None:
            return f"at most {_number(self.at_most)}"
        return f"at least {_number(self.at_least)}" if self.at_least is not None else ""

    @property
    def mark(self) -> str:
        """What became of the limit."""
        return ("holds" if self.holds else "BROKEN") if self.limit else ""


def table(title: str, figures: Sequence[Figure]) -> str:
    """The figures under a title, one a line."""
    rows = [
        (figure.what, _number(figure.value), figure.unit, figure.limit, figure.mark)
        for figure in figures
    ]
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(5)]
    lines = [title]
    for row in rows:
        cells = [
            text.rjust(width) if column == 1 else text.ljust(width)
            for column, (text, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def closing(figures: Sequence[Figure]) -> str:
    """One line on the limits, and how busy the machine was: it explains much."""
    limited = [figure for figure in figures if figure.limit]
    broken = [figure for figure in limited if not figure.holds]
    said = f"{len(limited) - len(broken)} of {len(limited)} limits hold"
    if not hasattr(os, "getloadavg"):  # Windows keeps no such average
        return said
    return f"{said}; load of the last minute {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= _WHOLE_FROM else f"{value:.2f}"
