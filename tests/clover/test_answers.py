"""What is made of the API's answers: a session, or a sentence with cause and cure."""

import json
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from clover.answers import Answer
from clover.errors import ApiProblem, BadAnswer, Kind, Refused
from clover.redaction import Redactor
from tests.clover.scripted_api import CREATED, SESSION, TOKEN

HTML = "<!DOCTYPE html><html><head><title>502</title><style>a{}</style></head><body>Bad\nGateway"


def _answer(
    status: int, body: object = None, headers: Mapping[str, str] | None = None, hint: str = ""
) -> Answer:
    text = body if isinstance(body, str) else json.dumps(body)
    redactor = Redactor([SecretStr(TOKEN)])
    asked = "POST https://api.example/checkouts"
    return Answer(asked, status, headers or {}, text, 1.0, redactor, hint)


def _problem_of(answer: Answer) -> ApiProblem:
    with pytest.raises(ApiProblem) as caught:
        answer.session()
    return caught.value


def test_documented_answer_is_a_session() -> None:
    """The four documented fields make a session; more fields do no harm."""
    session = _answer(200, {**CREATED, "new": 1}).session()

    assert session.session_id == SESSION
    assert session.href == CREATED["href"]
    assert (session.expires - session.created).total_seconds() == pytest.approx(899.97)


@pytest.mark.parametrize(
    ("status", "body", "kind", "words"),
    [
        (400, {"message": "Redirect URLs must be HTTPS"}, Kind.INSECURE_URL, "use https://"),
        (400, {"message": "Line item prices should be positive."}, Kind.INVALID_REQUEST, "price"),
        (400, {"message": "Name is too long"}, Kind.INVALID_REQUEST, "126"),
        (400, {"message": "Invalid email"}, Kind.INVALID_REQUEST, "customer.email"),
        (400, {"message": "Bad quantity"}, Kind.INVALID_REQUEST, "unitQty"),
        (400, {"message": "Rate map missing tax summary rates"}, Kind.INVALID_REQUEST, "100,000"),
        (400, {"message": "Discounts?"}, Kind.INVALID_REQUEST, "lower the line's price"),
        (400, {"message": "No."}, Kind.INVALID_REQUEST, "reference"),
        (400, {"message": "Customer can't be null"}, Kind.MISSING_CUSTOMER, "customer object"),
        (401, {"message": "Unauthorized"}, Kind.UNAUTHORIZED, "HOSTED_CHECKOUT"),
        (403, {"message": "Forbidden"}, Kind.FORBIDDEN, "permission"),
        (404, {"message": "Customer can't be null"}, Kind.MISSING_CUSTOMER, "customer object"),
        (404, {"message": "Not Found"}, Kind.NOT_FOUND, "CLOVER_API_URL"),
        (405, "", Kind.WRONG_METHOD, "without a path"),
        (406, "", Kind.MIXED_INTEGRATIONS, "HOSTED_CHECKOUT"),
        (415, "", Kind.WRONG_CONTENT_TYPE, "application/json"),
        (429, "", Kind.RATE_LIMITED, "fewer workers"),
        (500, {"message": "Oops"}, Kind.SERVER_ERROR, "try again later"),
        (502, HTML, Kind.SERVER_ERROR, "gateway"),
        (503, "upstream connect error", Kind.SERVER_ERROR, "gateway"),
        (302, "", Kind.REDIRECTED, "not followed"),
        (201, CREATED, Kind.UNEXPECTED_STATUS, "200, 401 and 429"),
        (418, "", Kind.UNEXPECTED_STATUS, "200, 401 and 429"),
    ],
)
def test_refusal_names_status_cause_and_cure(
    status: int, body: object, kind: Kind, words: str
) -> None:
    """Every other status than 200 is one sentence that tells what to do."""
    problem = _problem_of(_answer(status, body))

    assert isinstance(problem, Refused)
    assert (problem.status, problem.kind) == (status, kind)
    assert problem.category == "target problem"
    assert words in str(problem)
    assert f"answered {status}" in str(problem)
    assert "\n" not in str(problem)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"message": "No such merchant."}, "No such merchant"),
        ({"error": {"code": "x", "message": "Wrong key"}}, "Wrong key"),
        ({"error": "invalid_token"}, "invalid_token"),
        ({"message": ""}, '{"message": ""}'),
        ("plain words\r\nand more", "plain words and more"),
        (HTML, "502 Bad Gateway"),
        ({"message": "a\u0000b\u001b[31mc"}, "a b [31mc"),
        ({"message": "x" * 1000}, "x" * 199 + "…"),
        ({"message": ["x"]}, '{"message": ["x"]}'),
        ("", ""),
    ],
)
def test_message_is_told_in_one_short_line(body: object, said: str) -> None:
    """Clover's message is found in both shapes of its errors, else the text is shown."""
    problem = _answer(401, body).problem()

    assert problem
    assert problem.said == said
    assert said in str(problem)


def test_odd_request_is_told_first() -> None:
    """What is odd about the request itself is the first cause named."""
    problem = _problem_of(_answer(401, "", hint="the request has no Authorization header"))

    assert ": the request has no Authorization header; failing that, token, merchant id" in str(
        problem
    )


