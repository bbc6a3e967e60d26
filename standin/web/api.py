"""The API: one endpoint, kept lean for load tests.

Source of statuses and bodies: docs/sources.md, The API.
"""

import hmac
import json
import os
import uuid
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Final

from starlette.types import Receive, Scope, Send

from standin.faults.api_defects import ApiDefect
from standin.integration_check import Finding, check_integration
from standin.merchants import Merchant
from standin.outcomes import RedirectUrls
from standin.provider import Provider
from standin.request_validation import RequestRefused, check_request
from standin.sessions import Session

CREATE_PATH = "/invoicingcheckoutservice/v1/checkouts"
LARGEST_BODY_BYTES = 1 << 20

_NO_DEFECTS: Final[frozenset[ApiDefect]] = frozenset()
_JSON_HEADER = (b"content-type", b"application/json")
_PAGE_HEADER = (b"content-type", b"text/html")


class Api:
    """The ASGI application of the API's host."""

    def __init__(self, provider: Provider) -> None:
        self._provider = provider

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        caller = _Caller.of(scope["headers"])
        merchant = self._provider.merchants.get(caller.merchant_id)
        api_defects = merchant.api_defects if merchant else _NO_DEFECTS
        body = b""
        try:
            _check_target(scope, api_defects)
            self._authorize(merchant, caller)
            assert merchant is not None, "_authorize refuses unknown merchants"
            body = await _read(receive)
            status, answer = 200, self._create(merchant, body)
        except RequestRefused as refusal:
            said = "" if ApiDefect.NO_WORDS in api_defects else refusal.message
            if merchant and ApiDefect.TOKEN_IN_REFUSAL in api_defects:
                said += f" {merchant.token}"
            status, answer = refusal.status, json.dumps({"message": said}).encode()
        if self._provider.on_create and merchant and body:
            self._provider.on_create(status, _findings(body, merchant, caller))
        kind = _PAGE_HEADER if ApiDefect.SENT_AS_PAGE in api_defects else _JSON_HEADER
        headers = [kind, (b"content-length", str(len(answer)).encode())]
        if status == 405:
            headers.append((b"allow", b"POST"))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": answer})

    def _authorize(self, merchant: Merchant | None, caller: "_Caller") -> None:
        scheme, _, token = caller.authorization.partition(b" ")
        known = merchant.token.encode() if merchant else b"no merchant has this token"
        same = hmac.compare_digest(token.strip(), known) and scheme.lower() == b"bearer"
        if merchant is None or not (same or ApiDefect.TOKEN_UNCHECKED in merchant.api_defects):
            raise RequestRefused("401 Unauthorized", 401)
        asked = merchant.behaviour.user_agent_required
        if asked and not caller.has_agent and ApiDefect.AGENT_UNCHECKED not in merchant.api_defects:
            raise RequestRefused("User-Agent header is required.")

    def _create(self, merchant: Merchant, body: bytes) -> bytes:
        behaviour = merchant.behaviour
        try:
            parsed = json.loads(body)
        except (ValueError, RecursionError):
            status = 500 if ApiDefect.SERVER_ERROR in merchant.api_defects else 400
            raise RequestRefused("The request body is not valid JSON.", status) from None
        urls = check_request(
            parsed,
            plain_http=behaviour.http_url != "reject",
            missing_customer_status=behaviour.missing_customer_status,
            api_defects=merchant.api_defects,
        )
        session = self._session(merchant, body, urls)
        href = self._provider.href(session)
        if ApiDefect.HREF_BEFORE in merchant.api_defects:
            href = href.replace(session.id, session.previous or "0")
        if ApiDefect.TOKEN_IN_HREF in merchant.api_defects:
            href += f"&key={merchant.token}"
        created = _timestamp(session.created, behaviour.time_format)
        expires = _timestamp(session.expires, behaviour.time_format)
        echo = (
            f',"redirectUrls":{json.dumps(asdict(urls))}'
            if ApiDefect.URLS_ECHOED in merchant.api_defects
            else ""
        )
        return (
            f'{{"href":"{href}","checkoutSessionId":"{session.id}",'
            f'"createdTime":{created},"expirationTime":{expires}{echo}}}'
        ).encode()

    def _session(self, merchant: Merchant, body: bytes, urls: RedirectUrls) -> Session:
        if ApiDefect.SAME_SESSION in merchant.api_defects:
            latest = self._provider.sessions.find(merchant.latest_session)
            if latest and latest.body == body:
                return latest
        session_id = str(uuid.UUID(bytes=os.urandom(16), version=4))
        return self._provider.sessions.add(session_id, merchant, body, urls)


@dataclass(frozen=True, slots=True)
class _Caller:
    """The credentials in a request's headers."""

    merchant_id: str
    authorization: bytes
    has_agent: bool

    @classmethod
    def of(cls, headers: list[tuple[bytes, bytes]]) -> "_Caller":
        merchant_id = authorization = b""
        has_agent = False
        for name, value in headers:
            if name == b"x-clover-merchant-id":
                merchant_id = value
            elif name == b"authorization":
                authorization = value
            elif name == b"user-agent":
                has_agent = bool(value)
        return cls(merchant_id.decode("latin-1"), authorization, has_agent)


def _findings(body: bytes, merchant: Merchant, caller: _Caller) -> list[Finding]:
    """Return the findings on a request; a body that is no JSON object has none."""
    try:
        parsed = json.loads(body)
    except (ValueError, RecursionError):
        return []
    return (
        check_integration(
            parsed,
            dashboard=asdict(merchant.urls),
            dashboard_wins=merchant.behaviour.precedence != "request",
            has_user_agent=caller.has_agent,
            token=merchant.token,
        )
        if isinstance(parsed, dict)
        else []
    )


def _check_target(scope: Scope, api_defects: frozenset[ApiDefect]) -> None:
    if ApiDefect.READ_BACK in api_defects and scope["method"] == "GET":
        raise RequestRefused("This session is open.", 200)
    if scope["path"] != CREATE_PATH:
        raise RequestRefused("404 Not Found", 404)
    if scope["method"] != "POST":
        raise RequestRefused("405 Method Not Allowed", 405)


async def _read(receive: Receive) -> bytes:
    """The whole body of a request."""
    message = await receive()
    body: bytes = message.get("body", b"")
    while message.get("more_body"):
        message = await receive()
        body += message.get("body", b"")
        if len(body) > LARGEST_BODY_BYTES:
            raise RequestRefused("The request body is too large.", 413)
    return body


def _timestamp(seconds: float, style: str) -> str:
    """Format a time as JSON, in one of the four measured formats. Source: docs/sources.md."""
    if style == "unix-ms":
        return str(int(seconds * 1000))
    moment = datetime.fromtimestamp(seconds, UTC)
    joint, zone = {"z": ("T", "Z"), "offset": ("T", "+0000"), "at": ("@", "+0000")}[style]
    text = moment.isoformat(joint, "milliseconds")
    return f'"{text.removesuffix("+00:00")}{zone}"'
