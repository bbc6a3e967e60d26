"""The create-checkout call itself: what it takes, what it refuses, and in which words.

Sessions are created here and never paid. Where a rule was measured by somebody and is not in
Clover's documentation, docs/sources.md says by whom.
"""

from email.utils import parsedate_to_datetime
from typing import Any

import pytest

from clover.hosts import is_production
from clover.redaction import MARK
from e2e.api_bodies import ITEM, TAX, body, item
from records.outcome import Outcome
from suite.merchant import Merchant

pytestmark = [pytest.mark.sandbox, pytest.mark.api_contract]

ACCEPTED: dict[str, dict[str, Any]] = {
    "smallest": body(),
    "customer with an e-mail alone": body({"email": "alex.doe@example.com"}),
    "customer with a name alone": body({"firstName": "Alex"}),
    "e-mail address with a plus": body({"email": "alex+shop@example.com"}),
    "two lines": body(items=(ITEM, {**ITEM, "name": "itemB"})),
    "note on a line": body(items=item(note="without onions")),
    "tax on a line": body(items=item(taxRates=[TAX])),
    "two taxes on a line": body(items=item(taxRates=[TAX, {"name": "city", "rate": 100_000}])),
    "name of 126 characters": body(items=item(name="n" * 126)),
    "many units": body(items=item(unitQty=99)),
    "one cent": body(items=item(price=1)),
    "tips": body(tips={"enabled": True}),
    "no tips": body(tips={"enabled": False}),
    "unknown key": body(metadata={"order": "7"}),
    "note at the top": body(note="gift"),
    "singular redirectUrl": body(redirectUrl="https://merchant.example/s"),
    "tax for the whole cart": body(taxRates=[TAX]),
    "success URL alone": body(redirectUrls={"success": "https://merchant.example/s"}),
    "no redirect URLs": body(redirectUrls={}),
}

#: The status is known, the words are not.
REFUSED: dict[str, dict[str, Any]] = {
    "no lines": body(items=()),
    "no cart": body(items=None),
    "line without a name": body(items=item(name=None)),
    "line without a price": body(items=item(price=None)),
    "no units": body(items=item(unitQty=0)),
    "negative units": body(items=item(unitQty=-1)),
    "name of 127 characters": body(items=item(name="n" * 127)),
    "negative price beside a positive one": body(items=(ITEM, {**ITEM, "price": -1})),
    "malformed e-mail": body({"email": "not an address"}),
    "plain HTTP": body(redirectUrls={"success": "http://merchant.example/s"}),
}

