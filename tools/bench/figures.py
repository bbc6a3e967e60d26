"""Measured figures, their limits, and the table that shows them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import psutil


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure.

    Attributes:
        what: what was measured, in words.
        unit: of ``value`` and of the limits.
        at_least, at_most: the accepted values.
    """

    what: str
    value: float
    unit: str
    at_least: float = 0.0
    at_most: float = math.inf

    @property
    def holds(self) -> bool:
        """Whether the value is within its limits."""
        return self.at_least <= self.value <= self.at_most

    @property
    def limit(self) -> str:
        """The limit in words, or nothing."""
        if self.at_most < math.inf:
            return f"at most {_number(self.at_most)}"
        return f"at least {_number(self.at_least)}" if self.at_least else ""


def table(title: str, figures: Sequence[Figure]) -> str:
    """Return a title and one line for each figure."""
    widest = max(len(figure.what) for figure in figures)
    lines = [title]
    for figure in figures:
        mark = ("holds" if figure.holds else "BROKEN") if figure.limit else ""
        number = f"{_number(figure.value):>9} {figure.unit:<5}"
        lines.append(f"{figure.what:<{widest}} {number}  {figure.limit:<14}  {mark}".rstrip())
    return "\n".join(lines)


def closing(figures: Sequence[Figure]) -> str:
    """Return the number of limits that hold, and the load average, which affects every figure."""
    limited = [figure for figure in figures if figure.limit]
    kept = f"{sum(figure.holds for figure in limited)} of {len(limited)} limits hold"
    return f"{kept}; load average {psutil.getloadavg()[0]:.1f} on {psutil.cpu_count()} cores"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.2f}"
