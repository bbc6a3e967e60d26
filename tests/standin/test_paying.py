"""Payments over HTTP, as the page makes them."""

from typing import Any

import pytest

from standin import StandIn
from standin.webhooks import is_loopback
from tests.standin.shopper import (
    APPROVED,
    DECLINED,
    ORDER,
    HostedPage,
    line,
    open_new_page,
    open_page,
    switched,
)


@pytest.fixture
def shopper(standin: StandIn) -> HostedPage:
    """A shopper on the page of a new merchant's session."""
    return open_new_page(standin)


def landing(answer: Any) -> str:
    """The address of the page's last move."""
    url: str = answer["moves"][-1]["url"]
    return url


def test_approved_card_pays_once_and_redirects(standin: StandIn, shopper: HostedPage) -> None:
    """An approved card makes one payment and leads to the success URL, also if it is sent again."""
    answer = shopper.pay().json()

    record = standin.checkout(shopper.session_id)
    (payment,) = record.payments
    expected = f"https://merchant.example/success?id={shopper.session_id}"
    assert landing(answer) == record.landing == expected
    assert record.state == "paid"
    assert record.kinds == ("opened", "approved", "redirected")
    assert (payment.amount_cents, payment.brand, payment.last_four) == (500, "Visa", "4242")
    assert shopper.pay().json() == answer
    assert len(standin.checkout(shopper.session_id).payments) == 1


def test_declined_card_redirects_and_pays_nothing(standin: StandIn, shopper: HostedPage) -> None:
    """A declined card makes no payment, and the session stays open."""
    answer = shopper.pay(DECLINED).json()
    record = standin.checkout(shopper.session_id)
    assert landing(answer) == "https://merchant.example/failure?code=card_declined"
    assert (record.state, record.payments, record.declines) == ("open", (), 1)


def test_decline_stays_where_the_behaviour_says_so(standin: StandIn) -> None:
    """The declined shopper stays, tries another card, and lands on success."""
    shopper = switched(standin, decline="stay")
    first, second = shopper.pay(DECLINED).json(), shopper.pay(APPROVED, key="second").json()
    assert first == {"declined": "Transaction declined, please use a different card.", "giveUp": ""}
    assert "/success" in landing(second)


def test_payment_without_a_success_url_shows_payment_received(standin: StandIn) -> None:
    """Without a success URL the page shows Payment Received."""
    shopper = open_new_page(standin, {**line(price=1999), "redirectUrls": None})
    target = landing(shopper.pay().json())
    page = shopper.get("?mode=checkout").text

    assert target.endswith(f"{shopper.path}?mode=checkout")
    for text in ("Payment Received", "Hey, Alex", "Visa 4242", "$19.99"):
        assert text in page


def test_invalid_card_is_not_tried(standin: StandIn, shopper: HostedPage) -> None:
    """An invalid card gets one message per wrong field and counts as no attempt."""
    answer = shopper.pay("4242 4242 4242 4241", expiry="01/20").json()
    errors = {"number": "Card number is invalid.", "expiry": "Card expiry is invalid."}
    assert answer == {"errors": errors}
    assert standin.checkout(shopper.session_id).declines == 0


def test_field_token_is_good_for_one_payment(standin: StandIn) -> None:
    """A field token works once."""
    shopper = switched(standin, decline="stay")
    asked = {"key": "1", "fields": {"number": shopper.token("number", DECLINED)}}
    shopper.send(json=asked)
    assert shopper.send(json=asked).json()["errors"]["number"] == "Card number is required"


def test_no_card_number_is_kept_after_the_decision(standin: StandIn, shopper: HostedPage) -> None:
    """Session and snapshot keep only brand and last four digits of a card."""
    shopper.pay()
    session = standin._provider.sessions.find(shopper.session_id)
    assert session is not None
    kept = repr([session.activity, session.activity.fields, standin.checkout(shopper.session_id)])
    assert "4242" in kept
    assert "42424242" not in kept.replace(" ", "")


def test_velocity_limit_declines_a_card_used_too_often(standin: StandIn) -> None:
    """The velocity limit counts per card: another card still pays."""
    merchant = standin.new_merchant(switches={"velocity_limit": 1})

    answers = [
        landing(open_page(standin, merchant).pay(number, cvv=cvv).json())
        for number, cvv in (*[(APPROVED, "123")] * 2, ("3782 822463 10005", "1234"))
    ]

    assert ["success" in url for url in answers] == [True, False, True]


def test_tip_is_added_where_the_request_asks_for_tips(standin: StandIn) -> None:
    """Only an offered percentage adds a tip."""
    for percent, total in ((20, 600), (17, 500)):
        shopper = open_new_page(standin, {**ORDER, "tips": {"enabled": True}})
        shopper.pay(tip=percent)
        assert standin.checkout(shopper.session_id).payments[0].amount_cents == total


@pytest.mark.parametrize(("call", "status"), [
    ({"json": {"fields": {}}, "origin": "https://merchant.example"}, 404),
    *(({"data": body}, 400) for body in (b"", b"[]", b'{"fields": 1}')),
])  # fmt: skip
def test_wrong_pay_call_is_refused(shopper: HostedPage, call: dict[str, Any], status: int) -> None:
    """A pay call from another origin is answered with 404, a malformed one with 400."""
    assert shopper.send(**call).status_code == status


@pytest.mark.parametrize(("url", "expected"), [
    ("http://127.0.0.1:8000/hook", True), ("https://localhost/hook", True),
    ("https://localhost./hook", True), ("http://[::1]:8000/hook", True),
    ("https://hooks.example/", False), ("https://localhost.example/", False),
])  # fmt: skip
def test_webhooks_go_to_this_machine_only(url: str, expected: bool) -> None:
    """Webhooks go to loopback addresses only, with or without a trailing dot."""
    assert is_loopback(url) is expected
