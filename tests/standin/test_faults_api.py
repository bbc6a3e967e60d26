"""Faults of the create call, each switched on for one merchant."""

from typing import Any

import pytest

from standin import StandIn
from tests.standin.shopper import HTTP, ORDER, PATH, line, open_page, post


def urls(**given: str) -> dict[str, Any]:
    """An order with these redirect URLs."""
    return {**ORDER, "redirectUrls": given}


NO_CUSTOMER = {name: part for name, part in ORDER.items() if name != "customer"}


@pytest.mark.parametrize(
    ("fault", "body", "right", "wrong"),
    [
        ("accepts-plain-http", urls(success="http://merchant.example/s"), 400, 200),
        ("accepts-any-scheme", urls(success="javascript:alert(1)"), 400, 200),
        ("carts-unchecked", line(price=-1), 400, 200),
        ("missing-customer-as-bad-request", NO_CUSTOMER, 404, 400),
        ("server-error-for-broken-json", b"{not json", 400, 500),
        ("unknown-keys-refused", {**ORDER, "note": "gift"}, 200, 400),
        ("all-urls-demanded", urls(success="https://merchant.example/s"), 200, 400),
    ],
)
def test_faulty_api_answers_with_another_status(
    standin: StandIn, fault: str, body: Any, right: int, wrong: int
) -> None:
    """The fault changes the status for its merchant alone."""
    faulty = standin.new_merchant(fault=fault)

    assert post(standin, standin.new_merchant(), body).status_code == right
    assert post(standin, faulty, body).status_code == wrong


def test_faulty_api_takes_any_token(standin: StandIn) -> None:
    """With takes-any-token every token is accepted."""
    merchant = standin.new_merchant(fault="takes-any-token")

    assert post(standin, merchant, Authorization="Bearer nonsense").status_code == 200
    assert post(standin, merchant, Authorization=None).status_code == 200


def test_faulty_api_does_not_require_a_user_agent(standin: StandIn) -> None:
    """A call without a User-Agent is accepted although it is required."""
    switches = {"user_agent_required": True}
    merchant = standin.new_merchant(fault="user-agent-not-asked-for", switches=switches)

    assert post(standin, merchant, User_Agent="").status_code == 200


def test_faulty_api_refuses_without_a_word(standin: StandIn) -> None:
    """The refusal has the right status and an empty message."""
    answer = post(standin, standin.new_merchant(fault="refuses-without-a-word"), line(price=-1))

    assert (answer.status_code, answer.json()) == (400, {"message": ""})


def test_faulty_api_sends_the_urls_back(standin: StandIn) -> None:
    """The answer has the redirect URLs in it."""
    answer = post(standin, standin.new_merchant(fault="echoes-redirect-urls")).json()

    assert answer["redirectUrls"] == ORDER["redirectUrls"]


def test_faulty_session_lives_for_an_hour(standin: StandIn) -> None:
    """The session lives for an hour."""
    merchant = standin.new_merchant(fault="session-life-of-an-hour")

    session = standin.checkout(post(standin, merchant).json()["checkoutSessionId"])

    assert session.expires_s - session.created_s == pytest.approx(3600, abs=1)


def test_faulty_api_answers_an_equal_request_with_the_same_session(standin: StandIn) -> None:
    """An equal request gets the same session, a different one a new session."""
    merchant = standin.new_merchant(fault="same-session-for-equal-requests")
    first, same, other = (post(standin, merchant, body).json() for body in (ORDER, ORDER, line()))

    assert first["checkoutSessionId"] == same["checkoutSessionId"]
    assert (other["checkoutSessionId"] != first["checkoutSessionId"]) == (line() != ORDER)


def test_faulty_api_hands_out_the_link_before(standin: StandIn) -> None:
    """The href names the previous session; the first one names none."""
    merchant = standin.new_merchant(fault="href-of-the-session-before")
    first, second = post(standin, merchant).json(), post(standin, merchant).json()

    assert first["checkoutSessionId"] not in first["href"]
    assert first["checkoutSessionId"] in second["href"]


def test_faulty_api_can_be_read(standin: StandIn) -> None:
    """A GET for a session is answered with 200."""
    merchant = standin.new_merchant(fault="session-can-be-read-back")

    answer = HTTP.get(
        f"{standin.api_url}{PATH}/any",
        headers={"X-Clover-Merchant-Id": merchant.id, "Authorization": f"Bearer {merchant.token}"},
        verify=str(standin.ca_file),
        timeout=10,
    )

    assert answer.status_code == 200


def test_faulty_page_leaves_tax_out(standin: StandIn) -> None:
    """The total has no tax in it."""
    taxed = line(taxRates=[{"name": "MA", "rate": 625_000}])
    totals = [
        standin.checkout(open_page(standin, merchant, taxed).session_id).total_cents
        for merchant in (standin.new_merchant(), standin.new_merchant(fault="tax-left-out"))
    ]

    assert totals == [531, 500]