#: Both were written down by somebody who saw them.
WORDED: dict[str, tuple[dict[str, Any], int, str]] = {
    "no customer": (body(None), 404, "Customer can't be null"),
    "negative price": (body(items=item(price=-1)), 400, "Line item prices should be positive."),
    "price of nothing": (body(items=item(price=0)), 400, "Line item prices should be positive."),
    "tax that is only a reference": (
        body(items=item(taxRates=[{"id": "ABC"}])),
        400,
        "Rate map missing tax summary rates",
    ),
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_valid_request_opens_a_session(merchant: Merchant, name: str) -> None:
    """A request within the documented and measured rules is answered with a session."""
    answer = merchant.client.post(ACCEPTED[name])

    assert answer.status == 200
    assert answer.session().session_id


@pytest.mark.parametrize("name", REFUSED)
def test_invalid_request_is_refused_with_a_message(merchant: Merchant, name: str) -> None:
    """A request that breaks a rule is answered with 400 and says something about it."""
    answer = merchant.client.post(REFUSED[name])

    assert answer.status == 400
    assert answer.said != ""


@pytest.mark.parametrize("name", WORDED)
def test_invalid_request_is_refused_in_the_measured_words(merchant: Merchant, name: str) -> None:
    """Where somebody wrote down Clover's answer, the same status and message come back."""
    request, status, message = WORDED[name]

    answer = merchant.client.post(request)

    assert (answer.status, answer.json()) == (status, {"message": message})


def test_session_has_the_four_documented_fields_and_no_url(merchant: Merchant) -> None:
    """The answer is JSON with href, id and two times, and never the redirect URLs."""
    answer = merchant.client.post(
        body(redirectUrls={str(o): u for o, u in merchant.urls().items()})
    )

    fields = answer.json()
    assert isinstance(fields, dict)
    assert answer.headers.get("content-type", "").partition(";")[0] == "application/json"
    assert set(fields) == {"href", "checkoutSessionId", "createdTime", "expirationTime"}
    assert "merchant.example" not in answer.text


def test_answer_does_not_repeat_the_token(merchant: Merchant) -> None:
    """Neither link nor message holds the private token: a shopper or a log would have it."""
    answers = [merchant.client.post(sent) for sent in (body(), body(None), b"{not json")]

    assert [MARK in answer.text for answer in answers] == [False, False, False]


def test_session_lives_for_about_fifteen_minutes(merchant: Merchant) -> None:
    """The session expires 15 minutes after it was created, give or take a second."""
    session = merchant.client.post(body()).session()

    life_s = (session.expires - session.created).total_seconds()
    assert abs(life_s - 900) <= 1


def test_session_is_created_now(merchant: Merchant) -> None:
    """The time of creation is the server's own time, give or take a minute."""
    answer = merchant.client.post(body())
    if "date" not in answer.headers:
        pytest.skip("the API's answers do not say when they were given")

    now = parsedate_to_datetime(answer.headers["date"])
    assert abs((answer.session().created - now).total_seconds()) <= 60


def test_page_is_not_on_the_apis_address(merchant: Merchant) -> None:
    """The href names the session and is no address of production."""
    session = merchant.client.post(body()).session()

    assert session.session_id in session.href
    assert not is_production(session.href)


def test_two_equal_requests_open_two_sessions(merchant: Merchant) -> None:
    """Creating is not idempotent: the same request twice makes two sessions."""
    first, second = (merchant.client.post(body()).session() for _ in range(2))

    assert first.session_id != second.session_id
    assert first.href != second.href


@pytest.mark.parametrize(
    "headers",
    [
        {"Authorization": None},
        {"Authorization": "Bearer 00000000-0000-4000-8000-000000000000"},
        {"Authorization": "Bearer "},
        {"X-Clover-Merchant-Id": None},
        {"X-Clover-Merchant-Id": "ZZZZZZZZZZZZZ"},
    ],
    ids=["no token", "wrong token", "empty token", "no merchant", "wrong merchant"],
)
def test_request_without_the_right_credentials_is_unauthorized(
    merchant: Merchant, headers: dict[str, str | None]
) -> None:
    """Without the merchant's id and its own private token the call answers 401."""
    answer = merchant.client.post(body(), headers=headers)

    assert answer.status == 401


def test_part_of_the_token_is_not_enough(merchant: Merchant) -> None:
    """The right token without its last letter is a wrong one."""
    # Not in a variable of its own, whose value a traceback could show.
    answer = merchant.client.post(
        body(), headers={"Authorization": f"Bearer {merchant.token.value[:-1]}"}
    )

    assert answer.status == 401


@pytest.mark.parametrize("sent", [{}, b"{not json"], ids=["empty", "no JSON"])
def test_unauthorized_comes_before_everything_else(
    merchant: Merchant, sent: dict[str, Any] | bytes
) -> None:
    """Who has no token learns nothing about the request: 401 even for a broken body."""
    answer = merchant.client.post(sent, headers={"Authorization": None})

    assert answer.status == 401


def test_body_that_is_no_json_is_refused(merchant: Merchant) -> None:
    """A body that cannot be read is the caller's mistake, not the server's."""
    answer = merchant.client.post(b"{not json")

    assert 400 <= answer.status < 500


def test_session_cannot_be_read_back(merchant: Merchant) -> None:
    """There is no call that reads a session: it answers 404."""
    session = merchant.client.post(body()).session()

    assert merchant.client.read_back(session.session_id).status == 404


@pytest.mark.parametrize("outcome", Outcome)
def test_success_and_failure_url_may_be_left_out(merchant: Merchant, outcome: Outcome) -> None:
    """Each redirect URL may stand alone."""
    urls = {str(outcome): merchant.urls()[outcome]}

    assert merchant.client.post(body(redirectUrls=urls)).status == 200
