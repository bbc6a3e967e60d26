"""Faults that let secrets out."""

from standin.faults.fault import Fault
from standin.redirect.situation import Situation
from standin.redirect.steps import with_pair


def _card_in_query(situation: Situation, _given: str, right: str) -> str:
    return with_pair(right, f"card={situation.card.digits}") if situation.card else right


FAULTS = (
    Fault(
        name="card-in-url",
        breaks="the card number stands in the landing's query",
        clause="leaks-nothing",
        browser_clauses=("leaks-nothing", "no-extra-params"),
        why="the whole form is passed on",
        source="facts 7 B20",
        append=_card_in_query,
    ),
)
