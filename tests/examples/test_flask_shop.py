"""What the cases of the Flask shop cannot see: odd answers, forged requests and the settings."""

import hashlib
import hmac
import json
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import requests
from flask.testing import FlaskClient

from examples.flask_shop.app import create_app
from examples.flask_shop.config import ConfigProblem, ShopConfig, read_config

FOLDER = Path(__file__).resolve().parents[2] / "examples" / "flask_shop"
TOKEN, SECRET = "a-secret-token", "a-webhook-secret"
ENVIRON = {
    "CLOVER_MERCHANT_ID": "MERCHANT12345",
    "CLOVER_PRIVATE_TOKEN": TOKEN,
    "CLOVER_WEBHOOK_SECRET": SECRET,
}
SESSION_ID = "0b54c5a4-5bd3-4b0a-9c4e-0d3f0cfae6a1"
CREATED = {
    "href": f"https://sandbox.dev.clover.com/pay-checkout/{SESSION_ID}?mode=checkout",
    "checkoutSessionId": SESSION_ID,
    "createdTime": "2026-11-26T08:00:00.000Z",
    "expirationTime": "2026-11-26T08:14:59.973Z",
}


@dataclass(slots=True)
class Clover:
    """Answers create calls, and keeps their arguments."""

    status: int = 200
    text: str = json.dumps(CREATED)
    calls: list[dict[str, Any]] = field(default_factory=list)

    def post(self, url: str, **options: Any) -> requests.Response:
        """Stand for ``requests.post``."""
        self.calls.append({"url": url, **options})
        answer = requests.Response()
        answer.status_code, answer._content = self.status, self.text.encode()
        return answer


@pytest.fixture
def clover(monkeypatch: pytest.MonkeyPatch) -> Clover:
    """A provider that creates the same session for every call."""
    clover = Clover()
    monkeypatch.setattr(requests, "post", clover.post)
    return clover


def config() -> ShopConfig:
    """The settings of a shop at its public address."""
    own_url = "https://localhost:5000"
    return read_config(ENVIRON, public_url="https://shop.example/", own_url=own_url)


@pytest.fixture
def shopper() -> FlaskClient:
    """A visitor with a cake in the basket."""
    client = create_app(config()).test_client()
    client.post("/basket", data={"product": "cake"})
    return client


def order_number(clover: Clover) -> str:
    """Return the order's number from the URLs of the last create call."""
    url: str = clover.calls[-1]["json"]["redirectUrls"]["cancel"]
    return url.partition("order=")[2].partition("&")[0]


def notify(client: FlaskClient, *, secret: str = SECRET, **fields: object) -> int:
    """Send a webhook that is signed with a secret; return the status of the answer."""
    note = {"type": "PAYMENT", "id": "FIRST", "status": "APPROVED", "data": SESSION_ID, **fields}
    body = json.dumps(note).encode()
    digest = hmac.new(secret.encode(), b"1764144000." + body, hashlib.sha256).hexdigest()
    headers = {"Clover-Signature": f"t=1764144000,v1={digest}"}
    return client.post("/webhooks/clover", data=body, headers=headers).status_code


def test_create_call_follows_the_documentation(shopper: FlaskClient, clover: Clover) -> None:
    """The request has Clover's headers, a customer, taxed lines and all three redirect URLs."""
    answer = shopper.post("/redirects", data={"email": "alex.doe@example.com", "place": "Station"})

    call = clover.calls[0]
    query = f"order={order_number(clover)}&place=Station"
    assert (answer.status_code, answer.headers["Location"]) == (303, CREATED["href"])
    assert call["url"].endswith("/invoicingcheckoutservice/v1/checkouts")
    assert call["headers"] == {
        "Accept": "application/json",
        "Authorization": f"Bearer {TOKEN}",
        "User-Agent": "flask-shop-example/1.0",
        "X-Clover-Merchant-Id": "MERCHANT12345",
    }
    assert call["json"] == {
        "customer": {"email": "alex.doe@example.com"},
        "redirectUrls": {
            "success": f"https://shop.example/success?session_id={{CHECKOUT_SESSION_ID}}&{query}",
            "failure": f"https://shop.example/failure?error_code={{ERROR_CODE}}&{query}",
            "cancel": f"https://shop.example/cancel?{query}",
        },
        "shoppingCart": {
            "lineItems": [
                {
                    "name": "Chocolate cake",
                    "price": 1195,
                    "unitQty": 1,
                    "taxRates": [{"name": "Sales tax", "rate": 700_000}],
                }
            ]
        },
    }


@pytest.mark.parametrize(
    ("status", "text", "said"),
    [
        pytest.param(401, '{"message": "401 Unauthorized"}', "401 Unauthorized", id="refused"),
        pytest.param(302, "", "302", id="redirected"),
        pytest.param(200, "<html>Bad gateway</html>", "page address", id="page"),
        pytest.param(200, "[]", "page address", id="list"),
        pytest.param(200, json.dumps({**CREATED, "href": "javascript:1"}), "page address", id="js"),
        pytest.param(200, json.dumps({"href": CREATED["href"]}), "session id", id="no id"),
    ],
)
def test_bad_answer_of_the_api_charges_nothing(
    shopper: FlaskClient, clover: Clover, status: int, text: str, said: str
) -> None:
    """A bad answer of the API shows a page that says so, without the token."""
    clover.status, clover.text = status, text

    reply = shopper.post("/redirects")

    assert reply.status_code == 502
    assert "Nothing was charged" in reply.text
    assert said in reply.text
    assert TOKEN not in reply.text


