"""Faults that change the merchant's own parameters."""

from standin.faults.fault import Fault


def _second_question_mark(url: str) -> str:
    front, hash_mark, fragment = url.partition("#")
    return f"{front}?ref=checkout{hash_mark}{fragment}"


def _drop_query(url: str) -> str:
    front, hash_mark, fragment = url.partition("#")
    return front.partition("?")[0] + hash_mark + fragment


FAULTS = (
    Fault(
        name="query-dropped",
        breaks="the whole query is lost",
        clause="keeps-query",
        why="the URL is rebuilt from scheme, host and path",
        source="csob paymentgateway #574; facts 7 A11",
        encode=lambda _situation, _given, right: _drop_query(right),
    ),
    Fault(
        name="second-question-mark",
        breaks="a parameter is appended with ? although there is a query already",
        clause="keeps-query",
        browser_clauses=("keeps-query", "no-extra-params"),
        why="a parameter is added by joining texts",
        source="hyperswitch-web #1598; facts 7 A11",
        append=lambda _situation, _given, right: _second_question_mark(right),
    ),
)
