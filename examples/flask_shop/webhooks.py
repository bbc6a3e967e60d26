"""Clover's signed notification of a payment.

Source: https://docs.clover.com/docs/ecomm-hosted-checkout-webhook
"""

import hmac
import json
import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Note:
    """What a notification says.

    Attributes:
        status: APPROVED or DECLINED.
        amount_cents: None if Clover does not tell it.
    """

    payment_id: str
    session_id: str
    status: str
    amount_cents: int | None


def is_signed(body: bytes, header: str, secret: str, bug: str) -> bool:
    """Whether ``Clover-Signature: t=…,v1=…`` signs these very bytes.

    An old time stamp is accepted: a notification that comes twice changes nothing.
    """
    if bug == "signature-unchecked":
        return True
    if bug == "signature-of-parsed-body":
        body = json.dumps(json.loads(body), separators=(",", ":")).encode()
    parts = dict(part.partition("=")[::2] for part in header.split(","))
    signed = f"{parts.get('t', '')}.".encode() + body
    expected = hmac.new(secret.encode(), signed, "sha256").hexdigest()
    return hmac.compare_digest(expected.encode(), parts.get("v1", "").encode())


def read_note(body: bytes, bug: str) -> Note:
    """Read a notification.

    Integrators saw the session's id under another key than the documented one, and the amount in
    the message only (docs/sources.md, Webhook).

    Raises:
        ValueError: the body is not a notification of a payment.
    """
    fields = json.loads(body)
    if not isinstance(fields, dict) or fields.get("type") != "PAYMENT":
        raise ValueError("not a notification of a payment")
    session_id = fields.get("data") or fields.get("checkoutSessionId")
    if bug == "documented-key-only":
        session_id = fields.get("data")
    amount = re.fullmatch(r"Approved for (\d+)", str(fields.get("message")))
    return Note(
        payment_id=str(fields.get("id")),
        session_id=str(session_id),
        status=str(fields.get("status")),
        amount_cents=int(amount[1]) if amount else None,
    )
