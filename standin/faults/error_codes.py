"""Faults in what becomes of the placeholder of the error code."""

from collections.abc import Callable

from standin.faults import conditions
from standin.faults.fault import Fault
from standin.faults.url_mutations import TextHook
from standin.redirect import steps
from standin.redirect.situation import Situation
from standin.redirect.steps import ERROR_PLACEHOLDER, SESSION_PLACEHOLDER

_RULE = "docs/sources.md, The redirect: is {ERROR_CODE}?"


def _code_as(change: Callable[[str], str]) -> TextHook:
    """Another text where the error code is due; the session's id is right."""

    def filled(situation: Situation, given: str, _right: str) -> str:
        code = change(steps.substitute(situation, ERROR_PLACEHOLDER))
        return steps.substitute(situation, given.replace(ERROR_PLACEHOLDER, code))

    return filled


FAULTS = (
    Fault(
        name="error-code-untouched",
        breaks="{ERROR_CODE} arrives as it was written",
        clause="no-literal-placeholder",
        why="seen in production: the code was not used",
        source="brewski-beers/rush-n-relax, named in docs/sources.md",
        condition="only declines",
        when=conditions.declined,
        substitute=lambda situation, given, _right: given.replace(
            SESSION_PLACEHOLDER, situation.session_id
        ),
    ),
    Fault(
        name="error-code-empty",
        breaks="nothing stands where the error code is due",
        clause="error-code",
        why="the processor's answer keeps the code in another field",
        source=_RULE,
        condition="only declines",
        when=conditions.declined,
        substitute=_code_as(lambda _right: ""),
    ),
    Fault(
        name="error-code-humanised",
        breaks="a sentence for people stands where the error code is due",
        clause="error-code",
        why="message and code of the answer are mistaken for each other",
        source=_RULE,
        condition="only declines",
        when=conditions.declined,
        substitute=_code_as(lambda _right: "Card%20declined"),
    ),
    Fault(
        name="error-code-of-the-processor",
        breaks="the processor's number stands where the error code is due",
        clause="error-code",
        why="the answer is passed on before it is translated",
        source="docs/sources.md, Cards",
        condition="only declines",
        when=conditions.declined,
        substitute=_code_as(lambda _right: "500"),
    ),
    Fault(
        name="error-code-of-another-reason",
        breaks="the code is that of an expired card",
        clause="error-code",
        why="a table of codes is off by one row",
        source=_RULE,
        condition="only declines",
        when=conditions.declined,
        substitute=_code_as(lambda _right: "expired_card"),
    ),
    Fault(
        name="error-code-in-capitals",
        breaks="the error code arrives in capitals",
        clause="error-code",
        why="the name of a constant is written out, not its value",
        source=_RULE,
        condition="only declines",
        when=conditions.declined,
        substitute=_code_as(lambda right: right.upper()),
    ),
    Fault(
        name="error-code-lacks-for-mastercard",
        breaks="a declined Mastercard has no error code",
        clause="error-code",
        why="each network's codes are translated by a table of its own",
        source=_RULE,
        condition="only declined Mastercards",
        when=conditions.brand("Mastercard"),
        substitute=_code_as(lambda _right: ""),
    ),
)
