"""The API: one endpoint, as lean as may be, since load tests live on it.

Source of statuses and bodies: facts 1.2 to 1.5 and 9.1.
"""

import hmac
import json
import os
import uuid
from datetime import UTC, datetime

from starlette.types import Receive, Scope, Send

from standin.intake import Refused, check_request
from standin.merchants import Merchant
from standin.provider import Provider

CREATE_PATH = "/invoicingcheckoutservice/v1/checkouts"
LARGEST_BODY_BYTES = 1 << 20

_JSON_HEADER = (b"content-type", b"application/json")


class Api:
    """The ASGI application of the API's host."""

    def __init__(self, provider: Provider) -> None:
        self._provider = provider

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        try:
            _check_target(scope)
            merchant = self._authorize(scope["headers"])
            status, answer = 200, self._create(merchant, await _read(receive))
        except Refused as refusal:
            status, answer = refusal.status, json.dumps({"message": refusal.message}).encode()
        headers = [_JSON_HEADER, (b"content-length", str(len(answer)).encode())]
        if status == 405:
            headers.append((b"allow", b"POST"))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": answer})

    def _authorize(self, headers: list[tuple[bytes, bytes]]) -> Merchant:
        merchant_id = authorization = b""
        user_agent = False
        for name, value in headers:
            if name == b"x-clover-merchant-id":
                merchant_id = value
            elif name == b"authorization":
                authorization = value
            elif name == b"user-agent":
                user_agent = bool(value)
        merchant = self._provider.merchants.get(merchant_id.decode("latin-1"))
        scheme, _, token = authorization.partition(b" ")
        known = merchant.token.encode() if merchant else b"no merchant has this token"
        same = hmac.compare_digest(token.strip(), known)
        if merchant is None or not same or scheme.lower() != b"bearer":
            raise Refused("401 Unauthorized", 401)
        if merchant.behaviour.user_agent_required and not user_agent:
            raise Refused("User-Agent header is required.")
        return merchant

    def _create(self, merchant: Merchant, body: bytes) -> bytes:
        behaviour = merchant.behaviour
        try:
            parsed = json.loads(body)
        except (ValueError, RecursionError):
            raise Refused("The request body is not valid JSON.") from None
        urls, _ = check_request(
            parsed,
            plain_http=behaviour.http_url != "reject",
            missing_customer_status=behaviour.missing_customer_status,
        )
        session_id = str(uuid.UUID(bytes=os.urandom(16), version=4))
        session = self._provider.sessions.add(session_id, merchant, body, urls)
        created = _timestamp(session.created, behaviour.time_format)
        expires = _timestamp(session.expires, behaviour.time_format)
        return (
            f'{{"href":"{self._provider.href(session)}","checkoutSessionId":"{session_id}",'
            f'"createdTime":{created},"expirationTime":{expires}}}'
        ).encode()


def _check_target(scope: Scope) -> None:
    if scope["path"] != CREATE_PATH:
        raise Refused("404 Not Found", 404)
    if scope["method"] != "POST":
        raise Refused("405 Method Not Allowed", 405)


async def _read(receive: Receive) -> bytes:
    """The whole body of a request."""
    message = await receive()
    body: bytes = message.get("body", b"")
    while message.get("more_body"):
        message = await receive()
        body += message.get("body", b"")
        if len(body) > LARGEST_BODY_BYTES:
            raise Refused("The request body is too large.", 413)
    return body


def _timestamp(seconds: float, style: str) -> str:
    """A moment as JSON, in one of the four shapes that were seen. Source: facts 1.4."""
    if style == "unix-ms":
        return str(int(seconds * 1000))
    moment = datetime.fromtimestamp(seconds, UTC)
    joint, zone = {"z": ("T", "Z"), "offset": ("T", "+0000"), "at": ("@", "+0000")}[style]
    text = moment.isoformat(joint, "milliseconds")
    return f'"{text.removesuffix("+00:00")}{zone}"'
