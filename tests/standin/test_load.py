"""Many shoppers at once, and memory over a working day."""

import gc
import json
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final
from urllib.parse import urlsplit

import requests

from standin import Merchant, StandIn
from tests.standin.dashboard_visitor import Visitor
from tests.standin.shopper import APPROVED, DECLINED, HostedPage, line, open_page, post

SHOPPERS: Final = 200
SITE: Final = "https://merchant.example"
CARD: Final = {"number": APPROVED, "expiry": "12/30", "cvv": "123", "zip": "94041"}


def _argument(page: str, function: str) -> Any:
    """The first argument of the page's last call of a function."""
    return json.JSONDecoder().raw_decode(page.rpartition(f"{function}(")[2])[0]


class Shopper:
    """One of many: its price and its redirect URLs are its own, and so is its connection."""

    def __init__(self, standin: StandIn, merchant: Merchant, number: int) -> None:
        self.number, self.merchant = number, merchant
        self.price = 1000 + number
        self.outcome = ("success", "failure", "cancel")[number % 3]
        body = line(price=self.price)
        urls = {
            name: f"{SITE}/{number}/{name}?session={{CHECKOUT_SESSION_ID}}"
            for name in ("success", "failure", "cancel")
        }
        self._page = HostedPage(standin, "")
        self._page.http = requests.Session()
        answer = post(standin, merchant, {**body, "redirectUrls": urls})
        self.session_id, self._href = answer.json()["checkoutSessionId"], answer.json()["href"]

    def _ask(self, method: str, url: str, **more: Any) -> requests.Response:
        parts = urlsplit(url)
        host = (parts.hostname or "").removesuffix(".localhost")
        return self._page.ask(method, f"{parts.path}?{parts.query}", host=host, **more)

    def shop(self, all_are_there: threading.Barrier) -> tuple[str, str]:
        """Make the calls that the page makes.

        Returns:
            What the Pay button showed, and the URL that the shopper was sent to.
        """
        config = _argument(self._ask("GET", self._href).text, "startCheckout")
        number = DECLINED if self.outcome == "failure" else APPROVED
        tokens = {}
        for kind, frame in config["frames"].items():
            field = _argument(self._ask("GET", frame).text, "startField")
            value = {**CARD, "number": number}[kind]
            address = f"{config['fields']}{field['address']}"
            tokens[kind] = self._ask("POST", address, json={"value": value}).json()["token"]
        all_are_there.wait(60)
        if self.outcome == "cancel":
            moves = _argument(self._ask("GET", config["cancel"]).text, "makeMoves")
        else:
            attempt = {"key": "first", "tip": 0, "fields": tokens}
            moves = self._ask("POST", config["pay"], json=attempt).json()["moves"]
        return config["totals"]["0"], moves[-1]["url"]


def test_200_shoppers_at_once_are_neither_lost_nor_mixed_up() -> None:
    """Each is shown its own price, is sent to its own URL, and is charged once or not at all."""
    with StandIn() as standin, ThreadPoolExecutor(SHOPPERS) as pool:
        merchants = [standin.new_merchant(name=f"Store {number}") for number in range(5)]
        shoppers = list(
            pool.map(
                lambda number: Shopper(standin, merchants[number % 5], number), range(SHOPPERS)
            )
        )
        all_are_there = threading.Barrier(SHOPPERS)
        seen = list(pool.map(lambda shopper: shopper.shop(all_are_there), shoppers))
        records = [standin.checkout(shopper.session_id) for shopper in shoppers]

    assert seen == [
        (
            f"${each.price / 100:.2f}",
            f"{SITE}/{each.number}/{each.outcome}?session={each.session_id}",
        )
        for each in shoppers
    ]
    assert [
        (record.merchant_id, [payment.amount_cents for payment in record.payments])
        for record in records
    ] == [
        (each.merchant.id, [each.price] if each.outcome == "success" else []) for each in shoppers
    ]


def _kept() -> int:
    """The number of objects of the stand-in's classes that are still referred to."""
    gc.collect()
    return sum(str(type(each).__module__).startswith("standin.") for each in gc.get_objects())


def test_memory_is_the_same_after_5_and_after_8_hours() -> None:
    """Sessions, payments, sign-ins and create calls are forgotten as fast as new ones come."""
    with StandIn(shows_calls=True) as standin:
        merchant, kept = standin.merchant, []
        for _ in range(8):
            for _ in range(6):
                for card in (APPROVED, DECLINED):
                    open_page(standin, merchant).pay(card)
                post(standin, merchant)
                post(standin, merchant, {})
                Visitor(standin).sign_in(merchant)
                standin.clock.advance(600)
            kept.append(_kept())

    assert kept[4:] == [kept[4]] * 4
