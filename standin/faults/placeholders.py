"""Faults in what becomes of the placeholder of the session's id, and of both together."""

import re
from collections.abc import Callable
from dataclasses import replace

from standin.faults import conditions
from standin.faults.fault import Fault
from standin.faults.url_mutations import TextHook, UrlParts, split_url
from standin.redirect import steps
from standin.redirect.situation import Situation
from standin.redirect.steps import ERROR_PLACEHOLDER, SESSION_PLACEHOLDER

_SEEN = "brewski-beers/rush-n-relax, named in docs/sources.md"
_RULE = "docs/sources.md, The redirect: is {CHECKOUT_SESSION_ID} substituted?"


def _session_as(change: Callable[[Situation, str], str]) -> TextHook:
    """Another text where the session's id is due."""

    def filled(situation: Situation, given: str, _right: str) -> str:
        session = change(situation, steps.substitute(situation, SESSION_PLACEHOLDER))
        code = steps.substitute(situation, ERROR_PLACEHOLDER)
        return given.replace(SESSION_PLACEHOLDER, session).replace(ERROR_PLACEHOLDER, code)

    return filled


def _part_untouched(keep: Callable[[UrlParts, UrlParts], UrlParts]) -> TextHook:
    """Some part of the URL stays as the merchant wrote it."""
    return lambda _situation, given, right: str(keep(split_url(right), split_url(given)))


def _previous(situation: Situation, right: str) -> str:
    return situation.previous.session_id if situation.previous else right


def _swapped(situation: Situation, given: str, _right: str) -> str:
    code = steps.substitute(situation, ERROR_PLACEHOLDER)
    taken = given.replace(SESSION_PLACEHOLDER, "\0").replace(
        ERROR_PLACEHOLDER, situation.session_id
    )
    return taken.replace("\0", code)


def _without_the_parameter(situation: Situation, given: str, right: str) -> str:
    query = split_url(given).query
    if query is None or SESSION_PLACEHOLDER not in query:
        return right
    kept = [piece for piece in query.split("&") if SESSION_PLACEHOLDER not in piece]
    shorter = replace(split_url(given), query="&".join(kept) if kept else None)
    return steps.substitute(situation, str(shorter))


def _whatever_the_case(situation: Situation, _given: str, right: str) -> str:
    pattern = re.escape(SESSION_PLACEHOLDER)
    return re.sub(pattern, situation.session_id, right, flags=re.IGNORECASE)


