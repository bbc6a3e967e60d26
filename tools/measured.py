"""Figures that the commands measure and the README shows: ``docs/figures/NAME.json``."""

import json
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "docs" / "figures"
"""Has a file for each command; `make docs` writes the README from them."""


def keep(name: str, **figures: float) -> None:
    """Write the figures of a whole measurement; a part of one is not comparable."""
    path = FOLDER / f"{name}.json"
    path.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    print(f"written: {path.name}; make docs puts the figures into the README")


def kept(name: str) -> dict[str, float]:
    """Read the figures of the last whole measurement."""
    figures: dict[str, float] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return figures


def blocks() -> dict[str, str]:
    """Return the figures in words, by the name of their block in the README."""
    faults, mutants, bench, soak = map(kept, ("faults", "mutants", "bench", "soak"))
    survived = mutants["total"] - mutants["killed"]
    percent = mutants["killed"] / mutants["total"] * 100
    return {
        "measured-faults": f"{faults['seconds']} s on {faults['cores']} cores",
        "measured-mutants": f"{survived} of {mutants['total']:,} mutants survive"
        f" ({percent:.1f} % killed)",
        "measured-bench": f"{bench['processor_ratio']:.2f} times the processor time and"
        f" {bench['wall_ratio']:.2f} times the wall time",
        "measured-soak": f"{soak['runs']} whole runs in a row, half of them with busy cores:"
        f" {soak['tests']:,} tests, {soak['failures'] or 'no'} failures",
    }
