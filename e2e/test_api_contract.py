"""The contract of the create-checkout call: accepted requests, refusals and their messages.

Sessions are created here and never paid. docs/sources.md has the source of each rule that Clover's
documentation lacks.
"""

from email.utils import parsedate_to_datetime
from typing import Any

import pytest

from clover.answers import REFERENCE
from clover.api_contract import (
    expect,
    expect_documented_fields,
    expect_lifetime,
    expect_refusal,
    expect_session,
    expect_status,
    expect_times,
)
from clover.hosts import is_production
from clover.redaction import MARK
from e2e.api_bodies import ITEM, TAX, body, item
from records.outcome import Outcome
from suite.merchant import Merchant
from suite.refusals import may_differ

pytestmark = [pytest.mark.sandbox, pytest.mark.api_contract, pytest.mark.cheap_page]

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

REFUSED: dict[str, dict[str, Any]] = {
    "no customer": body(None),
    "no lines": body(items=()),
    "no cart": body(items=None),
    "line without a name": body(items=item(name=None)),
    "line without a price": body(items=item(price=None)),
    "negative price": body(items=item(price=-1)),
    "negative price beside a positive one": body(items=(ITEM, {**ITEM, "price": -1})),
    "price of nothing": body(items=item(price=0)),
    "no units": body(items=item(unitQty=0)),
    "negative units": body(items=item(unitQty=-1)),
    "name of 127 characters": body(items=item(name="n" * 127)),
    "tax that is only a reference": body(items=item(taxRates=[{"id": "ABC"}])),
    "malformed e-mail": body({"email": "not an address"}),
}

#: Status, message and what it is about, where they were measured; otherwise only the status 400 is
#: known. A sandbox may word the message in another way than on the day of the measurement.
MEASURED = {
    "no customer": (404, "Customer can't be null", "customer"),
    "negative price": (400, "Line item prices should be positive.", "price"),
    "price of nothing": (400, "Line item prices should be positive.", "price"),
    "tax that is only a reference": (400, "Rate map missing tax summary rates", "tax"),
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_valid_request_opens_a_session(merchant: Merchant, name: str) -> None:
    """A request within the documented and measured rules creates a session."""
    answer = merchant.client.post(ACCEPTED[name])

    expect_session(answer)


@pytest.mark.parametrize("name", REFUSED)
def test_invalid_request_is_refused_with_a_message(merchant: Merchant, name: str) -> None:
    """A request that breaks a rule is refused with the measured status and sense."""
    answer = merchant.client.post(REFUSED[name])

    status, message, about = MEASURED.get(name, (400, "", ""))
    wording = message if merchant.target.is_embedded else ""
    expect_refusal(answer, status, wording, about=about)


def test_session_has_the_four_documented_fields_and_no_url(merchant: Merchant) -> None:
    """The answer is JSON with href, id and two times, and without the redirect URLs."""
    answer = merchant.client.post(body(redirectUrls=merchant.urls()))

    expect_documented_fields(answer)
    expect("merchant.example" not in answer.text, answer, "no redirect URL in the answer")


def test_answer_does_not_repeat_the_token(merchant: Merchant) -> None:
    """Neither link nor message contains the private token, which a shopper or a log would get."""
    answers = [merchant.client.post(sent) for sent in (body(), body(None), b"{not json")]

    for answer in answers:
        expect(MARK not in answer.text, answer, "an answer without the private token")


def test_session_lives_for_about_fifteen_minutes(merchant: Merchant) -> None:
    """The session expires 15 minutes after its creation, within a second."""
    answer = merchant.client.post(body())

    with may_differ(merchant):
        expect_times(answer)
    expect_lifetime(answer)


def test_session_is_created_now(merchant: Merchant) -> None:
    """The time of creation is the server's own time, within a minute."""
    answer = merchant.client.post(body())
    if "date" not in answer.headers:
        pytest.skip("the API's answers have no date")

    now = parsedate_to_datetime(answer.headers["date"])
    with may_differ(merchant):
        created, _ = expect_times(answer)
    is_now = abs((created - now).total_seconds()) <= 60
    expect(is_now, answer, f"a createdTime within 60 s of {now}", came=str(created))


def test_page_is_not_on_the_apis_address(merchant: Merchant) -> None:
    """The href contains the session's id and is not on a production host."""
    answer = merchant.client.post(body())

    session = expect_session(answer)
    expect(not is_production(session.href), answer, "an href of the sandbox", came=session.href)
    with may_differ(merchant):
        expect(session.session_id in session.href, answer, "an href with the id", came=session.href)


def test_two_equal_requests_open_two_sessions(merchant: Merchant) -> None:
    """Creating is not idempotent: the same request twice makes two sessions."""
    first = expect_session(merchant.client.post(body()))
    answer = merchant.client.post(body())

    second = expect_session(answer)
    expect(first.session_id != second.session_id, answer, "another id", came=second.session_id)
    expect(first.href != second.href, answer, "another href", came=second.href)


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
    """Without the merchant's id and private token the call answers 401."""
    answer = merchant.client.post(body(), headers=headers)

    expect_status(answer, 401, source=REFERENCE)


def test_part_of_the_token_is_not_enough(merchant: Merchant) -> None:
    """The right token without its last letter is a wrong one."""
    # Not in a variable, whose value a traceback could show.
    answer = merchant.client.post(
        body(), headers={"Authorization": f"Bearer {merchant.token.value[:-1]}"}
    )

    expect_status(answer, 401, source=REFERENCE)


@pytest.mark.parametrize("sent", [{}, b"{not json"], ids=["empty", "no JSON"])
def test_unauthorized_comes_before_everything_else(
    merchant: Merchant, sent: dict[str, Any] | bytes
) -> None:
    """A caller without a token learns nothing about the request: 401 even for a broken body."""
    answer = merchant.client.post(sent, headers={"Authorization": None})

    expect_status(answer, 401, source=REFERENCE)


def test_body_that_is_no_json_is_refused(merchant: Merchant) -> None:
    """A body that is not JSON is the caller's error, not the server's."""
    answer = merchant.client.post(b"{not json")

    expect_status(answer, range(400, 500))


def test_session_cannot_be_read_back(merchant: Merchant) -> None:
    """There is no call that reads a session: it answers 404."""
    session = expect_session(merchant.client.post(body()))

    expect_status(merchant.client.read_back(session.session_id), 404)


@pytest.mark.parametrize("outcome", Outcome)
def test_success_and_failure_url_may_be_left_out(merchant: Merchant, outcome: Outcome) -> None:
    """Each redirect URL may stand alone."""
    urls = {outcome: merchant.urls()[outcome]}

    expect_session(merchant.client.post(body(redirectUrls=urls)))
