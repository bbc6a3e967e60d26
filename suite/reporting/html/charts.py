"""Coordinates of the report's charts, which templates/charts.html draws as inline SVG."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor, log10
from statistics import median
from typing import NamedTuple

from suite.reporting.run_summary import percentile

LEFT, RIGHT, TOP, BOTTOM = 40, 388, 12, 142
"""Edges of the plot in a drawing of 400 by 170 units."""
BINS = 30


class Bar(NamedTuple):
    """A bar segment: the number of redirects of an outcome between two times, milliseconds."""

    x: float
    y: float
    width: float
    height: float
    outcome: str
    redirects: int
    from_ms: float
    to_ms: float


@dataclass(frozen=True, slots=True)
class Histogram:
    """Redirect times by outcome; ``ticks`` are places on the x axis with their times, ms."""

    tallest: int
    bars: Sequence[Bar]
    ticks: Sequence[tuple[float, float]]
    median_x: float


@dataclass(frozen=True, slots=True)
class LinePlot:
    """One value for each run; a run without a value leaves a gap.

    Attributes:
        top: the value at the upper edge.
        dots: place and value of each run that has one, with the run's index.
        lines: pairs of neighbouring places.
    """

    top: float
    dots: Sequence[tuple[float, float, int, float]]
    lines: Sequence[tuple[tuple[float, float], tuple[float, float]]]


def histogram(times_ms: Mapping[str, Sequence[float]]) -> Histogram | None:
    """Stack the times by outcome; the slowest hundredth is in the last bar."""
    everything = sorted(value for values in times_ms.values() for value in values)
    if not everything:
        return None
    step = nice(max(percentile(everything, 99), 1.0) / BINS)
    bins = min(BINS, int(everything[-1] // step) + 1)
    counts = {name: [0] * bins for name in times_ms}
    for name, values in times_ms.items():
        for value in values:
            counts[name][min(max(int(value // step), 0), bins - 1)] += 1
    tallest = max(sum(column) for column in zip(*counts.values(), strict=True))
    width = (RIGHT - LEFT) / bins
    bars = []
    for index in range(bins):
        y = float(BOTTOM)
        for name in [name for name in counts if counts[name][index]]:
            count = counts[name][index]
            height = count / tallest * (BOTTOM - TOP)
            y -= height
            x = LEFT + index * width + 0.5
            start = index * step
            bars.append(Bar(x, y, max(width - 1, 1), height, name, count, start, start + step))
    ticks = range(0, bins + 1, max(1, ceil(bins / 5)))
    return Histogram(
        tallest,
        bars,
        [(LEFT + tick * width, tick * step) for tick in ticks],
        LEFT + min(median(everything) / step, bins) * width,
    )


def line_plot(values: Sequence[float | None], *, top: float = 0) -> LinePlot:
    """Draw ``values`` from left to right; without ``top``, the scale fits the largest value."""
    known = [value for value in values if value is not None]
    ceiling = top or nice(max(known, default=1.0) or 1.0)
    across = (RIGHT - LEFT) / max(len(values) - 1, 1)
    places = [
        None
        if value is None
        else (LEFT + index * across, TOP + (1 - value / ceiling) * (BOTTOM - TOP))
        for index, value in enumerate(values)
    ]
    return LinePlot(
        ceiling,
        [
            (*place, index, value)
            for index, (place, value) in enumerate(zip(places, values, strict=True))
            if place is not None and value is not None
        ],
        [(first, second) for first, second in pairwise(places) if first and second],
    )


def nice(step: float) -> float:
    """Return the next round number: 1, 2, 2.5, 5 or 10 times a power of ten."""
    size = 10.0 ** floor(log10(step))
    return next(size * factor for factor in (1, 2, 2.5, 5, 10) if size * factor >= step)
