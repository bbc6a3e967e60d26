"""Answers of the API: a session, or one sentence with cause and cure."""

import json
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from clover.answers import Answer
from clover.errors import ApiContractViolation, ApiProblem, BadAnswer, Refused
from clover.redaction import Redactor
from tests.clover.scripted_api import CREATED, SESSION, TOKEN

HTML = "<!DOCTYPE html><html><head><title>502</title><style>a{}</style></head><body>Bad\nGateway"


def make_answer(
    status: int, body: object = None, headers: Mapping[str, str] | None = None, hint: str = ""
) -> Answer:
    """Return an answer; a text is its body, all else its JSON."""
    text = body if isinstance(body, str) else json.dumps(body)
    redactor = Redactor([SecretStr(TOKEN)])
    asked = "POST https://api.example/checkouts"
    return Answer(asked, "{}", status, headers or {}, text, redactor, hint)


def _problem_of(answer: Answer) -> ApiProblem:
    with pytest.raises(ApiProblem) as caught:
        answer.session()
    assert len(str(caught.value).splitlines()) == 1
    assert len(str(caught.value)) < 800
    assert caught.value.status == answer.status
    return caught.value


@pytest.mark.parametrize("href", [
    CREATED["href"], "http://localhost:1/x", "http://127.0.0.1/x", "http://[::1]/x",
])  # fmt: skip
def test_documented_answer_is_a_session(href: str) -> None:
    """The documented fields make a session, on loopback without TLS too; more do no harm."""
    session = make_answer(200, {**CREATED, "href": href, "new": 1}).session()
    assert (session.session_id, session.href) == (SESSION, href)
    assert (session.expires - session.created).total_seconds() == pytest.approx(899.97)


#: Words of the cure, by status and message.
CURES = {
    400: {
        "Redirect URLs must be HTTPS": "use https://",
        "Line item prices should be positive.": "price",
        "Name is too long": "126", "Invalid email": "customer.email", "Bad quantity": "unitQty",
        "Rate map missing tax summary rates": "100,000", "Discounts?": "lower the line's price",
        "No.": "reference", "Customer can't be null": "customer object",
    },
    401: {"Unauthorized": "HOSTED_CHECKOUT"},
    403: {"Forbidden": "permission"},
    404: {"Customer can't be null": "customer object", "Not Found": "CLOVER_API_URL"},
    500: {"Oops": "try again later"},
}  # fmt: skip


@pytest.mark.parametrize(("status", "body", "words"), [
    *((status, {"message": said}, words)
      for status, cures in CURES.items() for said, words in cures.items()),
    (400, HTML, "reference"), (502, HTML, "gateway"), (503, "upstream connect error", "gateway"),
    (405, "", "without a path"), (406, "", "HOSTED_CHECKOUT"), (415, "", "application/json"),
    (429, "", "fewer workers"), (302, "", "not followed"), (418, "", "200, 401 and 429"),
])  # fmt: skip
def test_refusal_names_status_cause_and_cure(status: int, body: object, words: str) -> None:
    """An error status is one sentence that says what to do."""
    problem = _problem_of(make_answer(status, body))
    assert isinstance(problem, Refused)
    assert problem.category == "target problem"
    assert words in str(problem)
    assert f"answered {status}" in str(problem)


@pytest.mark.parametrize(("body", "said"), [
    ({"message": "No such merchant."}, "No such merchant"),
    ({"error": {"code": "x", "message": "Wrong key"}}, "Wrong key"),
    ({"error": "invalid_token"}, "invalid_token"),
    *((text, text) for text in ('{"message": ""}', '{"message": ["x"]}', "")),
    ("plain words\r\nand more", "plain words and more"),
    (HTML, "502 Bad Gateway"),
    ({"message": "a\u0000b\u001b[31mc"}, "a b [31mc"),
    ({"message": "x" * 1000}, "x" * 199 + "…"),
])  # fmt: skip
def test_message_is_one_short_line(body: object, said: str) -> None:
    """Clover's message is found in both shapes of its errors; otherwise the text is shown."""
    problem = _problem_of(make_answer(401, body))
    assert problem.said == said
    assert said in str(problem)


