"""Shapes of redirect URLs that merchants write, and that go wrong.

``url_shapes.toml`` has them by family. A *plain* shape is one that every provider must accept, so
it runs on a sandbox too. For the others a sandbox's answer is unknown, so they run on the stand-in
only.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, cycle
from pathlib import Path
from typing import NamedTuple

from records.outcome import Outcome

SUCCESS, FAILURE, CANCEL = Outcome
ALL = tuple(Outcome)

_OWN = (
    "?order=A%20b+c%2Bd&rate=100%25&ville=Montr%C3%A9al&note=&flag&tag=red&tag=blue&tag=red"
    "&next=https%3A%2F%2Fshop.example%2F%3Fa%3D1%26b%3D2"
)

#: Own parameters with blanks, plus, percent and non-ASCII, empty, valueless and repeated ones,
#: the placeholder that the documentation shows for the outcome, and a fragment.
RICH = {
    SUCCESS: f"{_OWN}&session_id={{CHECKOUT_SESSION_ID}}#thanks/step-2",
    FAILURE: f"{_OWN}&error_code={{ERROR_CODE}}#try-again",
    CANCEL: f"{_OWN}#basket",
}


@dataclass(frozen=True, slots=True)
class Shape:
    """One way to write a redirect URL.

    Attributes:
        text: the URL, with BASE or AT in it.
        plain: whether every provider must accept it.
        always: whether every run tries it for each outcome.
        joins: whether it can be combined with others of its family in one URL.
    """

    name: str
    text: str
    outcomes: tuple[Outcome, ...] = ALL
    plain: bool = True
    always: bool = False
    joins: bool = False

    @property
    def needs_all_hosts(self) -> bool:
        """Whether it needs host names that only resolver rules can give."""
        return not self.text.startswith("BASE")

    def url(self, base: str) -> str:
        """Return the URL for one session and outcome, whose unique address is ``base``."""
        path = "/" + base.split("/", 3)[3]
        return self.text.replace("BASE", base).replace("AT", path)


#: What stands for a long part of a text in the table.
_LONG = {
    "{120 parameters}": "&".join(f"p{number}={number}" for number in range(120)),
    "{2100 letters}": "x" * 2100,
    "{7900 letters}": "y" * 7900,
}


def _shape(name: str, text: str, outcomes: tuple[str, ...] = ALL, **marks: bool) -> Shape:
    for short, whole in _LONG.items():
        text = text.replace(short, whole)
    return Shape(name, text, tuple(map(Outcome, outcomes)), **marks)


_FAMILIES = {
    family: tuple(_shape(name, **fields) for name, fields in rows.items())
    for family, rows in tomllib.loads(
        Path(__file__).with_suffix(".toml").read_text("utf-8")
    ).items()
}


def _joined(family: str, opening: str, glue: str) -> str:
    """Return the part of a URL that has all shapes of a family that join."""
    return glue.join(s.text.removeprefix(opening) for s in _FAMILIES[family] if s.joins)


_PATHS, _PARAMETERS, _PLACEHOLDERS = (
    _joined("paths", "BASE", ""),
    _joined("parameters", "BASE?", "&"),
    _joined("placeholders", "BASE?", "&"),
)
_PLACE = "{CHECKOUT_SESSION_ID}"

SHAPES = (
    *chain.from_iterable(_FAMILIES.values()),
    Shape("all kinds of parameters", f"BASE?{_PARAMETERS}"),
    Shape("all kinds of paths", f"BASE{_PATHS}"),
    Shape("all kinds of placeholders", f"BASE?{_PLACEHOLDERS}"),
    Shape(
        "all kinds of parts",
        f"BASE/{_PLACE}{_PATHS}?{_PARAMETERS}&{_PLACEHOLDERS}#/done/{_PLACE}",
        always=True,
    ),
)

#: The ways to redirect, each of which writes a URL in another language.
REDIRECTS = ("302", "303", "script", "meta-refresh", "form")


class Trial(NamedTuple):
    """A shape to try for one outcome.

    Attributes:
        redirect: how the stand-in redirects; each way may spoil an odd shape differently.
    """

    shape: Shape
    outcome: Outcome
    redirect: str = ""


def plain_trials() -> Iterator[Trial]:
    """Yield trials of the plain shapes for each outcome to which they apply."""
    for shape in (shape for shape in SHAPES if shape.plain):
        for outcome in shape.outcomes:
            yield Trial(shape, outcome)


def odd_trials() -> Iterator[Trial]:
    """Yield trials of the odd shapes, by each redirect in turn."""
    odd = (shape for shape in SHAPES if not shape.plain)
    for shape, redirect in zip(odd, cycle(REDIRECTS), strict=False):
        for outcome in shape.outcomes:
            yield Trial(shape, outcome, redirect)
