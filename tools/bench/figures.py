"""Measured figures, their limits, and the report that shows them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import psutil


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure.

    Attributes:
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


def report(title: str, figures: Sequence[Figure]) -> int:
    """Print the figures and the load average, which affects them; return 1 if a limit is broken."""
    print(f"\n{title}")
    for figure in figures:
        mark = ("holds" if figure.holds else "BROKEN") if figure.limit else ""
        number = f"{_number(figure.value):>9} {figure.unit:<5}"
        print(f"{figure.what:<32} {number}  {figure.limit:<14}  {mark}".rstrip())
    limited = [figure for figure in figures if figure.limit]
    kept = sum(figure.holds for figure in limited)
    print(
        f"\n{kept} of {len(limited)} limits hold; load average {psutil.getloadavg()[0]:.1f}"
        f" on {psutil.cpu_count()} cores",
        flush=True,
    )
    return int(kept < len(limited))


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.2f}"
