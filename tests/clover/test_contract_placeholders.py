"""Landings with wrong values of placeholders."""

import pytest

from clover.behaviour import load_behaviour
from records.outcome import Outcome
from tests.clover.checkouts import (
    BASE,
    CODE,
    ERR,
    OTHER_SESSION,
    SESSION,
    SID,
    Checkout,
    failure,
    success,
)


@pytest.mark.parametrize("came", [
    OTHER_SESSION,
    SESSION.upper(),
    SESSION.replace("-", ""),
    SESSION[:-1],
    f"{SESSION}0",
    f"{{{SESSION}}}",
    f"%7B{SESSION}%7D",
    SESSION.replace("-", "%2D"),
    f"{SESSION}{SESSION}",
    "",
    "null",
    "undefined",
])  # fmt: skip
@pytest.mark.parametrize("tail", [f"?s={SID}", f"/{SID}", f"#{SID}", f"?{SID}=1", f"?a=1&s={SID}x"])
def test_session_id_is_compared_exactly(tail: str, came: str) -> None:
    """Another case, grouping, encoding or length of the id breaks session-id."""
    assert success(tail).landing(BASE + tail.replace(SID, SESSION)) == []
    assert success(tail).landing(BASE + tail.replace(SID, came)) == ["session-id"]


@pytest.mark.parametrize(
    "came", ["", "500", "CARD_DECLINED", "Card%20declined", "card_declined%20"]
)
@pytest.mark.parametrize("tail", [f"?e={ERR}", f"/{ERR}/help", f"#{ERR}", f"?e={ERR}&s={SID}"])
def test_error_code_is_compared_exactly(tail: str, came: str) -> None:
    """A number, a sentence or nothing in place of the code breaks error-code."""
    known = tail.replace(SID, SESSION)
    assert failure(tail).landing(BASE + known.replace(ERR, CODE)) == []
    assert failure(tail).landing(BASE + known.replace(ERR, came)) == ["error-code"]


@pytest.mark.parametrize(("tail", "came", "clauses"), [
    (f"?s={SID}&e={ERR}", f"?s={CODE}&e={SESSION}", ["session-id", "error-code"]),
    (f"?x={SID}{ERR}", f"?x={CODE}{SESSION}", ["session-id", "error-code"]),
    (f"?x={SID}{ERR}", f"?x={OTHER_SESSION}{CODE}", ["session-id"]),
    (f"?x={SID}{ERR}", f"?x={SESSION}expired_card", ["error-code"]),
    (f"?x={SID}{ERR}", f"?x={SESSION}", ["error-code"]),
    (f"?x={SID}{ERR}", f"?x={CODE}", ["session-id"]),
    (f"?x={SID}{ERR}", f"?x={SID}{CODE}", ["no-literal-placeholder"]),
    (f"?x={ERR}{SID}", f"?x={CODE}{OTHER_SESSION}", ["session-id"]),
    (f"?x={SID}-{ERR}", f"?x={OTHER_SESSION}-{CODE}", ["session-id"]),
    (f"?x={SID}-{ERR}", f"?x={SESSION}-x-y", ["error-code"]),
    (f"?x={SID}{SID}{ERR}", f"?x={SESSION}{OTHER_SESSION}{CODE}", ["session-id"]),
    (f"?x={SID}{SID}/{ERR}", f"?x={SESSION}{OTHER_SESSION}/x", ["session-id", "error-code"]),
    (f"?x={SID}{ERR}/{ERR}", f"?x={OTHER_SESSION}{CODE}/x", ["session-id", "error-code"]),
    (f"/{SID}/{ERR}", f"/{OTHER_SESSION}/x", ["session-id", "error-code"]),
    (f"?x={SID}{ERR}", f"?x={SID}{ERR}", ["no-literal-placeholder"]),
    (f"?x={SID}{ERR}", f"?x={SID}x", ["no-literal-placeholder"]),
    (f"?x={SID}/{ERR}", f"?x={OTHER_SESSION}/{ERR}", ["session-id", "no-literal-placeholder"]),
    (f"?x={SID}/{ERR}", "?x=/", ["session-id", "error-code"]),
    (f"/{SID}/{ERR}", f"/{SESSION}/{CODE}/", ["same-path"]),
    (f"/{SID}", f"/{SESSION}/", ["same-path"]),
    (f"?a=x{SID}y", f"?a=x{SESSION}z", ["keeps-query"]),
    (f"?a=x{SID}y", f"?a=x{OTHER_SESSION}z", ["session-id"]),
    (f"?s={SID}", f"?id={SESSION}", ["session-id", "no-extra-params"]),
    (f"?s={SID}&t={SID}", f"?s={SESSION}&t={SID}", ["no-literal-placeholder"]),
    (f"?s={SID}&s={SID}", f"?s={SESSION}&s={OTHER_SESSION}", ["session-id"]),
    (f"?s={SID}&s={SID}", f"?s={SESSION}", ["session-id"]),
    (f"?s={SID}&e={ERR}", f"?s={SESSION}", ["error-code"]),
    (f"?s={SID}&a=1", f"?a=1&s={SESSION}", ["keeps-query"]),
    (f"?s={SID}", f"?s={SESSION}&s={SESSION}", ["keeps-query"]),
    (f"?s={SID}", f"?s={SESSION}&t={SID}", ["no-literal-placeholder", "no-extra-params"]),
    (f"?{SID}&a=1", f"?{OTHER_SESSION}&a=2", ["keeps-query", "session-id"]),
    (f"#{SID}X", "", ["keeps-fragment"]),
    (f"?e={ERR}", f"?e={ERR}", ["no-literal-placeholder"]),
    (f"?e={ERR}", f"?e={SESSION}", ["error-code"]),
])  # fmt: skip
def test_adjacent_placeholders_are_told_apart(tail: str, came: str, clauses: list[str]) -> None:
    """Only the clause of the wrong placeholder breaks, even without text between two."""
    assert failure(tail).landing(BASE + tail.replace(SID, SESSION).replace(ERR, CODE)) == []
    assert failure(tail).landing(BASE + came) == clauses


