"""Tests of the example shop, without a browser."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from typing import Any

import pytest
import requests
from flask import Flask, Response, request
from flask.testing import FlaskClient
from werkzeug.datastructures import Headers

from examples.flask_merchant import ConfigProblem, MerchantConfig, create_app, read_config, serve

SHOP = "https://shop.example"
TOKEN = "a-secret-token"
ENVIRON = {"CLOVER_MERCHANT_ID": "MERCHANT12345", "CLOVER_PRIVATE_TOKEN": TOKEN}


SESSION_ID = "0b54c5a4-5bd3-4b0a-9c4e-0d3f0cfae6a1"
HREF = f"https://sandbox.dev.clover.com/pay-checkout/{SESSION_ID}?mode=checkout"
CREATED = f'{{"href": "{HREF}", "checkoutSessionId": "{SESSION_ID}"}}'


@dataclass(slots=True)
class Call:
    """One recorded request."""

    path: str
    headers: Headers
    body: Any


@dataclass(slots=True)
class FakeApi:
    """A loopback server that records the create call and answers as the test configures."""

    url: str = ""
    status: int = 200
    answer: str = CREATED
    calls: list[Call] = field(default_factory=list)


@contextmanager
def fake_api() -> Iterator[FakeApi]:
    """Serve until the block ends."""
    api = FakeApi()
    app = Flask(__name__)

    @app.post("/<path:_>")
    def create(_: str) -> Response:
        api.calls.append(Call(request.path, Headers(request.headers), request.get_json()))
        return Response(api.answer, api.status)

    with serve(lambda _: app) as api.url:
        yield api


@pytest.fixture
def api() -> Iterator[FakeApi]:
    """A provider that creates sessions by default."""
    with fake_api() as api:
        yield api


@pytest.fixture
def config(api: FakeApi) -> MerchantConfig:
    """The settings of a shop that calls the fake provider."""
    return make_config(api.url)


def make_config(api_url: str, public_url: str = SHOP) -> MerchantConfig:
    """The settings of a shop that calls this API."""
    return MerchantConfig(
        public_url=public_url, merchant_id="MERCHANT12345", token=TOKEN, api_url=api_url
    )


@pytest.fixture
def shopper(config: MerchantConfig) -> FlaskClient:
    """A visitor of the shop."""
    return create_app(config).test_client()


def test_buy_button_posts_to_redirects(shopper: FlaskClient) -> None:
    """The shop's first page has one form, and it posts to /redirects."""
    page = shopper.get("/").text
    assert '<form method="post" action="/redirects">' in page
    assert "$5.00" in page


def test_buying_creates_one_session_as_documented(shopper: FlaskClient, api: FakeApi) -> None:
    """Buy redirects to a session's href; the request has all that Clover documents."""
    answer = shopper.post("/redirects")

    (call,) = api.calls
    assert (answer.status_code, answer.headers["Location"]) == (303, HREF)
    assert call.path == "/invoicingcheckoutservice/v1/checkouts"
    assert call.headers["x-clover-merchant-id"] == "MERCHANT12345"
    assert call.headers["authorization"] == f"Bearer {TOKEN}"
    assert call.headers["content-type"] == "application/json"
    assert call.headers["user-agent"] == "flask-merchant-example/1.0"
    assert call.body == {
        "customer": {"firstName": "Alex", "lastName": "Doe", "email": "alex.doe@example.com"},
        "redirectUrls": {
            "success": f"{SHOP}/success?session_id={{CHECKOUT_SESSION_ID}}",
            "failure": f"{SHOP}/failure?error_code={{ERROR_CODE}}",
            "cancel": f"{SHOP}/cancel",
        },
        "shoppingCart": {"lineItems": [{"name": "itemA", "price": 500, "unitQty": 1}]},
    }


def test_visiting_redirects_shows_the_session(shopper: FlaskClient) -> None:
    """A visit to /redirects shows a link to href, the session's id and the redirect URLs."""
    page = unescape(shopper.get("/redirects").text)
    assert f'href="{HREF}"' in page
    assert SESSION_ID in page
    assert f"{SHOP}/failure?error_code={{ERROR_CODE}}" in page


