"""What a fault is: one defect of a payment provider, small enough to be read at a glance."""

from collections.abc import Callable
from dataclasses import dataclass

from standin.faults.lapse import Lapse
from standin.outcomes import Outcome, RedirectUrls
from standin.redirect.departure import Aside, Dress, Travel, View
from standin.redirect.situation import Situation

#: In place of a clause: a test's own assertion sees the fault.
ASSERTION = "assertion"


def _always(_situation: Situation) -> bool:
    return True


def _end(_situation: Situation, right: Outcome | None) -> Outcome | None:
    return right


def _urls(_situation: Situation, right: RedirectUrls) -> RedirectUrls:
    return right


def _text(_situation: Situation, _given: str, right: str) -> str:
    return right


def _travel(_situation: Situation, right: Travel) -> Travel:
    return right


def _dress(_situation: Situation, right: Dress) -> Dress:
    return right


def _view(_situation: Situation, right: View) -> View:
    return right


def _ahead(_situation: Situation, right: tuple[Aside, ...]) -> tuple[Aside, ...]:
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
        lapses: what the API lets pass or gets wrong.
    """

    name: str
    breaks: str
    clause: str
    why: str
    source: str
    browser_clauses: tuple[str, ...] = ()
    condition: str = ""
    when: Callable[[Situation], bool] = _always
    end: Callable[[Situation, Outcome | None], Outcome | None] = _end
    urls: Callable[[Situation, RedirectUrls], RedirectUrls] = _urls
    substitute: Callable[[Situation, str, str], str] = _text
    append: Callable[[Situation, str, str], str] = _text
    encode: Callable[[Situation, str, str], str] = _text
    travel: Callable[[Situation, Travel], Travel] = _travel
    dress: Callable[[Situation, Dress], Dress] = _dress
    view: Callable[[Situation, View], View] = _view
    ahead: Callable[[Situation, tuple[Aside, ...]], tuple[Aside, ...]] = _ahead
    charges: Callable[[Situation, int], int] = _charges
    lapses: frozenset[Lapse] = frozenset()
