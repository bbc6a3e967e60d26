"""Small drawings for the report, as inline SVG whose colours come from the page's style sheet."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import ceil
from statistics import median

from markupsafe import Markup, escape

from suite.reporting.redirect_table import percentile

WIDTH, HEIGHT = 400, 170
LEFT, RIGHT, TOP, BOTTOM = 40, 12, 12, 28
BINS = 30


def histogram(times_ms: Mapping[str, Sequence[float]]) -> Markup:
    """How long redirects took, stacked by outcome; the slowest hundredth is in the last bar."""
    everything = sorted(value for values in times_ms.values() for value in values)
    if not everything:
        return Markup("")
    step = nice(max(percentile(everything, 99), 1.0) / BINS)
    bins = min(BINS, int(everything[-1] // step) + 1)
    counts = {name: _counts(values, step, bins) for name, values in times_ms.items() if len(values)}
    tallest = max(sum(column) for column in zip(*counts.values(), strict=True))
    plot_width, plot_height = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM
    bar = plot_width / bins
    parts = [_axis_y(tallest)]
    for index in range(bins):
        base = float(HEIGHT - BOTTOM)
        for name, column in counts.items():
            height = column[index] / tallest * plot_height
            base -= height
            if height:
                parts.append(
                    Markup(
                        '<rect class="bar {0}" x="{1:.1f}" y="{2:.1f}" width="{3:.1f}" '
                        'height="{4:.1f}"><title>{0}: {5} from {6:.0f} to {7:.0f} ms</title></rect>'
                    ).format(
                        name,
                        LEFT + index * bar + 0.5,
                        base,
                        max(bar - 1, 1),
                        height,
                        column[index],
                        index * step,
                        (index + 1) * step,
                    )
                )
    ticks = range(0, bins + 1, max(1, ceil(bins / 5)))
    parts += [_label(LEFT + tick * bar, HEIGHT - 10, f"{tick * step:.0f}") for tick in ticks]
    parts.append(_marker(LEFT + min(median(everything) / step, bins) * bar, "median"))
    return _svg(parts, "Time from Pay or Cancel to the landing request, in milliseconds")


def line_plot(
    points: Sequence[float | None], labels: Sequence[str], *, top: float, unit: str, title: str
) -> Markup:
    """One value per night, from left to right; nights without a value leave a gap."""
    plot_width, plot_height = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM
    across = plot_width / max(len(points) - 1, 1)
    ceiling = top or 1.0
    places = [
        None
        if value is None
        else (LEFT + index * across, TOP + (1 - value / ceiling) * plot_height)
        for index, value in enumerate(points)
    ]
    parts = [_axis_y(ceiling, unit)]
    for first, second in pairwise(places):
        if first and second:
            parts.append(
                Markup(
                    '<line class="curve" x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}"/>'
                ).format(*first, *second)
            )
    for place, value, label in zip(places, points, labels, strict=True):
        if place:
            parts.append(
                Markup(
                    '<circle class="dot" cx="{:.1f}" cy="{:.1f}" r="3"><title>{}: {:g} {}'
                    "</title></circle>"
                ).format(*place, label, round(value or 0, 1), unit)
            )
    ends = sorted({0, len(points) - 1})
    parts += [
        _label(LEFT + index * across, HEIGHT - 10, labels[index], end=index > 0) for index in ends
    ]
    return _svg(parts, title)


def nice(step: float) -> float:
    """The next round number: 1, 2, 2.5 or 5 times a power of ten."""
    size = 1.0
    while size < step:
        size *= 10
    while size / 10 >= step:
        size /= 10
    return next(size / 10 * factor for factor in (1, 2, 2.5, 5, 10) if size / 10 * factor >= step)


def _counts(values: Sequence[float], step: float, bins: int) -> list[int]:
    counts = [0] * bins
    for value in values:
        counts[min(max(int(value // step), 0), bins - 1)] += 1
    return counts


def _axis_y(top: float, unit: str = "") -> Markup:
    baseline = HEIGHT - BOTTOM
    return Markup(
        '<line class="axis" x1="{0}" y1="{2}" x2="{1}" y2="{2}"/>'
        '<text class="tick" x="{3}" y="{4}" text-anchor="end">{5}</text>'
        '<text class="tick" x="{3}" y="{2}" text-anchor="end">0</text>'
    ).format(LEFT, WIDTH - RIGHT, baseline, LEFT - 6, TOP + 8, f"{top:g}{unit}")


def _label(x: float, y: float, text: str, *, end: bool = False) -> Markup:
    anchor = "end" if end else "middle" if x > LEFT + 20 else "start"
    return Markup('<text class="tick" x="{:.1f}" y="{}" text-anchor="{}">{}</text>').format(
        x, y, anchor, text
    )


def _marker(x: float, text: str) -> Markup:
    return Markup(
        '<line class="marker" x1="{0:.1f}" y1="{1}" x2="{0:.1f}" y2="{2}"/>'
        '<text class="tick" x="{3:.1f}" y="{4}">{5}</text>'
    ).format(x, TOP, HEIGHT - BOTTOM, x + 4, TOP + 8, text)


def _svg(parts: Sequence[Markup], title: str) -> Markup:
    return Markup(
        '<svg viewBox="0 0 {} {}" role="img" aria-label="{}"><title>{}</title>{}</svg>'
    ).format(WIDTH, HEIGHT, escape(title), escape(title), Markup("").join(parts))
