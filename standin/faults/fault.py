"""What a fault is: one defect of a payment provider, described in words and as a small change.

The words stand in the TOML file of the fault's family, the change in the module beside it.
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Final, TypeVar

from standin.faults.api_defects import ApiDefect
from standin.faults.conditions import Condition
from standin.faults.url_mutations import TextHook
from standin.outcomes import Outcome, RedirectUrls
from standin.redirect.response_plan import Navigation, PageExposure, SideRequest, View
from standin.redirect.situation import Situation

T = TypeVar("T")

#: Instead of a clause: a test's own assertion catches the fault.
ASSERTION: Final = "assertion"


def _always(_situation: Situation) -> bool:
    return True


def _unchanged(_situation: Situation, right: T) -> T:
    return right


def _same_text(_situation: Situation, _given: str, right: str) -> str:
    return right


@dataclass(frozen=True, slots=True, kw_only=True)
class Hooks:
    """What a faulty provider does differently; each hook belongs to the step of the same name.

    A hook gets the situation and the right result of the step, the hooks on text also the step's
    input. It returns the result of the faulty provider.
    """

    when: Condition = _always
    outcome: Callable[[Situation, Outcome | None], Outcome | None] = _unchanged
    urls: Callable[[Situation, RedirectUrls], RedirectUrls] = _unchanged
    substitute: TextHook = _same_text
    append: TextHook = _same_text
    encode: TextHook = _same_text
    navigation: Callable[[Situation, Navigation], Navigation] = _unchanged
    exposure: Callable[[Situation, PageExposure], PageExposure] = _unchanged
    view: Callable[[Situation, View], View] = _unchanged
    on_open: Callable[[Situation, tuple[SideRequest, ...]], tuple[SideRequest, ...]] = _unchanged
    charges: Callable[[Situation, int], int] = _unchanged
    api_defects: frozenset[ApiDefect] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault(Hooks):
    """One defect: its description, and a hook for each step that it changes.

    Attributes:
        name: kebab-case; used on the command line and in reports.
        clause: the clause of the contract that the faulty landing breaks; ``ASSERTION`` where
            the fault is in the API, the dashboard or the page and does not change a landing.
        browser_clauses: other clauses that may break as well, or instead.
        source: the public report it comes from, or the section of docs/sources.md.
        condition: in words, when or how often the provider is faulty; empty for always.
    """

    name: str
    breaks: str
    clause: str
    why: str
    source: str
    browser_clauses: tuple[str, ...] = ()
    condition: str = ""


def read_family(module: str, hooks: Mapping[str, Hooks]) -> tuple[Fault, ...]:
    """Combine a family's hooks with the descriptions in the TOML file beside its module.

    The first of a fault's ``clauses`` is the one it must break, the others it may break.

    Raises:
        ValueError: a fault stands in only one of the two files.
    """
    path = Path(module).with_suffix(".toml")
    described: dict[str, dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))
    if unpaired := described.keys() ^ hooks.keys():
        raise ValueError(
            f"{path.name} and {path.stem}.py must name the same faults: add"
            f" {', '.join(sorted(unpaired))} to the one that lacks it."
        )
    return tuple(_fault(name, words, hooks[name]) for name, words in described.items())


def _fault(name: str, words: dict[str, Any], hooks: Hooks) -> Fault:
    clause, *others = words.pop("clauses")
    changed = {each.name: getattr(hooks, each.name) for each in fields(hooks)}
    return Fault(name=name, clause=clause, browser_clauses=tuple(others), **words, **changed)


def returns(value: T) -> Callable[[object, object], T]:
    """A hook that always gives the same result."""
    return lambda _situation, _right: value


def changes(**values: Any) -> Callable[[object, T], T]:
    """A hook that gives the right plan with some fields set differently."""
    return lambda _situation, right: replace(right, **values)  # type: ignore[type-var]