@pytest.mark.parametrize(("status", "answer"), [
    pytest.param(401, '{"message": "401 Unauthorized"}', id="refused"),
    pytest.param(302, "", id="redirected"),
    pytest.param(200, "<html>Bad gateway</html>", id="page"),
    pytest.param(200, "[]", id="list"),
    pytest.param(200, f'{{"checkoutSessionId": "{SESSION_ID}"}}', id="no-href"),
    pytest.param(200, f'{{"href": "{HREF}"}}', id="no-session-id"),
    pytest.param(200, CREATED.replace(HREF, "javascript:alert(1)"), id="script-href"),
])  # fmt: skip
def test_bad_answer_is_shown(shopper: FlaskClient, api: FakeApi, status: int, answer: str) -> None:
    """A bad answer of the API shows a page that says so, without the token."""
    api.status, api.answer = status, answer
    reply = shopper.post("/redirects")
    assert reply.status_code == 502
    assert "Nothing was charged" in reply.text
    assert TOKEN not in reply.text


def test_unreachable_api_charges_nothing(caplog: pytest.LogCaptureFixture) -> None:
    """An unreachable API shows the same page and logs the cause."""
    with fake_api() as gone:
        down = make_config(gone.url)
    assert create_app(down).test_client().post("/redirects").status_code == 502
    assert "no answer from the API: ConnectionError" in caplog.text
    assert TOKEN not in caplog.text


def test_success_page_names_the_session_and_claims_no_payment(shopper: FlaskClient) -> None:
    """The success page shows the session id and says that reaching it proves nothing."""
    page = shopper.get(f"/success?session_id={SESSION_ID}").text
    assert SESSION_ID in page
    assert "reaching this page proves nothing" in page


@pytest.mark.parametrize("query", [
    "", "?session_id=", "?session_id=%7BCHECKOUT_SESSION_ID%7D", "?session_id=<b>1</b>",
], ids=["none", "empty", "placeholder", "markup"])  # fmt: skip
def test_success_page_accepts_only_a_uuid(shopper: FlaskClient, query: str) -> None:
    """A missing, unsubstituted or forged session id is ignored and not shown."""
    page = shopper.get(f"/success{query}").text
    assert "names no checkout session" in page
    assert "CHECKOUT_SESSION_ID" not in page
    assert "<b>1</b>" not in page


def test_failure_page_explains_a_known_code(shopper: FlaskClient) -> None:
    """A code of the Ecommerce API becomes a sentence; any code is shown, and markup stays text."""
    known = shopper.get("/failure?error_code=expired_card").text
    evil = shopper.get("/failure?error_code=<script>alert(1)</script>").text

    assert "The card has expired" in known
    assert "<code>expired_card</code>" in known
    assert "<script>" not in evil
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in evil


def test_return_pages_are_not_cached_or_sent_as_referrer(shopper: FlaskClient) -> None:
    """The address of a return page goes into no cache and no Referer header."""
    headers = shopper.get("/success").headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"


def test_configured_pages_replace_the_shops_own() -> None:
    """A REDIRECT_..._URL replaces the page of that outcome only; the token is never printed."""
    mine = "https://staging.shop.example/thanks"
    config = read_config({**ENVIRON, "REDIRECT_SUCCESS_URL": mine}, origin=SHOP)
    assert config.return_urls()["success"] == mine
    assert config.return_urls()["cancel"] == f"{SHOP}/cancel"
    assert TOKEN not in repr(config)


def test_settings_report_every_problem() -> None:
    """Each missing name and each http:// address has one sentence."""
    with pytest.raises(ConfigProblem) as caught:
        read_config({"REDIRECT_CANCEL_URL": "http://shop.example/bye"}, origin=SHOP)
    names = [sentence.split(" ")[0] for sentence in str(caught.value).splitlines()]
    assert names == ["CLOVER_MERCHANT_ID", "CLOVER_PRIVATE_TOKEN", "REDIRECT_CANCEL_URL"]


def test_served_shop_uses_its_port(api: FakeApi) -> None:
    """Redirect URLs contain the port of the server."""
    with serve(lambda origin: create_app(make_config(api.url, origin))) as origin:
        requests.post(f"{origin}/redirects", allow_redirects=False, timeout=5)
    assert api.calls[0].body["redirectUrls"]["cancel"] == f"{origin}/cancel"
