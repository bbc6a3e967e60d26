"""What the end-to-end tests claim to see, read from their markers without running anything."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from e2e.claims import SHAPES

E2E = Path(__file__).parents[2] / "e2e"


@dataclass(frozen=True)
class Claim:
    """One test function with the faults it is to see, or the reasons why it sees none."""

    test: str
    faults: tuple[str, ...]
    reasons: tuple[str, ...]


def read_claims() -> Iterator[Claim]:
    """Every test function of every file."""
    for path in sorted(E2E.glob("test_*.py")):
        module = import_module(f"e2e.{path.stem}")
        common = _listed(getattr(module, "pytestmark", []))
        for name, function in vars(module).items():
            if name.startswith("test_"):
                marks = [*common, *_listed(getattr(function, "pytestmark", []))]
                marks += [inner for mark in marks for inner in _within(mark)]
                yield Claim(
                    f"{path.name}::{name}",
                    _arguments(marks, "killed_by"),
                    _arguments(marks, "stays"),
                )


def claimed() -> set[str]:
    """Every fault that some test is marked to see."""
    return {name for claim in read_claims() for name in claim.faults} | {
        name for names in SHAPES.values() for name in names
    }


def _listed(marks: Any) -> list[pytest.Mark]:
    listed = marks if isinstance(marks, list) else [marks]
    return [mark if isinstance(mark, pytest.Mark) else mark.mark for mark in listed]


def _within(mark: pytest.Mark) -> list[pytest.Mark]:
    """Markers on single parameters."""
    if mark.name != "parametrize" or len(mark.args) < 2:
        return []
    return _listed([
        inner for value in mark.args[1] for inner in getattr(value, "marks", ())
    ])  # fmt: skip


def _arguments(marks: list[pytest.Mark], name: str) -> tuple[str, ...]:
    return tuple(str(argument) for mark in marks if mark.name == name for argument in mark.args)
