"""Faults in the value of ``{CHECKOUT_SESSION_ID}``, or of both placeholders."""

import re
from collections.abc import Callable
from dataclasses import replace

from standin.faults import conditions
from standin.faults.fault import Hooks, read_family
from standin.faults.url_mutations import TextHook, UrlParts, split_url
from standin.redirect import steps
from standin.redirect.situation import Situation
from standin.redirect.steps import ERROR_PLACEHOLDER, SESSION_PLACEHOLDER


def _session_as(change: Callable[[str], str]) -> TextHook:
    """Change the session id; the error code stays correct."""

    def filled(situation: Situation, given: str, _right: str) -> str:
        session = change(steps.substitute(situation, SESSION_PLACEHOLDER))
        code = steps.substitute(situation, ERROR_PLACEHOLDER)
        return given.replace(SESSION_PLACEHOLDER, session).replace(ERROR_PLACEHOLDER, code)

    return filled


def _part_untouched(keep: Callable[[UrlParts, UrlParts], UrlParts]) -> TextHook:
    """Leave one part of the URL as the merchant wrote it."""
    return lambda _situation, given, right: str(keep(split_url(right), split_url(given)))


def _untouched(_situation: Situation, given: str, _right: str) -> str:
    return given


def _previous(situation: Situation, given: str, right: str) -> str:
    previous = situation.previous
    return (
        _session_as(lambda _id: previous.session_id)(situation, given, right) if previous else right
    )


def _swapped(situation: Situation, given: str, _right: str) -> str:
    code = steps.substitute(situation, ERROR_PLACEHOLDER)
    parts = given.split(SESSION_PLACEHOLDER)
    return code.join(part.replace(ERROR_PLACEHOLDER, situation.session_id) for part in parts)


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


_HOOKS = {
    "placeholders-untouched": Hooks(substitute=_untouched),
    "placeholders-percent-encoded": Hooks(
        substitute=lambda _, given, _right: given.replace("{", "%7B").replace("}", "%7D")
    ),
    "first-placeholder-only": Hooks(
        substitute=lambda s, given, _right: given.replace(SESSION_PLACEHOLDER, s.session_id, 1)
    ),
    "placeholder-in-the-path-untouched": Hooks(
        substitute=_part_untouched(lambda right, given: replace(right, path=given.path))
    ),
    "placeholder-in-the-fragment-untouched": Hooks(
        substitute=_part_untouched(lambda right, given: replace(right, fragment=given.fragment))
    ),
    "cancel-url-not-filled-in": Hooks(when=conditions.cancelled, substitute=_untouched),
    "braces-left-standing": Hooks(substitute=_session_as(lambda right: f"{{{right.strip('{}')}}}")),
    "session-id-twice": Hooks(substitute=_session_as(lambda right: right * 2)),
    "session-id-empty": Hooks(substitute=_session_as(lambda _right: "")),
    "session-id-undefined": Hooks(substitute=_session_as(lambda _right: "undefined")),
    "session-id-in-capitals": Hooks(substitute=_session_as(lambda right: right.upper())),
    "session-id-without-hyphens": Hooks(
        substitute=_session_as(lambda right: right.replace("-", ""))
    ),
    "session-id-cut-short": Hooks(substitute=_session_as(lambda right: right[:8])),
    "session-id-of-the-session-before": Hooks(substitute=_previous),
    "filled-in-url-cached": Hooks(
        when=lambda s: s.previous is not None and s.previous.requested == s.requested,
        substitute=_previous,
    ),
    "session-id-and-error-code-swapped": Hooks(substitute=_swapped),
    "parameter-of-the-session-id-lost": Hooks(substitute=_without_the_parameter),
    "other-spellings-filled-in": Hooks(
        when=lambda s: s.behaviour.placeholders == "substitute", substitute=_whatever_the_case
    ),
    "encoded-placeholders-filled-in": Hooks(
        substitute=lambda s, _given, right: right.replace("%7BCHECKOUT_SESSION_ID%7D", s.session_id)
    ),
    "filled-in-where-none-is-due": Hooks(
        when=lambda s: s.behaviour.placeholders == "verbatim",
        substitute=lambda s, given, _right: given.replace(
            SESSION_PLACEHOLDER, s.session_id
        ).replace(ERROR_PLACEHOLDER, "card_declined"),
    ),
}

FAULTS = read_family(__file__, _HOOKS)