@pytest.mark.parametrize(("status", "headers", "hint", "words"), [
    (401, {}, "an odd id", ": an odd id; failing that, token, merchant id"),
    (429, {"x-ratelimit-tokenlimit": "16", "retry-after": "30", "server": "x"}, "",
     "429 (x-ratelimit-tokenlimit 16, retry-after 30)"),
    (302, {"location": "https://a.example/in"}, "", "answered 302 to https://a.example/in"),
])  # fmt: skip
def test_refusal_details(status: int, headers: Mapping[str, str], hint: str, words: str) -> None:
    """The message names an unusual request first, the limits of a 429 and a redirect's target."""
    assert words in str(_problem_of(make_answer(status, "", headers, hint)))


@pytest.mark.parametrize(("body", "headers", "words"), [
    (HTML, {}, "a page instead of JSON, saying “502 Bad Gateway”"),
    ("hello", {"content-type": "text/html; charset=x"}, "a website"),
    ("OK", {"content-type": "text/plain"}, "saying “OK”"),
    ("", {"content-type": "application/json"},
     "something other than JSON, saying nothing: the answer was cut off"),
    ('{"href": "https://', {}, "something other than JSON"),
    ("[" * 100_000, {}, "something other than JSON"),
])  # fmt: skip
def test_unusable_answer_is_explained(body: object, headers: Mapping[str, str], words: str) -> None:
    """A 200 from something other than the API says what is wrong."""
    problem = _problem_of(make_answer(200, body, headers))
    assert isinstance(problem, BadAnswer)
    assert words in str(problem)


@pytest.mark.parametrize(("status", "body", "words"), [
    (400, "Bad Request", "but got status 400 with “Bad Request”"),
    (200, [], "a JSON object"),
    (200, None, "a JSON object"),
    (200, {}, "the field href"),
    (200, {**CREATED, "href": None}, "the field href"),
    (200, {**CREATED, "href": ""}, "the field href"),
    (200, {"href": "https://a/"}, "the field checkoutSessionId"),
    (200, {**CREATED, "checkoutSessionId": 7}, "the field checkoutSessionId"),
    (200, {**CREATED, "href": "/pay"}, "got the href is '/pay', which is not a URL"),
    (200, {**CREATED, "href": "https://a b/"}, "which is not a URL"),
    (200, {**CREATED, "href": "javascript:alert(1)"}, "which is not a web address"),
    (200, {**CREATED, "href": "http://pay.example/"}, "plain HTTP to pay.example"),
    (200, {**CREATED, "href": "https://WWW.clover.com/x"}, "Clover's production"),
    (200, {**CREATED, "href": "https://clover.com./x"}, "Clover's production"),
    (200, {**CREATED, "href": f"https://a/?t={TOKEN}"}, "an href without the API token"),
])  # fmt: skip
def test_undocumented_answer_violates_the_contract(status: int, body: object, words: str) -> None:
    """An answer of the API itself that differs from its documentation has its own category."""
    problem = _problem_of(make_answer(status, body))

    assert isinstance(problem, ApiContractViolation)
    assert isinstance(problem, AssertionError)
    assert problem.category == "API contract"
    assert words in str(problem)
    assert TOKEN not in str(problem)


@pytest.mark.parametrize("body", [
    {"message": f"bad token {TOKEN}"},
    json.dumps({"message": TOKEN}).replace(TOKEN[:2], r"\u0035f"),
    f"<p>bad token &#{ord(TOKEN[0])};{TOKEN[1:]}</p>",
    {"message": "x" * 180 + TOKEN},
])  # fmt: skip
def test_echoed_token_is_not_shown(body: object) -> None:
    """The token stays out of the message, even escaped, or cut where the message ends."""
    answer = make_answer(401, body)
    problem = _problem_of(answer)
    assert TOKEN[:16] not in f"{problem}{problem.said}{problem!r}{answer.violation('x')}"


FIELDS = st.sampled_from(["href", "checkoutSessionId", "message", "error"])
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(FIELDS, inner, max_size=4),
    max_leaves=10,
)


@given(st.integers(100, 599), st.text(max_size=60) | JSON_VALUES)
def test_any_answer_is_a_session_or_one_sentence(status: int, body: object) -> None:
    """No answer leads to anything but a session or a message of one line."""
    answer = make_answer(status, body)
    try:
        href = answer.session().href
    except ApiProblem:
        _problem_of(answer)
    else:
        assert href.startswith("http")