def test_rate_limit_tells_what_the_server_said_of_it() -> None:
    """The limits that a 429 carries are part of the sentence."""
    headers = {"x-ratelimit-tokenlimit": "16", "retry-after": "30", "server": "x"}

    problem = _problem_of(_answer(429, "", headers))

    assert "429 (x-ratelimit-tokenlimit 16, retry-after 30)" in str(problem)


def test_redirect_tells_where_to() -> None:
    """A redirect is told with its goal, which is mostly a login page."""
    problem = _problem_of(_answer(302, "", {"location": "https://www.example/login"}))

    assert "answered 302 to https://www.example/login" in str(problem)


@pytest.mark.parametrize(
    ("body", "headers", "kind", "words"),
    [
        (HTML, {}, Kind.HTML, "a page where JSON was due, saying “502 Bad Gateway”"),
        ("hello", {"content-type": "text/html; charset=x"}, Kind.HTML, "a website"),
        ("OK", {"content-type": "text/plain"}, Kind.NOT_JSON, "saying “OK”"),
        (
            "",
            {"content-type": "application/json"},
            Kind.NOT_JSON,
            "with nothing where JSON was due",
        ),
        ('{"href": "https://', {}, Kind.NOT_JSON, "something else than JSON"),
        ("[" * 100_000, {}, Kind.NOT_JSON, "something else than JSON"),
        ([], {}, Kind.NOT_AN_OBJECT, "no object"),
        (None, {}, Kind.NOT_AN_OBJECT, "no object"),
        ({}, {}, Kind.NO_HREF, "there is nothing"),
        ({**CREATED, "href": None}, {}, Kind.NO_HREF, "without a usable href"),
        ({**CREATED, "href": ""}, {}, Kind.NO_HREF, "without a usable href"),
        ({"href": "https://a/"}, {}, Kind.NO_SESSION_ID, "checkoutSessionId (there is href)"),
        ({**CREATED, "checkoutSessionId": 7}, {}, Kind.NO_SESSION_ID, "checkoutSessionId"),
        ({**CREATED, "href": "/pay"}, {}, Kind.BAD_HREF, "“/pay”"),
        ({**CREATED, "href": "https://a b/"}, {}, Kind.BAD_HREF, "no http(s) URL"),
        ({**CREATED, "href": "javascript:alert(1)"}, {}, Kind.BAD_HREF, "no http(s) URL"),
        ({**CREATED, "href": "http://pay.example/"}, {}, Kind.INSECURE_HREF, "plain HTTP"),
        ({**CREATED, "href": "https://WWW.clover.com/x"}, {}, Kind.PRODUCTION_HREF, "sandbox"),
        ({**CREATED, "href": "https://clover.com./x"}, {}, Kind.PRODUCTION_HREF, "charged"),
        ({**CREATED, "href": f"https://a/?t={TOKEN}"}, {}, Kind.LEAKING_HREF, "API token in it"),
    ],
)
def test_unusable_answer_is_one_sentence(
    body: object, headers: Mapping[str, str], kind: Kind, words: str
) -> None:
    """A 200 that gives no page to open says what is wrong with it."""
    problem = _problem_of(_answer(200, body, headers))

    assert isinstance(problem, BadAnswer)
    assert problem.kind == kind
    assert problem.status == 200
    assert words in str(problem)
    assert TOKEN not in str(problem)
    assert "\n" not in str(problem)
    assert len(str(problem)) < 700


@pytest.mark.parametrize("href", ["http://localhost:1/x", "http://127.0.0.1/x", "http://[::1]/x"])
def test_plain_page_on_this_machine_is_taken(href: str) -> None:
    """A provider on loopback may show its page without TLS."""
    assert _answer(200, {**CREATED, "href": href}).session().href == href


@pytest.mark.parametrize(
    "body",
    [
        {"message": f"bad token {TOKEN}"},
        json.dumps({"message": TOKEN}).replace(TOKEN[:2], r"\u0035f"),
        f"<p>bad token &#{ord(TOKEN[0])};{TOKEN[1:]}</p>",
        {"message": "x" * 180 + TOKEN},
    ],
)
def test_echoed_token_is_not_told(body: object) -> None:
    """Escaped, or cut where the message ends, the token stays out of the sentence."""
    problem = _problem_of(_answer(401, body))

    assert TOKEN[:16] not in f"{problem}{problem.said}{problem!r}"


@given(
    st.integers(100, 599),
    st.text(max_size=60)
    | st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=10),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["href", "checkoutSessionId", "message", "error"]),
                inner,
                max_size=4,
            )
        ),
        max_leaves=10,
    ),
)
def test_any_answer_is_a_session_or_one_sentence(status: int, body: object) -> None:
    """Whatever a server answers, nothing but these two comes out."""
    answer = _answer(status, body)

    try:
        told = answer.session().href
    except ApiProblem as problem:
        told = f"{problem.kind}: {problem}"

    assert len(told.splitlines()) == 1
    assert not told.startswith("None")
