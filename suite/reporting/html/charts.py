"""Figures of the report's charts, which templates/charts.html draws as inline SVG."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from math import floor, log10
from pathlib import PurePosixPath
from statistics import median
from typing import NamedTuple

from records.recorded_test import TestRecord
from suite.reporting.run_summary import percentile

BINS = 30


class Histogram(NamedTuple):
    """The number of redirects in each bin of ``step_ms``, by outcome.

    Attributes:
        tallest: the number of redirects of all outcomes in the largest bin.
    """

    step_ms: float
    counts: Mapping[str, Sequence[int]]
    tallest: int
    median_ms: float


def histogram(times_ms: Mapping[str, Sequence[float]]) -> Histogram | None:
    """Count redirect times by outcome; the slowest hundredth is in the last bin."""
    everything = sorted(value for values in times_ms.values() for value in values)
    if not everything:
        return None
    step = round_up(max(percentile(everything, 99), 1.0) / BINS)
    bins = min(BINS, int(everything[-1] // step) + 1)
    counts = {outcome: [0] * bins for outcome in times_ms}
    for outcome, values in times_ms.items():
        for value in values:
            counts[outcome][min(max(int(value // step), 0), bins - 1)] += 1
    tallest = max(sum(column) for column in zip(*counts.values(), strict=True))
    return Histogram(step, counts, tallest, min(median(everything), bins * step))


class WorkerRow(NamedTuple):
    """What one process of a run did.

    Attributes:
        busy: share of the run's time in which a test ran, percent.
        line: an SVG path with a dash for each test, 348 units for the run's time.
    """

    name: str
    tests: int
    busy: float
    line: str


def workers(records: Sequence[TestRecord]) -> list[WorkerRow]:
    """Return a row for each process, or nothing for a run in one process."""
    tests: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for record in records:
        if record.worker and record.started:
            began = datetime.fromisoformat(record.started).timestamp()
            name = str(PurePosixPath(record.folder).parent / record.worker)
            tests[name].append((began, began + record.duration_s))
    if len(tests) < 2:
        return []
    spans = [span for mine in tests.values() for span in mine]
    first, last = min(began for began, _ in spans), max(ended for _, ended in spans)
    whole = max(last - first, 0.001)
    rows = []
    for name, mine in sorted(tests.items()):
        dashes = (
            f"M{(began - first) / whole * 348:.1f} 0h{(ended - began) / whole * 348:.1f}"
            for began, ended in sorted(mine)
        )
        busy = sum(ended - began for began, ended in mine) / whole * 100
        rows.append(WorkerRow(name, len(mine), busy, "".join(dashes)))
    return rows


def scale(values: Sequence[float | None]) -> float:
    """Return the upper end of an axis for ``values``."""
    return round_up(max((value for value in values if value), default=1.0))


def round_up(value: float) -> float:
    """Return the next round number: 1, 2, 2.5, 5 or 10 times a power of ten."""
    size = 10.0 ** floor(log10(value))
    return next(size * factor for factor in (1, 2, 2.5, 5, 10) if size * factor >= value)
