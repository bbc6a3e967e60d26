"""The API: one endpoint, kept lean for load tests.

Source of statuses and bodies: docs/sources.md, The API.
"""

import json
import uuid
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from hmac import compare_digest
from typing import Final

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from standin.faults.api_defects import ApiDefect
from standin.integration_check import Finding, check_integration
from standin.merchants import Merchant
from standin.outcomes import RedirectUrls
from standin.provider import Provider
from standin.record import CreateCall
from standin.request_validation import RequestRefused, check_request
from standin.sessions import Session
from standin.web.request_text import request_text

CREATE_PATH = "/invoicingcheckoutservice/v1/checkouts"
LARGEST_BODY_BYTES = 1 << 20

#: Of an API that pages of any origin may call.
_CORS: Final = {
    "access-control-allow-origin": "*",
    "access-control-allow-methods": "POST",
    "access-control-allow-headers": "Authorization, Content-Type, X-Clover-Merchant-Id",
}
_NO_DEFECTS: Final[frozenset[ApiDefect]] = frozenset()


class Api:
    """The ASGI application of the API's host."""

    def __init__(self, provider: Provider) -> None:
        self._provider = provider

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, within the rate limit if there is one."""
        merchants, limit = self._provider.merchants, self._provider.rate_limit
        merchant = merchants.get(Headers(scope=scope).get("x-clover-merchant-id", ""))
        # A preflight request has no headers of the merchant.
        asked = merchant or next(iter(merchants.values()), None)
        cors = _CORS if asked and asked.behaviour.cors == "any" else {}
        if cors and scope["method"] == "OPTIONS":
            await Response(status_code=204, headers=cors)(scope, receive, send)
        elif limit is None or merchant is None:
            await self._answer(scope, receive, send, merchant, cors)
        elif limit.begin(merchant.id):
            try:
                await self._answer(scope, receive, send, merchant, cors)
            finally:
                limit.end(merchant.id)
        else:
            refusal = JSONResponse({"message": "429 Too Many Requests"}, 429, limit.headers)
            await refusal(scope, receive, send)

    async def _answer(
        self,
        scope: Scope,
        receive: Receive,
        send: Send,
        merchant: Merchant | None,
        cors: Mapping[str, str],
    ) -> None:
        request = Request(scope, receive)
        api_defects = merchant.api_defects if merchant else _NO_DEFECTS
        body, authorized, said = b"", None, ""
        try:
            _check_target(scope, api_defects)
            body = await request.body()
            authorized = _authorized(merchant, request.headers)
            status, answer = 200, self._create(authorized, body, scope["scheme"])
        except RequestRefused as refusal:
            said = "" if ApiDefect.NO_WORDS in api_defects else refusal.message
            if merchant and ApiDefect.TOKEN_IN_REFUSAL in api_defects:
                said += f" {merchant.token}"
            status, answer = refusal.status, json.dumps({"message": said}).encode()
        if merchant and self._provider.reports_calls:
            found = _findings(body, authorized, request.headers) if authorized else []
            call = CreateCall(
                at_s=self._provider.clock.now(),
                merchant_id=merchant.id,
                status=status,
                message=said,
                session_id=merchant.latest_session if status == 200 else "",
                request=request_text(body, merchant.token),
                findings=tuple(found),
            )
            self._provider.report(call)
        kind = "text/html" if ApiDefect.SENT_AS_PAGE in api_defects else "application/json"
        allow = {"allow": "POST"} if status == 405 else {}
        headers = {"content-type": kind, **allow, **cors}
        await Response(answer, status, headers)(scope, receive, send)

    def _create(self, merchant: Merchant, body: bytes, scheme: str) -> bytes:
        behaviour = merchant.behaviour
        if len(body) > LARGEST_BODY_BYTES:
            raise RequestRefused("The request body is too large.", 413)
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
        session = self._session(merchant, body, urls, scheme)
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

    def _session(self, merchant: Merchant, body: bytes, urls: RedirectUrls, scheme: str) -> Session:
        if ApiDefect.SAME_SESSION in merchant.api_defects:
            latest = self._provider.sessions.find(merchant.latest_session)
            if latest and latest.body == body:
                return latest
        session_id = str(uuid.uuid4())
        return self._provider.sessions.add(session_id, merchant, body, urls, scheme)


def _authorized(merchant: Merchant | None, headers: Headers) -> Merchant:
    """The merchant, if the request has its token."""
    scheme, _, token = headers.get("authorization", "").partition(" ")
    known = merchant.token if merchant else "no merchant has this token"
    same = scheme.lower() == "bearer" and compare_digest(token.strip().encode(), known.encode())
    if merchant is None or not (same or ApiDefect.TOKEN_UNCHECKED in merchant.api_defects):
        raise RequestRefused("401 Unauthorized", 401)
    asked = merchant.behaviour.user_agent_required and not headers.get("user-agent")
    if asked and ApiDefect.AGENT_UNCHECKED not in merchant.api_defects:
        raise RequestRefused("User-Agent header is required.")
    return merchant


def _findings(body: bytes, merchant: Merchant, headers: Headers) -> list[Finding]:
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
            has_user_agent=bool(headers.get("user-agent")),
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


def _timestamp(seconds: float, style: str) -> str:
    """Format a time as JSON, in one of the four measured formats. Source: docs/sources.md."""
    if style == "unix-ms":
        return str(int(seconds * 1000))
    moment = datetime.fromtimestamp(seconds, UTC)
    joint, zone = {"z": ("T", "Z"), "offset": ("T", "+0000"), "at": ("@", "+0000")}[style]
    text = moment.isoformat(joint, "milliseconds")
    return f'"{text.removesuffix("+00:00")}{zone}"'
