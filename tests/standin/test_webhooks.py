"""Webhook notifications."""

import hashlib
import hmac
import json
import time
from pathlib import Path

import pytest

from standin import Merchant, StandIn
from tests.standin.receiver import Receiver
from tests.standin.shopper import DECLINED, open_page


def notified(standin: StandIn, receiver: Receiver, **switches: object) -> Merchant:
    """Create a merchant that is notified, by default before the answer to the page."""
    merchant = standin.new_merchant(switches={"webhook_timing": "before", **switches})
    merchant.webhook_url = receiver.url
    return merchant


@pytest.mark.parametrize(("switch", "keys"), [
    ("both", {"data", "checkoutSessionId"}),
    *((key, {key}) for key in ("data", "checkoutSessionId")),
])  # fmt: skip
def test_webhook_signing(standin: StandIn, receiver: Receiver, switch: str, keys: set[str]) -> None:
    """The signature covers time and body, and the behaviour's keys hold the session id."""
    merchant = notified(standin, receiver, webhook_session_key=switch)
    shopper = open_page(standin, merchant)
    shopper.pay()

    signature, body = receiver.came.get(timeout=5)
    stamp, digest = (part.split("=")[1] for part in signature.split(","))
    secret, signed = merchant.webhook_secret.encode(), stamp.encode() + b"." + body
    note = json.loads(body)
    assert digest == hmac.new(secret, signed, hashlib.sha256).hexdigest()
    assert note["status"] == "APPROVED"
    assert {key for key, value in note.items() if value == shopper.session_id} == keys


def test_decline_is_reported_as_declined(standin: StandIn, receiver: Receiver) -> None:
    """A decline is reported as DECLINED."""
    open_page(standin, notified(standin, receiver)).pay(DECLINED)
    assert json.loads(receiver.came.get(timeout=5)[1])["status"] == "DECLINED"


def test_webhook_on_its_way_is_sent_before_the_stop(receiver: Receiver) -> None:
    """It is not lost, and its answer is recorded."""
    with StandIn() as standin:
        page = open_page(standin, notified(standin, receiver, webhook_timing="after"))
        page.pay()

    assert json.loads(receiver.came.get_nowait()[1])["status"] == "APPROVED"
    assert standin.checkout(page.session_id).kinds[-1] == "webhook"


@pytest.mark.parametrize(("timing", "times"), [("after", 1), ("duplicate", 2)])
def test_notification_timing(standin: StandIn, receiver: Receiver, timing: str, times: int) -> None:
    """A late notification comes after the answer to the page, once or twice."""
    open_page(standin, notified(standin, receiver, webhook_timing=timing)).pay()
    assert receiver.came.empty()
    assert len({receiver.came.get(timeout=5)[1] for _ in range(times)}) == 1


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/", "https://127.0.0.1:9/"])
def test_failed_notification_is_recorded(standin: StandIn, url: str) -> None:
    """A dead receiver, or a lost CA file, does not affect the payment; the failure is recorded."""
    merchant = standin.new_merchant(switches={"webhook_timing": "before"})
    merchant.webhook_url = url
    merchant.webhook_ca = Path("deleted.pem")
    shopper = open_page(standin, merchant)
    shopper.pay()

    event = standin.checkout(shopper.session_id).events[-1]
    assert event.kind == "webhook"
    assert event.detail.startswith("no answer")


def test_late_notification_waits(standin: StandIn, receiver: Receiver) -> None:
    """A late notification comes after its delay and not before."""
    merchant = standin.new_merchant(switches={"webhook_timing": "late", "webhook_delay_s": 1})
    merchant.webhook_url = receiver.url

    open_page(standin, merchant).pay()
    begun = time.monotonic()
    receiver.came.get(timeout=5)

    assert time.monotonic() - begun > 0.7


def test_notification_of_a_decline_may_come_last(standin: StandIn, receiver: Receiver) -> None:
    """Under ``declined-last`` that of the payment overtakes that of the decline before it."""
    merchant = standin.new_merchant(switches={"webhook_timing": "declined-last", "decline": "stay"})
    merchant.webhook_url = receiver.url
    shopper = open_page(standin, merchant)

    shopper.pay(DECLINED)
    shopper.pay(key="second")

    came = [json.loads(receiver.came.get(timeout=5)[1])["status"] for _ in range(2)]
    assert came == ["APPROVED", "DECLINED"]


def test_only_the_notification_of_a_payment_may_be_late(
    standin: StandIn, receiver: Receiver
) -> None:
    """Under ``approved-late`` that of a decline comes at once, and that of the payment later."""
    switches = {"webhook_timing": "approved-late", "webhook_delay_s": 1, "decline": "stay"}
    merchant = standin.new_merchant(switches=switches)
    merchant.webhook_url = receiver.url
    shopper = open_page(standin, merchant)

    shopper.pay(DECLINED)
    begun = time.monotonic()
    shopper.pay(key="second")

    came = [json.loads(receiver.came.get(timeout=5)[1])["status"] for _ in range(2)]
    assert came == ["DECLINED", "APPROVED"]
    assert time.monotonic() - begun > 0.7


def test_wrong_signature_is_made_with_another_secret(standin: StandIn, receiver: Receiver) -> None:
    """Under ``wrong`` time and body are right, and the digest is not the merchant's."""
    switches = {"webhook_timing": "before", "webhook_signature": "wrong"}
    merchant = standin.new_merchant(switches=switches)
    merchant.webhook_url = receiver.url

    open_page(standin, merchant).pay()

    signature, body = receiver.came.get(timeout=5)
    stamp, digest = (part.split("=")[1] for part in signature.split(","))
    signed = stamp.encode() + b"." + body
    right = hmac.new(merchant.webhook_secret.encode(), signed, hashlib.sha256).hexdigest()
    assert len(digest) == len(right)
    assert digest != right
