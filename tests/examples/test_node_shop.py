"""What a browser cannot see of the Node shop: requests that no page of the shop makes."""

import json
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests
from playwright._impl._driver import compute_driver_executable

from standin import StandIn, webhooks

SERVER = Path(__file__).resolve().parents[2] / "examples" / "node_shop" / "server.mjs"
SECRET = "a-webhook-secret"
ORDER = {"basket": {"dry": 1}, "email": "alex.doe@example.com", "language": "en"}
TOTAL_CENTS = 1890


@dataclass(slots=True)
class Shop:
    """A running shop; ``shopper`` keeps the cookie of one browser."""

    url: str
    shopper: requests.Session

    def order(self) -> tuple[str, str]:
        """Place an order; return its number and its session id."""
        placed = self.shopper.post(f"{self.url}/api/orders", json=ORDER, timeout=10).json()
        return placed["number"], placed["href"].partition("?")[0].rpartition("/")[2]

    def books(self, number: str) -> dict[str, Any]:
        """Return an order as a stranger sees it."""
        books: dict[str, Any] = requests.get(f"{self.url}/api/orders/{number}", timeout=10).json()
        return books

    def notify(self, session_id: str, amount_cents: int, payment_id: str) -> int:
        """Send a signed webhook; return the status of the answer."""
        note = {"id": payment_id, "status": "APPROVED", "checkoutSessionId": session_id}
        body = json.dumps({**note, "message": f"Approved for {amount_cents}"}).encode()
        signature = {"Clover-Signature": webhooks.sign(SECRET, body, time.time())}
        hook = f"{self.url}/webhooks/clover"
        return requests.post(hook, body, headers=signature, timeout=10).status_code


@pytest.fixture(scope="module")
def shop() -> Iterator[Shop]:
    """A shop behind a proxy: plain HTTP on loopback, a public address for Clover."""
    with StandIn() as provider:
        environ = {
            "CLOVER_API_URL": provider.api_url,
            "CLOVER_MERCHANT_ID": provider.merchant.id,
            "CLOVER_PRIVATE_TOKEN": provider.merchant.token,
            "CLOVER_WEBHOOK_SECRET": SECRET,
            "NODE_EXTRA_CA_CERTS": str(provider.ca_file),
        }
        node, public = compute_driver_executable()[0], "https://shop.example"
        command = [node, str(SERVER), "--port", "0", "--origin", public]
        with subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            url = process.stdout.readline().split()[4].rstrip("/")
            with requests.Session() as shopper:
                shopper.get(url, timeout=10)
                yield Shop(url, shopper)
            process.terminate()


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"basket": {}}, id="nothing"),
        pytest.param({"basket": {"dry": -1}}, id="less than nothing"),
        pytest.param({"basket": {"dry": 0.5}}, id="half a bottle"),
        pytest.param({"basket": {"constructor": 1}}, id="no product"),
        pytest.param({"language": "xx"}, id="no language"),
        pytest.param({"email": "nobody"}, id="no address"),
    ],
)
def test_orders_that_the_app_does_not_offer_are_refused(shop: Shop, change: dict[str, Any]) -> None:
    """An order that no page of the shop can make gets 400."""
    answer = shop.shopper.post(f"{shop.url}/api/orders", json={**ORDER, **change}, timeout=10)

    assert answer.status_code == 400


def test_a_stranger_can_neither_cancel_nor_count_an_order(shop: Shop) -> None:
    """Changes of an order need the cookie of the browser that ordered."""
    number, _ = shop.order()

    answers = [
        requests.post(f"{shop.url}/api/orders/{number}/{change}", timeout=10).status_code
        for change in ("left", "purchases")
    ]

    assert answers == [404, 404]
    assert shop.books(number)["status"] == "pending"
    assert "email" not in shop.books(number)


def test_too_small_a_payment_does_not_pay_an_order(shop: Shop) -> None:
    """The amount of a webhook counts, and a second payment of a paid order is given back."""
    number, session_id = shop.order()

    assert shop.notify(session_id, TOTAL_CENTS - 1, "FIRST") == 204
    assert shop.books(number)["status"] == "pending"
    assert shop.notify(session_id, TOTAL_CENTS, "SECOND") == 204
    assert shop.notify(session_id, TOTAL_CENTS, "THIRD") == 204

    books = shop.books(number)
    assert books["status"] == "paid"
    assert books["mails"] == ["Your order is confirmed", "We return your second payment"]


def test_a_webhook_of_an_unknown_session_is_not_acknowledged(shop: Shop) -> None:
    """A payment that belongs to no order is answered with 404, so that it shows at Clover."""
    assert shop.notify("0b54c5a4-5bd3-4b0a-9c4e-0d3f0cfae6a1", TOTAL_CENTS, "ANY") == 404


@pytest.mark.parametrize("path", ["/..%2foptions.mjs", "/options.mjs"])
def test_only_the_files_of_the_app_are_served(shop: Shop, path: str) -> None:
    """The server's own files are not readable."""
    answer = requests.get(f"{shop.url}{path}", timeout=10)

    assert "CLOVER_PRIVATE_TOKEN" not in answer.text
