"""Assertions on API answers: which difference is a violation, and which is an outage."""

from collections.abc import Callable, Mapping
from itertools import product

import pytest

from clover.answers import Answer
from clover.api_contract import (
    expect,
    expect_documented_fields,
    expect_lifetime,
    expect_refusal,
    expect_session,
    expect_status,
)
from clover.errors import ApiContractViolation, Refused
from tests.clover.scripted_api import CREATED, SESSION
from tests.clover.test_answers import HTML, make_answer

LONG = {**CREATED, "expirationTime": "2026-09-17T10:15:01.970Z"}
JSON = {"content-type": "application/json;charset=utf-8"}

Check = Callable[[Answer], object]


def _refused(answer: Answer) -> None:
    expect_refusal(answer, 400, "No.")


@pytest.mark.parametrize(("check", "status", "body"), [
    (expect_session, 200, CREATED),
    (expect_documented_fields, 200, CREATED),
    (expect_lifetime, 200, CREATED),
    (_refused, 400, {"message": "No."}),
    (lambda answer: expect_refusal(answer, 400), 400, {"error": {"message": "Other words"}}),
    (lambda answer: expect_refusal(answer, 400, about="price"), 400, {"message": "Prices?"}),
    (lambda answer: expect_status(answer, 401), 401, ""),
    (lambda answer: expect_status(answer, 429), 429, ""),
    (lambda answer: expect_status(answer, range(400, 500)), 422, ""),
    (lambda answer: expect(True, answer, "x"), 500, ""),
])  # fmt: skip
def test_answer_within_the_contract_passes(check: Check, status: int, body: object) -> None:
    """An answer with the expected status, fields and message raises nothing."""
    check(make_answer(status, body, JSON))


@pytest.mark.parametrize(("check", "status", "body", "headers", "words"), [
    (expect_session, 400, {"message": "No."}, JSON, "expected status 200"),
    (expect_session, 201, CREATED, JSON, "got status 201"),
    (expect_session, 200, {"href": "https://a/"}, JSON, "checkoutSessionId"),
    (expect_documented_fields, 200, {**CREATED, "x": 1}, JSON, "expirationTime, href, x"),
    (expect_documented_fields, 200, CREATED, {"content-type": "text/html"}, "got text/html"),
    (expect_lifetime, 200, LONG, JSON, "within 1 s (docs/sources.md, The API), but got 901.97 s"),
    (expect_lifetime, 200, {**CREATED, "createdTime": "soon"}, JSON, "createdTime is 'soon'"),
    (_refused, 200, CREATED, JSON, "expected status 400"),
    (_refused, 404, {"message": "No."}, JSON, "got status 404 with “No”"),
    (_refused, 400, "No.", {}, "expected a JSON body"),
    (_refused, 400, HTML, {}, "expected a JSON body"),
    (_refused, 400, {"message": "Yes."}, JSON, "only the message “No.”"),
    (_refused, 400, {"message": "No.", "code": 1}, JSON, "only the message “No.”"),
    (lambda a: expect_refusal(a, 400, about="tax"), 400, {"message": "No."}, {}, "about the tax"),
    (lambda answer: expect_refusal(answer, 400), 400, " ", {}, "expected a JSON body"),
    (lambda answer: expect_refusal(answer, 400), 400, {"message": ""}, {}, "a message"),
    (lambda answer: expect_status(answer, 401), 403, "", {}, "expected status 401"),
    (lambda answer: expect_status(answer, range(400, 500)), 500, "", {}, "from 400 to 499"),
    (
        lambda answer: expect(False, answer, "one", came="two", source="three"),
        200,
        CREATED,
        {},
        "POST https://api.example/checkouts broke the API contract: expected one (three), but"
        " got two; sent: {}.",
    ),
])  # fmt: skip
def test_difference_violates_the_contract(
    check: Check, status: int, body: object, headers: Mapping[str, str], words: str
) -> None:
    """The message names what was sent, what is expected with its source, and what came."""
    with pytest.raises(ApiContractViolation) as caught:
        check(make_answer(status, body, headers))
    assert words in str(caught.value)
    assert "sent: {}" in str(caught.value)


@pytest.mark.parametrize(("check", "status"), [
    *product([expect_session, _refused, expect_documented_fields], [302, 429, 502, 503, 504]),
    (expect_session, 401),
    (expect_session, 403),
])  # fmt: skip
def test_outage_or_wrong_key_is_a_target_problem(check: Check, status: int) -> None:
    """A target that is down, limits the rate or refuses the key violates no contract."""
    with pytest.raises(Refused) as caught:
        check(make_answer(status, HTML))
    assert caught.value.status == status


def test_session_is_returned() -> None:
    """The checked session can be used at once."""
    assert expect_session(make_answer(200, CREATED)).session_id == SESSION
