"""The create call."""

import re
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
import requests

from standin import Merchant, StandIn
from tests.standin.shopper import ORDER, PATH, line, post, switched

DAY, TIME = r"\d{4}-\d\d-\d\d", r"\d\d:\d\d:\d\d\.\d{3}"


def without(key: str) -> dict[str, Any]:
    """An order that lacks one part."""
    return {name: value for name, value in ORDER.items() if name != key}


def with_url(url: object) -> dict[str, Any]:
    """An order with this success URL."""
    return {**ORDER, "redirectUrls": {"success": url}}


def test_answer_is_dated_by_the_standins_own_clock(standin: StandIn, merchant: Merchant) -> None:
    """The Date header follows the stand-in's clock, like the times of a session."""
    standin.clock.advance(3600)
    answer = post(standin, merchant)
    dated = parsedate_to_datetime(answer.headers["date"])
    assert abs((dated - standin.clock.today()).total_seconds()) < 5


@pytest.mark.parametrize("headers", [
    *({"Authorization": value} for value in (
        None, "Bearer wrong", "Bearer ", "{token}", "Bearer {other}",
    )),
    *({"X_Clover_Merchant_Id": value} for value in (None, "NOBODY0000000")),
])  # fmt: skip
def test_wrong_key_is_refused(standin: StandIn, merchant: Merchant, headers: Any) -> None:
    """A wrong merchant id or token is answered with 401 in JSON."""
    tokens = {"token": merchant.token, "other": standin.new_merchant().token}
    sent = {name: value and value.format(**tokens) for name, value in headers.items()}
    answer = post(standin, merchant, **sent)
    assert (answer.status_code, answer.json()) == (401, {"message": "401 Unauthorized"})


@pytest.mark.parametrize("status", [404, 400])
def test_customer_is_required(standin: StandIn, status: int) -> None:
    """A missing customer is 404 by default, as measured, or 400."""
    switches = {} if status == 404 else {"missing_customer_status": status}
    answer = post(standin, standin.new_merchant(switches=switches), without("customer"))
    assert (answer.status_code, answer.json()) == (status, {"message": "Customer can't be null"})


@pytest.mark.parametrize(("body", "message"), [
    (b"{", "not valid JSON"),
    (b"[" * 100_000, "not valid JSON"),
    (b"[]", "JSON object"),
    ({**ORDER, "customer": "Alex"}, "customer must be an object"),
    ({**ORDER, "customer": {"email": "alex"}}, "customer.email"),
    ({**ORDER, "customer": {"firstName": 1}}, "customer.firstName"),
    (without("shoppingCart"), "shoppingCart"),
    ({**ORDER, "shoppingCart": {"lineItems": []}}, "at least one line item"),
    ({**ORDER, "shoppingCart": {**ORDER["shoppingCart"], "discounts": [{}]}}, "Discounts"),
    ({**ORDER, "tips": {"enabled": "yes"}}, "tips.enabled"),
    *((line(**{key: None}), "either an itemRefUuid or a name and a price")
      for key in ("price", "name")),
    *((line(price=price), "Line item prices should be positive.") for price in (-1, 0)),
    *((line(price=price), "whole numbers") for price in (5.5, True)),
    (line(unitQty=None), "Item quantity can not be null."),
    *((line(unitQty=quantity), "unitQty") for quantity in (0, -1)),
    (line(name="x" * 127), "126"),
    (line(taxRates=[{"id": "T1"}]), "Rate map missing tax summary rates"),
    (line(taxRates=[{"name": "VAT", "rate": "6.25"}]), "Tax rates"),
    ({**ORDER, "redirectUrls": "https://merchant.example/"}, "redirectUrls must be"),
    (with_url(17), "redirectUrls.success"),
])  # fmt: skip
def test_mistake_is_refused(standin: StandIn, merchant: Merchant, body: Any, message: str) -> None:
    """Each broken rule is answered with 400 and its own message."""
    answer = post(standin, merchant, body)
    assert answer.status_code == 400
    assert message in answer.json()["message"]


@pytest.mark.parametrize("body", [
    {**ORDER, "customer": {}},
    without("redirectUrls"),
    {**ORDER, "redirectUrls": {"success": None, "failure": ""}},
    {**ORDER, "redirectUrl": "http://ignored", "note": "x", "metadata": 1, "currency": "EUR"},
    line(name=None, price=None, itemRefUuid="6S1QBNSXTBJM8"),
    line(name="x" * 126, note="n", discounts=[{"name": "d", "amount": -1}]),
    line(taxRates=[{"name": "VAT", "rate": 625000}]),
    {**ORDER, "tips": {"enabled": True}, "pageConfigUuid": "5d50d014-0fab-4363-9633-cbba76563450"},
])  # fmt: skip
def test_create_accepts_what_clover_does(standin: StandIn, merchant: Merchant, body: Any) -> None:
    """Optional parts may be missing, and unknown keys are ignored."""
    assert post(standin, merchant, body).status_code == 200


@pytest.mark.parametrize(("style", "pattern"), [
    ("z", rf'"{DAY}T{TIME}Z"'), ("offset", rf'"{DAY}T{TIME}\+0000"'),
    ("at", rf'"{DAY}@{TIME}\+0000"'), ("unix-ms", r"\d{13}"),
])  # fmt: skip
def test_times_have_the_shape_of_the_behaviour(standin: StandIn, style: str, pattern: str) -> None:
    """Times have the format of the behaviour."""
    text = post(standin, standin.new_merchant(switches={"time_format": style})).text
    found = re.findall(r'"(?:created|expiration)Time":("[^"]*"|\d+)', text)
    assert len(found) == 2
    assert all(re.fullmatch(pattern, value) for value in found)


def test_lifetime_is_some_milliseconds_short_of_a_quarter_of_an_hour(standin: StandIn) -> None:
    """The lifetime is some milliseconds less than 15 minutes, as measured."""
    body = post(standin, standin.new_merchant(switches={"time_format": "unix-ms"})).json()
    assert 899_900 < body["expirationTime"] - body["createdTime"] < 900_000


@pytest.mark.parametrize(("required", "status"), [(True, 400), (False, 200)])
def test_user_agent_may_be_required(standin: StandIn, required: bool, status: int) -> None:
    """A request without a User-Agent is refused only under that switch."""
    merchant = standin.new_merchant(switches={"user_agent_required": required})
    assert post(standin, merchant, User_Agent="").status_code == status


@pytest.mark.parametrize(("path", "status"), [("/", 404), (PATH, 405)])
def test_api_answers_nothing_else(standin: StandIn, path: str, status: int) -> None:
    """Other addresses are answered with 404 in JSON, other methods with 405."""
    answer = requests.get(standin.api_url + path, verify=str(standin.ca_file), timeout=10)
    assert answer.status_code == status
    assert "message" in answer.json()


def test_body_beyond_a_mebibyte_is_refused(standin: StandIn, merchant: Merchant) -> None:
    """A body of more than 1 MiB is answered with 413."""
    assert post(standin, merchant, b" " * (1 << 20) + b" " * 70_000).status_code == 413


def test_href_has_the_older_path_where_the_behaviour_says_so(standin: StandIn) -> None:
    """The behaviour can choose the path that Clover used in 2021."""
    assert switched(standin, href_path="checkout").path.startswith("/checkout/")