FAULTS = (
    Fault(
        name="placeholders-untouched",
        breaks="placeholders arrive as they were written",
        clause="no-literal-placeholder",
        why="seen in production",
        source=f"{_SEEN}; polarsource/polar #9256",
        substitute=lambda _situation, given, _right: given,
    ),
    Fault(
        name="placeholders-percent-encoded",
        breaks="placeholders arrive with their braces percent-encoded",
        clause="no-literal-placeholder",
        why="a URL builder has encoded them before they could be found",
        source="better-auth/better-auth #8255; polarsource/polar #6300",
        substitute=lambda _situation, given, _right: given.replace("{", "%7B").replace("}", "%7D"),
    ),
    Fault(
        name="first-placeholder-only",
        breaks="only the first session id of a URL is substituted",
        clause="no-literal-placeholder",
        why="a replace that stops at its first match",
        source="vercel-labs/emulate 0.8.0, as measured",
        condition="only URLs with a second placeholder",
        substitute=lambda situation, given, _right: given.replace(
            SESSION_PLACEHOLDER, situation.session_id, 1
        ),
    ),
    Fault(
        name="placeholder-in-the-path-untouched",
        breaks="placeholders in the path stay",
        clause="no-literal-placeholder",
        why="only parameters are looked at",
        source=_SEEN,
        condition="only URLs with a placeholder in the path",
        substitute=_part_untouched(lambda right, given: replace(right, path=given.path)),
    ),
    Fault(
        name="placeholder-in-the-fragment-untouched",
        breaks="placeholders in the fragment stay",
        clause="no-literal-placeholder",
        why="only what reaches a server is looked at",
        source=_RULE,
        condition="only URLs with a placeholder in the fragment",
        substitute=_part_untouched(lambda right, given: replace(right, fragment=given.fragment)),
    ),
    Fault(
        name="cancel-url-not-filled-in",
        breaks="placeholders of the cancel URL stay",
        clause="no-literal-placeholder",
        why="the documentation shows none there, so nobody thought of it",
        source="docs/sources.md, The redirect",
        condition="only cancels",
        when=conditions.cancelled,
        substitute=lambda _situation, given, _right: given,
    ),
    Fault(
        name="braces-left-standing",
        breaks="the session's id arrives in braces",
        clause="session-id",
        why="only the name between the braces is replaced",
        source=_RULE,
        substitute=_session_as(lambda _situation, right: f"{{{right.strip('{}')}}}"),
    ),
    Fault(
        name="session-id-twice",
        breaks="the session's id arrives twice in a row",
        clause="session-id",
        why="a template is filled in by two stages, the second of which appends",
        source=_RULE,
        substitute=_session_as(lambda _situation, right: right * 2),
    ),
    Fault(
        name="session-id-empty",
        breaks="nothing stands where the session's id is due",
        clause="session-id",
        why="the value is read before it is set",
        source="docs/sources.md, Switches: placeholders",
        substitute=_session_as(lambda _situation, _right: ""),
    ),
    Fault(
        name="session-id-undefined",
        breaks="the word undefined stands where the session's id is due",
        clause="session-id",
        why="a script reads a property that has been renamed",
        source=_RULE,
        substitute=_session_as(lambda _situation, _right: "undefined"),
    ),
    Fault(
        name="session-id-in-capitals",
        breaks="the session's id arrives in capitals",
        clause="session-id",
        why="databases write UUIDs as they like",
        source=_RULE,
        substitute=_session_as(lambda _situation, right: right.upper()),
    ),
    Fault(
        name="session-id-without-hyphens",
        breaks="the session's id arrives without its hyphens",
        clause="session-id",
        why="UUIDs are stored in the short form",
        source=_RULE,
        substitute=_session_as(lambda _situation, right: right.replace("-", "")),
    ),
    Fault(
        name="session-id-cut-short",
        breaks="only the first part of the session's id arrives",
        clause="session-id",
        why="the id is shortened for people",
        source=_RULE,
        substitute=_session_as(lambda _situation, right: right[:8]),
    ),
    Fault(
        name="session-id-of-the-session-before",
        breaks="the id is that of the merchant's session before",
        clause="session-id",
        why="the last id is kept in a variable that requests share",
        source=_RULE,
        condition="from a merchant's second session on",
        substitute=_session_as(_previous),
    ),
    Fault(
        name="filled-in-url-cached",
        breaks="a URL that was used before comes with the id of the session before",
        clause="session-id",
        why="the URL with its placeholders filled in is cached under the URL as configured",
        source=_RULE,
        condition="only URLs that the merchant's session before had too",
        when=lambda situation: (
            situation.previous is not None and situation.previous.requested == situation.requested
        ),
        substitute=_session_as(_previous),
    ),
    Fault(
        name="session-id-and-error-code-swapped",
        breaks="each of the two placeholders gets the other's value",
        clause="session-id",
        browser_clauses=("session-id", "error-code"),
        why="a message's arguments are filled in by position",
        source="docs/sources.md, The redirect: is {ERROR_CODE}?",
        substitute=_swapped,
    ),
    Fault(
        name="parameter-of-the-session-id-lost",
        breaks="the parameter that holds the session's id is lost",
        clause="session-id",
        why="parameters with braces are taken for malformed",
        source="csob/paymentgateway #574",
        condition="only URLs with the placeholder in the query",
        substitute=_without_the_parameter,
    ),
    Fault(
        name="other-spellings-filled-in",
        breaks="{checkout_session_id} is taken for a placeholder",
        clause="keeps-query",
        why="names are compared without regard to case",
        source=_RULE,
        condition="only URLs with such a text",
        when=lambda situation: situation.behaviour.placeholders == "substitute",
        substitute=_whatever_the_case,
    ),
    Fault(
        name="encoded-placeholders-filled-in",
        breaks="%7BCHECKOUT_SESSION_ID%7D is taken for a placeholder",
        clause="keeps-query",
        why="the URL is decoded before it is searched",
        source=_RULE,
        condition="only URLs with such a text",
        substitute=lambda situation, _given, right: right.replace(
            "%7BCHECKOUT_SESSION_ID%7D", situation.session_id
        ),
    ),
    Fault(
        name="filled-in-where-none-is-due",
        breaks="placeholders are replaced although the behaviour leaves them",
        clause="session-id",
        browser_clauses=("session-id", "error-code"),
        why="substitution was switched on for everybody",
        source="docs/sources.md, Switches: placeholders",
        condition="only where placeholders stay as they are",
        when=lambda situation: situation.behaviour.placeholders == "verbatim",
        substitute=lambda situation, given, _right: given.replace(
            SESSION_PLACEHOLDER, situation.session_id
        ).replace(ERROR_PLACEHOLDER, "card_declined"),
    ),
)
