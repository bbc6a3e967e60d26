"""What a fault is: one defect of a payment provider, small enough to be read at a glance."""

from collections.abc import Callable
from dataclasses import dataclass

from standin.faults.api_defects import ApiDefect
from standin.outcomes import Outcome, RedirectUrls
from standin.redirect.response_plan import Navigation, PageExposure, SideRequest, View
from standin.redirect.situation import Situation

#: In place of a clause: a test's own assertion sees the fault.
ASSERTION = "assertion"


def _always(_situation: Situation) -> bool:
    return True


def _outcome(_situation: Situation, right: Outcome | None) -> Outcome | None:
    return right


def _urls(_situation: Situation, right: RedirectUrls) -> RedirectUrls:
    return right


def _text(_situation: Situation, _given: str, right: str) -> str:
    return right


def _navigation(_situation: Situation, right: Navigation) -> Navigation:
    return right


def _exposure(_situation: Situation, right: PageExposure) -> PageExposure:
    return right


def _view(_situation: Situation, right: View) -> View:
    return right


def _on_open(_situation: Situation, right: tuple[SideRequest, ...]) -> tuple[SideRequest, ...]:
    return right


def _charges(_situation: Situation, right: int) -> int:
    return right


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One defect.

    Each hook belongs to the step of the same name in ``standin.redirect.steps``. It gets the
    situation and the right result of the step, the hooks on text also what the step was given,
    and returns what the faulty provider makes of it.

    Attributes:
        name: kebab-case; used on the command line and in reports.
        breaks: what goes wrong, in words.
        clause: the clause of the contract that the faulty landing breaks; ``ASSERTION`` where
            nobody lands, because the fault is in the API's own answers.
        browser_clauses: the clauses that may show it as well, or in its place, through a browser.
        why: why it is likely.
        source: the public report it comes from, or the section of docs/sources.md.
        condition: in words, when or how often the provider is faulty; empty for always.
        when: the same for the pipeline.
        api_defects: what the API lets pass or gets wrong.
    """

    name: str
    breaks: str
    clause: str
    why: str
    source: str
    browser_clauses: tuple[str, ...] = ()
    condition: str = ""
    when: Callable[[Situation], bool] = _always
    outcome: Callable[[Situation, Outcome | None], Outcome | None] = _outcome
    urls: Callable[[Situation, RedirectUrls], RedirectUrls] = _urls
    substitute: Callable[[Situation, str, str], str] = _text
    append: Callable[[Situation, str, str], str] = _text
    encode: Callable[[Situation, str, str], str] = _text
    navigation: Callable[[Situation, Navigation], Navigation] = _navigation
    exposure: Callable[[Situation, PageExposure], PageExposure] = _exposure
    view: Callable[[Situation, View], View] = _view
    on_open: Callable[[Situation, tuple[SideRequest, ...]], tuple[SideRequest, ...]] = _on_open
    charges: Callable[[Situation, int], int] = _charges
    api_defects: frozenset[ApiDefect] = frozenset()
