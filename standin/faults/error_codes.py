"""Faults in the value of the placeholder ``{ERROR_CODE}``."""

from collections.abc import Callable

from standin.faults import conditions
from standin.faults.conditions import Condition
from standin.faults.fault import Hooks, read_family
from standin.redirect import steps
from standin.redirect.situation import Situation
from standin.redirect.steps import ERROR_PLACEHOLDER, SESSION_PLACEHOLDER


def _code_as(change: Callable[[str], str], when: Condition = conditions.declined) -> Hooks:
    """Change the error code; the session id stays correct."""

    def filled(situation: Situation, given: str, _right: str) -> str:
        code = change(steps.substitute(situation, ERROR_PLACEHOLDER))
        return steps.substitute(situation, given.replace(ERROR_PLACEHOLDER, code))

    return Hooks(when=when, substitute=filled)


_HOOKS = {
    "error-code-untouched": Hooks(
        when=conditions.declined,
        substitute=lambda s, given, _right: given.replace(SESSION_PLACEHOLDER, s.session_id),
    ),
    "error-code-empty": _code_as(lambda _right: ""),
    "error-code-humanised": _code_as(lambda _right: "Card%20declined"),
    "error-code-of-the-processor": _code_as(lambda _right: "500"),
    "error-code-of-another-reason": _code_as(lambda _right: "expired_card"),
    "error-code-in-capitals": _code_as(str.upper),
    "error-code-lacks-for-mastercard": _code_as(lambda _right: "", conditions.brand("Mastercard")),
}

FAULTS = read_family(__file__, _HOOKS)
