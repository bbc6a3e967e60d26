"""Faults that add parameters nobody asked for."""

from standin.faults import conditions
from standin.faults.fault import Fault
from standin.redirect.situation import Situation
from standin.redirect.steps import with_pair

_NOTHING = "docs/sources.md, The redirect: does Clover append parameters?"


def _second_question_mark(url: str) -> str:
    front, hash_mark, fragment = url.partition("#")
    return f"{front}?ref=checkout{hash_mark}{fragment}"


def _with_status(situation: Situation, _given: str, right: str) -> str:
    return with_pair(right, f"status={'paid' if conditions.approved(situation) else 'unpaid'}")


FAULTS = (
    Fault(
        name="session-id-appended",
        breaks="session_id= and the session's id stand behind the merchant's parameters",
        clause="no-extra-params",
        browser_clauses=("no-extra-params", "keeps-query"),
        why="integrators expect it of the other provider with the same placeholder",
        source=_NOTHING,
        append=lambda situation, _given, right: with_pair(
            right, f"session_id={situation.session_id}"
        ),
    ),
    Fault(
        name="order-id-appended",
        breaks="an order_id of the provider's is appended",
        clause="no-extra-params",
        why="some shops were sure that one comes",
        source=_NOTHING,
        append=lambda _situation, _given, right: with_pair(right, "order_id=7Q4XK2M9A1B3C"),
    ),
    Fault(
        name="status-appended",
        breaks="the result of the payment is appended",
        clause="no-extra-params",
        why="other providers do",
        source="juspay/hyperswitch-web #1598",
        append=_with_status,
    ),
    Fault(
        name="colliding-parameter-added",
        breaks="a parameter s is added, which the merchant's own system takes for a search",
        clause="no-extra-params",
        why="the provider has names of its own for what it appends",
        source="VivaPayments/API #904",
        condition="only approvals",
        when=conditions.approved,
        append=lambda situation, _given, right: with_pair(right, f"s={situation.session_id[:8]}"),
    ),
    Fault(
        name="second-question-mark",
        breaks="a parameter is appended with ? although there is a query already",
        clause="keeps-query",
        browser_clauses=("keeps-query", "no-extra-params", "session-id", "error-code"),
        why="a parameter is added by joining texts",
        source="juspay/hyperswitch-web #1598",
        append=lambda _situation, _given, right: _second_question_mark(right),
    ),
    Fault(
        name="appended-to-the-fragment",
        breaks="a parameter is appended behind the fragment",
        clause="keeps-fragment",
        why="a parameter is added by joining texts",
        source="paypal/paypal-checkout-components #2618",
        condition="only URLs with a fragment",
        append=lambda _situation, _given, right: f"{right}?ref=1" if "#" in right else right,
    ),
    Fault(
        name="ampersand-left-over",
        breaks="the query ends with an ampersand",
        clause="keeps-query",
        why="the parameter that was to follow it is empty",
        source=_NOTHING,
        append=lambda _situation, _given, right: with_pair(right, "") if "?" in right else right,
    ),
    Fault(
        name="question-mark-left-over",
        breaks="a URL without a query ends with a question mark",
        clause="keeps-query",
        why="the query that was to follow it is empty",
        source=_NOTHING,
        condition="only URLs without a query",
        append=lambda _situation, _given, right: right if "?" in right else with_pair(right, ""),
    ),
)
