"""Signed webhook notifications of approved and declined payments.

Source: docs/sources.md, Webhook.
"""

import contextlib
import hashlib
import hmac
import http.client
import json
import ssl
from urllib.parse import urlsplit

from standin.behaviour import Behaviour
from standin.merchants import Merchant, new_id

_TIMEOUT_S = 5.0


def is_loopback(url: str) -> bool:
    """Whether a webhook URL leads to this machine; the stand-in calls no other one."""
    host = (urlsplit(url).hostname or "").removesuffix(".")
    return host in {"127.0.0.1", "::1", "localhost"}


def write_body(
    behaviour: Behaviour,
    *,
    merchant_id: str,
    session_id: str,
    approved: bool,
    amount_cents: int,
    at_s: float,
) -> bytes:
    """Write the JSON of one notification; ``created`` has decimals, as measured."""
    note: dict[str, object] = {
        "type": "PAYMENT",
        "id": new_id(),
        "merchantId": merchant_id,
        "created": round(at_s, 3),
        "status": "APPROVED" if approved else "DECLINED",
        "message": f"Approved for {amount_cents}" if approved else "Declined",
    }
    if behaviour.webhook_session_key in {"both", "data"}:
        note["data"] = session_id
    if behaviour.webhook_session_key in {"both", "checkoutSessionId"}:
        note["checkoutSessionId"] = session_id
    return json.dumps(note).encode()


def sign(secret: str, body: bytes, at_s: float) -> str:
    """The value of ``Clover-Signature``."""
    stamp = str(int(at_s))
    digest = hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256)
    return f"t={stamp},v1={digest.hexdigest()}"


def send(merchant: Merchant, body: bytes, at_s: float) -> str:
    """Post a notification once; return the status, or why there is none.

    Blocks for up to 5 seconds.
    """
    if not is_loopback(merchant.webhook_url):
        return "not sent: the stand-in calls loopback addresses only"
    url = urlsplit(merchant.webhook_url)
    port = url.port or (443 if url.scheme == "https" else 80)
    connection: http.client.HTTPConnection
    if url.scheme == "https":
        context = ssl.create_default_context(cafile=merchant.webhook_ca)
        connection = http.client.HTTPSConnection(
            url.hostname or "", port, timeout=_TIMEOUT_S, context=context
        )
    else:
        connection = http.client.HTTPConnection(url.hostname or "", port, timeout=_TIMEOUT_S)
    target = (url.path or "/") + (f"?{url.query}" if url.query else "")
    headers = {
        "Content-Type": "application/json",
        "Clover-Signature": sign(merchant.webhook_secret, body, at_s),
    }
    with contextlib.closing(connection):
        try:
            connection.request("POST", target, body, headers)
            return str(connection.getresponse().status)
        except (OSError, http.client.HTTPException) as error:
            return f"no answer: {error}"