@pytest.mark.parametrize(("behaviour", "tail", "came", "clauses"), [
    # an unknown value may be anything and excuses no text around it
    ("substitute", f"?x={SID}{ERR}", f"?x={SESSION}anything", []),
    ("substitute", f"?x={ERR}{SID}", f"?x=anything{SESSION}", []),
    ("substitute", f"?x={ERR}{SID}", f"?x=anything{OTHER_SESSION}", ["session-id"]),
    ("substitute", f"?x={SID}{ERR}", f"?x={OTHER_SESSION}", ["session-id"]),
    ("substitute", f"?x={ERR}&x=1", "?x=1&x=", ["keeps-query"]),
    ("substitute", f"?x={ERR}&x=1", "?x=&x=1", []),
    ("substitute", f"?x={ERR}&x=1", "?x=&x=1&x=2", ["no-extra-params"]),
    ("substitute", f"?x={ERR}&x=1", "?x=1", ["error-code"]),
    ("substitute", f"/{ERR}/a", "/none/a", []),
    ("substitute", f"/{ERR}/a", "//a", []),
    ("substitute", f"/{ERR}/a", "/x/y/a", ["same-path"]),
    ("substitute", f"?e={ERR}&s={SID}", f"?e={ERR}&s={SESSION}", []),
    ("substitute", f"?e={ERR}&s={SID}", f"?e={ERR}&s={SID}", ["no-literal-placeholder"]),
    ("substitute", f"#{ERR}", "#x/y", []),
    # a placeholder that is not substituted is ordinary text
    ("verbatim", f"?s={SID}", f"?s={SID}", []),
    ("verbatim", f"?s={SID}", "?s=%7BCHECKOUT_SESSION_ID%7D", ["keeps-query"]),
    ("verbatim", f"?s={SID}", f"?s={SID}&t={SID}", ["no-extra-params"]),
    ("verbatim", f"#{SID}", "#%7BCHECKOUT_SESSION_ID%7D", ["keeps-fragment"]),
    ("verbatim", f"/{SID}", "/%7BCHECKOUT_SESSION_ID%7D", []),
    ("verbatim", f"/{SID}", "/%257BCHECKOUT_SESSION_ID%257D", ["same-path"]),
    ("verbatim", f"?s={SID}", f"?s={SESSION}", ["session-id"]),
    ("verbatim", f"?s={SID}", "?s=", ["session-id"]),
    ("verbatim", f"?s={SID}&e={ERR}", f"?s={ERR}&e={SID}", ["keeps-query"]),
    # a blanked placeholder leaves neither a value nor the placeholder
    ("blank", f"?s={SID}", "?s=", []),
    ("blank", f"?{SID}", "?", []),
    ("blank", f"?{SID}", "", ["session-id"]),
    ("blank", f"/{SID}/x", "//x", []),
    ("blank", f"?s={SID}", f"?s={SESSION}", ["session-id"]),
    ("blank", f"?s={SID}", f"?s={SID}", ["no-literal-placeholder"]),
    ("blank", f"?s={SID}", "?s", ["keeps-query"]),
])  # fmt: skip
def test_behaviour_decides_values(behaviour: str, tail: str, came: str, clauses: list[str]) -> None:
    """In a success URL the session id is known and the error code is not."""
    assert success(tail, behaviour=behaviour).landing(BASE + came) == clauses


def test_placeholder_in_the_host_becomes_lower_case() -> None:
    """A session id in the host is lower case, as browsers write it."""
    checkout = Checkout({Outcome.SUCCESS: f"https://{SID}.merchant.example/"})
    verbatim = Checkout(checkout.request, behaviour=load_behaviour("measured"))
    assert checkout.landing(f"https://{SESSION}.merchant.example/") == []
    assert checkout.landing(f"https://{OTHER_SESSION}.merchant.example/") == ["session-id"]
    assert verbatim.landing("https://{checkout_session_id}.merchant.example/") == []
