"""Signed webhook notifications of approved and declined payments.

Source: docs/sources.md, Webhook.
"""

import asyncio
import hashlib
import hmac
import json
from urllib.parse import urlsplit

import requests

from standin.clock import Clock
from standin.merchants import Merchant, new_id
from standin.record import Event
from standin.sessions import Notification, Session

_TIMEOUT_S = 5.0


def is_loopback(url: str) -> bool:
    """Whether a webhook URL leads to this machine."""
    host = (urlsplit(url).hostname or "").removesuffix(".")
    return host in {"127.0.0.1", "::1", "localhost"}


def write(
    merchant: Merchant, session_id: str, *, approved: bool, amount_cents: int, at_s: float
) -> Notification:
    """Write one notification; ``created`` has decimals, as measured."""
    key = merchant.behaviour.webhook_session_key
    status = "APPROVED" if approved else "DECLINED"
    note: dict[str, object] = {
        "type": "PAYMENT",
        "id": new_id(),
        "merchantId": merchant.id,
        "created": round(at_s, 3),
        "status": status,
        "message": f"Approved for {amount_cents}" if approved else "Declined",
    }
    if key in {"both", "data"}:
        note["data"] = session_id
    if key in {"both", "checkoutSessionId"}:
        note["checkoutSessionId"] = session_id
    return Notification(json.dumps(note).encode(), status)


def sign(secret: str, body: bytes, at_s: float) -> str:
    """The value of ``Clover-Signature``."""
    stamp = str(int(at_s))
    digest = hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256)
    return f"t={stamp},v1={digest.hexdigest()}"


def send(merchant: Merchant, body: bytes, at_s: float) -> str:
    """Post a notification once; return the status, or why there is none.

    Blocks for up to 5 seconds.
    """
    if not (merchant.remote_webhooks or is_loopback(merchant.webhook_url)):
        return "not sent: the stand-in calls loopback addresses only"
    is_signed = merchant.behaviour.webhook_signature == "valid"
    secret = merchant.webhook_secret if is_signed else "a secret of nobody"
    headers = {"Content-Type": "application/json", "Clover-Signature": sign(secret, body, at_s)}
    with requests.Session() as session:
        session.trust_env = False  # a proxy would not reach this machine
        session.verify = str(merchant.webhook_ca) if merchant.webhook_ca else True
        try:
            answer = session.post(
                merchant.webhook_url,
                body,
                headers=headers,
                timeout=_TIMEOUT_S,
                allow_redirects=False,
            )
        except OSError as error:  # of requests, or a CA file that is gone
            return f"no answer: {error}"
    return str(answer.status_code)


async def notify(session: Session, note: Notification, clock: Clock) -> None:
    """Send a notification, signed with the time of sending, and record the answer."""
    came = await asyncio.to_thread(send, session.merchant, note.body, clock.now())
    note.answers.append(Event(clock.now(), "webhook", came))
    session.log_event(clock.now(), "webhook", came)
