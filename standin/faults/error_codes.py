"""Faults in the value of the placeholder ``{ERROR_CODE}``."""

from collections.abc import Callable

from standin.faults import conditions
from standin.faults.fault import read_family
from standin.faults.url_mutations import TextHook
from standin.redirect import steps
from standin.redirect.situation import Situation
from standin.redirect.steps import ERROR_PLACEHOLDER, SESSION_PLACEHOLDER


def _code_as(change: Callable[[str], str]) -> TextHook:
    """Change the error code; the session id stays correct."""

    def filled(situation: Situation, given: str, _right: str) -> str:
        code = change(steps.substitute(situation, ERROR_PLACEHOLDER))
        return steps.substitute(situation, given.replace(ERROR_PLACEHOLDER, code))

    return filled


FAULTS = read_family(
    __file__,
    {
        "error-code-untouched": {
            "when": conditions.declined,
            "substitute": lambda situation, given, _right: given.replace(
                SESSION_PLACEHOLDER, situation.session_id
            ),
        },
        "error-code-empty": {
            "when": conditions.declined,
            "substitute": _code_as(lambda _right: ""),
        },
        "error-code-humanised": {
            "when": conditions.declined,
            "substitute": _code_as(lambda _right: "Card%20declined"),
        },
        "error-code-of-the-processor": {
            "when": conditions.declined,
            "substitute": _code_as(lambda _right: "500"),
        },
        "error-code-of-another-reason": {
            "when": conditions.declined,
            "substitute": _code_as(lambda _right: "expired_card"),
        },
        "error-code-in-capitals": {
            "when": conditions.declined,
            "substitute": _code_as(lambda right: right.upper()),
        },
        "error-code-lacks-for-mastercard": {
            "when": conditions.brand("Mastercard"),
            "substitute": _code_as(lambda _right: ""),
        },
    },
)
