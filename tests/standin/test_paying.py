"""Payments over HTTP, as the page makes them."""

import pytest

from standin import StandIn
from standin.webhooks import is_loopback
from tests.standin.shopper import APPROVED, DECLINED, ORDER, HostedPage, line, open_page


@pytest.fixture
def shopper(standin: StandIn) -> HostedPage:
    """A shopper on the page of a new merchant's session."""
    return open_page(standin, standin.new_merchant())


def landing(answer: object) -> str:
    """The address of the page's last move."""
    assert isinstance(answer, dict)
    url: str = answer["moves"][-1]["url"]
    return url


def test_approved_card_pays_once_and_redirects(standin: StandIn, shopper: HostedPage) -> None:
    """An approved card makes one payment and leads to the success URL."""
    answer = shopper.pay().json()

    record = standin.checkout(shopper.session_id)
    expected = f"https://merchant.example/success?id={shopper.session_id}"
    assert landing(answer) == expected
    assert record.state == "paid"
    assert record.landing == expected
    assert record.kinds == ("opened", "approved", "redirected")
    assert [(each.amount_cents, each.brand, each.last_four) for each in record.payments] == [
        (500, "Visa", "4242")
    ]


def test_declined_card_redirects_and_pays_nothing(standin: StandIn, shopper: HostedPage) -> None:
    """A declined card makes no payment, and the session stays open."""
    answer = shopper.pay(DECLINED).json()
    record = standin.checkout(shopper.session_id)
    assert landing(answer) == "https://merchant.example/failure?code=card_declined"
    assert (record.state, record.payments, record.declines) == ("open", (), 1)


def test_decline_stays_where_the_behaviour_says_so(standin: StandIn) -> None:
    """The declined shopper stays, tries another card, and lands on success."""
    shopper = open_page(standin, standin.new_merchant(switches={"decline": "stay"}))

    first = shopper.pay(DECLINED).json()
    second = shopper.pay(APPROVED, key="second").json()

    assert first == {"declined": "Transaction declined, please use a different card.", "giveUp": ""}
    assert "/success" in landing(second)


def test_payment_without_a_success_url_shows_payment_received(standin: StandIn) -> None:
    """Without a success URL the page shows Payment Received."""
    shopper = open_page(standin, standin.new_merchant(), {**line(price=1999), "redirectUrls": None})

    target = landing(shopper.pay().json())
    page = shopper.get("?mode=checkout").text

    assert target.endswith(f"{shopper.path}?mode=checkout")
    for text in ("Payment Received", "Hey, Alex", "Visa 4242", "$19.99"):
        assert text in page


def test_repeated_pay_call_pays_once(standin: StandIn, shopper: HostedPage) -> None:
    """A pay call that is sent again makes no second payment."""
    first = shopper.pay().json()
    again = shopper.pay().json()
    assert again == first
    assert len(standin.checkout(shopper.session_id).payments) == 1


def test_invalid_card_is_not_tried(standin: StandIn, shopper: HostedPage) -> None:
    """An invalid card gets one message per wrong field and counts as no attempt."""
    answer = shopper.pay("4242 4242 4242 4241", "01/20").json()

    assert answer == {
        "errors": {"number": "Card number is invalid.", "expiry": "Card expiry is invalid."}
    }
    assert standin.checkout(shopper.session_id).declines == 0


def test_field_token_is_good_for_one_payment(standin: StandIn) -> None:
    """A field token works once."""
    shopper = open_page(standin, standin.new_merchant(switches={"decline": "stay"}))
    token = shopper.ask(
        "POST", f"/card/{shopper.session_id}/number", host="fields", json={"value": DECLINED}
    ).json()["token"]
    asked = {"key": "1", "fields": {"number": token}}
    shopper.ask("POST", f"{shopper.path}/pay", host="checkout", json=asked)

    second = shopper.ask("POST", f"{shopper.path}/pay", host="checkout", json=asked).json()

    assert second["errors"]["number"] == "Card number is required"


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
        for number, cvv in (
            (APPROVED, "123"),
            (APPROVED, "123"),
            ("3782 822463 10005", "1234"),
        )
    ]

    assert ["success" in url for url in answers] == [True, False, True]


def test_tip_is_added_where_the_request_asks_for_tips(standin: StandIn) -> None:
    """Only an offered percentage adds a tip."""
    merchant = standin.new_merchant()
    for percent, total in ((20, 600), (17, 500)):
        shopper = open_page(standin, merchant, {**ORDER, "tips": {"enabled": True}})

        shopper.pay(tip=percent)

        assert standin.checkout(shopper.session_id).payments[0].amount_cents == total


def test_pay_call_from_another_origin_is_refused(shopper: HostedPage) -> None:
    """A pay call from another origin is refused."""
    answer = shopper.ask(
        "POST",
        f"{shopper.path}/pay",
        host="checkout",
        origin="https://merchant.example",
        json={"fields": {}},
    )

    assert answer.status_code == 404


@pytest.mark.parametrize("body", [b"", b"[]", b'{"fields": 1}'])
def test_malformed_pay_call_is_refused(shopper: HostedPage, body: bytes) -> None:
    """A malformed pay call is answered with 400."""
    answer = shopper.ask("POST", f"{shopper.path}/pay", host="checkout", data=body)
    assert answer.status_code == 400


@pytest.mark.parametrize(("url", "expected"), [
    ("http://127.0.0.1:8000/hook", True),
    ("https://localhost/hook", True),
    ("https://localhost./hook", True),
    ("http://[::1]:8000/hook", True),
    ("https://hooks.example/", False),
    ("https://localhost.example/", False),
])  # fmt: skip
def test_webhooks_go_to_this_machine_only(url: str, expected: bool) -> None:
    """Webhooks go to loopback addresses only, with or without a trailing dot."""
    assert is_loopback(url) is expected