def test_unreachable_api_charges_nothing(
    shopper: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An unreachable API shows the same page."""

    def fail(*_: object, **__: object) -> None:
        raise requests.ConnectionError(TOKEN)

    monkeypatch.setattr(requests, "post", fail)

    reply = shopper.post("/redirects")

    assert reply.status_code == 502
    assert "no answer from the API: ConnectionError" in reply.text
    assert TOKEN not in reply.text


@pytest.mark.parametrize(
    ("created", "expires", "calls"),
    [
        pytest.param("2026-11-26T08:00:00.000Z", "2026-11-26T08:14:59.973Z", 1, id="Z"),
        pytest.param("2025-07-01T08:00:00.000+0000", "2025-07-01T08:15:00.000+0000", 1, id="+0000"),
        pytest.param("2022-03-01@08:00:00.000+0000", "2022-03-01@08:15:00.000+0000", 1, id="@"),
        pytest.param(1764144000000, 1764144899973, 1, id="milliseconds"),
        pytest.param("soon", "later", 2, id="unknown"),
        pytest.param(None, None, 2, id="missing"),
    ],
)
def test_session_is_offered_again_while_it_lives(
    shopper: FlaskClient, clover: Clover, created: object, expires: object, calls: int
) -> None:
    """A lifetime in any format that was measured is understood; an unknown one stops no sale."""
    clover.text = json.dumps({**CREATED, "createdTime": created, "expirationTime": expires})

    answers = [shopper.post("/redirects").status_code for _ in range(2)]

    assert answers == [303, 303]
    assert len(clover.calls) == calls


@pytest.mark.parametrize(
    ("notes", "status", "mails"),
    [
        pytest.param(
            [{"message": "Approved for 1278"}],
            "pending",
            ["To the staff: FIRST is too small a payment"],
            id="too small",
        ),
        pytest.param(
            [{"message": "Approved for 1279"}, {"id": "SECOND"}],
            "paid",
            ["Your order is confirmed", "To the staff: refund SECOND, a second payment"],
            id="paid twice",
        ),
    ],
)
def test_wrong_amount_and_second_payment_are_told_to_the_staff(
    shopper: FlaskClient,
    clover: Clover,
    notes: list[dict[str, Any]],
    status: str,
    mails: list[str],
) -> None:
    """Clover cannot close a session, so an order may be paid twice; the books show it."""
    shopper.post("/redirects")

    answers = [notify(shopper, **note) for note in notes]

    books = shopper.get(f"/api/orders/{order_number(clover)}").get_json()
    assert answers == [204] * len(notes)
    assert (books["status"], books["mails"]) == (status, mails)


@pytest.mark.parametrize(
    ("send", "status"),
    [
        pytest.param(lambda client: notify(client, data="unknown"), 404, id="of no order"),
        pytest.param(lambda client: notify(client, secret="guessed"), 401, id="forged"),
        pytest.param(lambda client: notify(client, type="TEST"), 204, id="no payment"),
        pytest.param(
            lambda client: client.post("/webhooks/clover", data="{}").status_code, 401, id="bare"
        ),
    ],
)
def test_webhook_of_no_order_leaves_the_books_alone(
    shopper: FlaskClient, clover: Clover, send: Callable[[FlaskClient], int], status: int
) -> None:
    """The status of the answer says whether the notification paid anything."""
    shopper.post("/redirects")

    answer = send(shopper)

    assert answer == status
    assert shopper.get(f"/api/orders/{order_number(clover)}").get_json()["status"] == "pending"


def test_stranger_cannot_cancel_an_order(shopper: FlaskClient, clover: Clover) -> None:
    """The cancel page of an order changes nothing without the cookie of its shopper."""
    shopper.post("/redirects")
    number = order_number(clover)

    shopper.application.test_client().get(f"/cancel?order={number}")

    assert shopper.get(f"/api/orders/{number}").get_json()["status"] == "pending"


def test_return_page_is_neither_cached_nor_sent_as_referrer(shopper: FlaskClient) -> None:
    """The address of a return page goes into no cache and no Referer header."""
    headers = shopper.get("/success?order=unknown").headers

    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"


def test_settings_name_everything_that_is_missing() -> None:
    """Each missing name has one sentence."""
    with pytest.raises(ConfigProblem) as caught:
        read_config({}, public_url="https://shop.example", own_url="https://localhost:5000")

    assert [sentence.split()[0] for sentence in str(caught.value).splitlines()] == [*ENVIRON]


def test_settings_hide_their_secrets_when_printed() -> None:
    """The representation of the settings has neither token nor signing secret."""
    assert not {TOKEN, SECRET} & set(re.findall(r"[\w-]+", repr(config())))


def test_every_bug_is_described() -> None:
    """The bugs in the code are those of bugs.toml."""
    described = tomllib.loads((FOLDER / "bugs.toml").read_text(encoding="utf-8"))
    sources = [*FOLDER.glob("*.py"), *FOLDER.glob("templates/*"), *FOLDER.glob("static/*.js")]
    code = "".join(path.read_text(encoding="utf-8") for path in sources)

    assert set(re.findall(r"bug [!=]==? \"([\w-]+)\"", code)) == set(described)
