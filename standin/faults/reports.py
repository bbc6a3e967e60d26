"""Redirect bugs that people have reported in public, and the faults that imitate them."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final


@dataclass(frozen=True, slots=True)
class BugClass:
    """One kind of bug, where it was seen, and the names of the faults that stand for it."""

    words: str
    reports: tuple[str, ...]
    faults: tuple[str, ...]


CLASSES: Final = tuple(
    BugClass(row["words"], tuple(row["reports"]), tuple(row["faults"]))
    for row in tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))["class"]
)
