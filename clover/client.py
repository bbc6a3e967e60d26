"""The client of Clover's create-checkout call.

Sources: https://docs.clover.com/reference/createcheckout, for rate limits
https://docs.clover.com/docs/api-usage-rate-limits, for the User-Agent the changelog
https://docs.clover.com/dev/changelog/clover-api-updates-april-2026.
"""

import json
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from http.client import HTTPException
from http.cookiejar import DefaultCookiePolicy
from typing import Self
from urllib.parse import quote

import ada_url
import requests
from pydantic import SecretStr
from requests.adapters import HTTPAdapter
from requests.exceptions import InvalidHeader
from urllib3.exceptions import HTTPError
from urllib3.util import SKIP_HEADER, Retry

from clover.answers import Answer, one_line
from clover.credentials import HeaderProblem, credential_flaw
from clover.errors import NoAnswer
from clover.hints import failure_hint
from clover.hosts import API_PATH, api_base, is_loopback
from clover.models import CheckoutRequest, CheckoutSession
from clover.rate_limit import RateLimit
from clover.redaction import Redactor
from records.exchange import Exchange

# Only a connection that was never made is tried again here: the call is not idempotent, so a
# second POST would create a second session.
_RETRIES = Retry(
    total=3,
    connect=3,
    read=False,
    status=0,
    other=0,
    backoff_factor=0.5,
    respect_retry_after_header=False,
)
# A 429 has created nothing and is tried again in ``_ask``, where each try waits for its turn. The
# pauses apply if the server names none.
_PAUSES_S = (0.5, 1.0, 2.0)
_LONGEST_WAIT_S = 60.0

_MERCHANT_ID_LENGTH = 13
_CONNECT_S = 5.0
_LARGEST_BODY = 1 << 20
_LONGEST_RECORD = 1 << 16


Headers = Mapping[str, str | None]
"""Headers that replace the usual ones; None leaves one out."""


class CheckoutsClient:
    """Creates checkout sessions, and keeps its connections and every exchange. Thread-safe.

    Attributes:
        exchanges: every request sent, in the order in which they ended.
    """

    def __init__(
        self,
        api_url: str,
        merchant_id: str,
        token: SecretStr,
        *,
        verify: bool | str = True,
        limiter: RateLimit | None = None,
        timeout_s: float = 30.0,
        wait: Callable[[float], object] | None = None,
        pauses_s: Sequence[float] = _PAUSES_S,
    ) -> None:
        """Prepare a client; nothing is sent yet.

        Args:
            api_url: the API's base.
            merchant_id: of the merchant who owns the token.
            token: the private token of the HOSTED_CHECKOUT integration.
            verify: True trusts what requests trusts, REQUESTS_CA_BUNDLE included; the path of a
                CA file trusts that file, whatever the environment says.
            limiter: delays requests; None if there is no limit, as on the stand-in.
            timeout_s: seconds for one complete answer.
            wait: waits for the given seconds before a 429 is tried again.
            pauses_s: one for each further try after a 429; none tries once.

        Raises:
            AddressProblem: ``api_url`` is not a valid address, or is production.
            HeaderProblem: a header cannot carry merchant id or token.
        """
        self._base = api_base(api_url, name="The API's URL")
        self._merchant_id = merchant_id
        # The values stay out of variables, which a traceback could show.
        flaws = {
            "merchant id": credential_flaw(merchant_id),
            "private token": credential_flaw(token.get_secret_value()),
        }
        for name, flaw in flaws.items():
            if flaw:
                raise HeaderProblem(f"The {name} {flaw}: copy it again from the dashboard.")
        self._token = token
        self._redactor = Redactor([token])
        self._verify = verify
        self._limiter = limiter
        self._timeout_s = timeout_s
        self._wait = wait or threading.Event().wait
        self._pauses_s = pauses_s
        self.exchanges: list[Exchange] = []
        address = ada_url.URL(self._base)
        self._host = address.host
        # A proxy of the environment cannot reach this machine's own loopback.
        self._proxies = {"no_proxy": address.hostname} if is_loopback(address.hostname) else {}
        self._session = requests.Session()
        self._session.headers.update(
            {
                "accept": "application/json",
                "content-type": "application/json",
                "x-clover-merchant-id": merchant_id,
                "user-agent": "clover-redirect-suite/1.0",
            }
        )
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        self._session.mount(self._base, HTTPAdapter(pool_maxsize=8, max_retries=_RETRIES))

    def __repr__(self) -> str:
        return f"CheckoutsClient({self._base!r}, {self._merchant_id!r})"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._session.close()

    def create(self, request: CheckoutRequest) -> CheckoutSession:
        """Create a checkout session.

        Raises:
            ApiProblem: there is no usable session; the message has cause and cure.
        """
        return self.post(request.body()).session()

    def post(self, body: object, *, headers: Headers | None = None) -> Answer:
        """Send any body to the create call, valid or not, and return the answer.

        Args:
            body: bytes are sent as they are, everything else as JSON.
            headers: replace the usual ones; None leaves one out.

        Raises:
            NoAnswer: there was no complete answer.
            HeaderProblem: a header cannot be sent.
        """
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self._ask("POST", self._base + API_PATH, data, headers or {})

    def read_back(self, session_id: str) -> Answer:
        """Ask for an existing session; Clover has no such call and answers 404 (measured).

        Raises:
            NoAnswer: there was no complete answer.
        """
        return self._ask("GET", f"{self._base}{API_PATH}/{quote(session_id, safe='')}", b"", {})

    def _ask(self, method: str, url: str, data: bytes, changes: Headers) -> Answer:
        """Ask until the answer is not a 429, or the pauses are used up."""
        changes = {name.lower(): value for name, value in changes.items()}
        waited_s = 0.0
        for default_s in self._pauses_s:
            answer = self._ask_once(method, url, data, changes)
            pause_s = _retry_after_s(answer.headers, default_s)
            waited_s += pause_s
            if answer.status != 429 or waited_s > _LONGEST_WAIT_S:
                return answer
            self._wait(pause_s)
        return self._ask_once(method, url, data, changes)

    def _ask_once(self, method: str, url: str, data: bytes, changes: Headers) -> Answer:
        redact = self._redactor.text
        status: int | None = None
        headers: Mapping[str, str] = {}
        body = failure = ""
        with self._limiter.turn() if self._limiter else nullcontext():
            at_s, began_s = time.monotonic(), time.perf_counter()
            try:
                status, headers, body = self._send(method, url, data, changes)
            except InvalidHeader as error:
                raise HeaderProblem(redact(str(error))) from None
            except (requests.RequestException, HTTPError, HTTPException, OSError) as error:
                failure = f"{method} {redact(url)} {failure_hint(error, self._host)}."
            ms = round((time.perf_counter() - began_s) * 1000, 1)
        sent = redact(data.decode(errors="replace"))
        body = redact(body)
        self.exchanges.append(
            Exchange(
                method=method,
                url=redact(url),
                status=status,
                ms=ms,
                request_body=sent[:_LONGEST_RECORD],
                response_body=body[:_LONGEST_RECORD],
                failure=failure,
                at_s=round(at_s, 4),
            )
        )
        if status is None:
            # Raised outside of the handler, so that nothing is chained to it: the frames of
            # requests hold the token, and pytest can print the locals of frames.
            raise NoAnswer(failure)
        length = len(self._merchant_id)
        odd_id = f"the merchant id has {length} characters instead of {_MERCHANT_ID_LENGTH}"
        # Names alone: a test may send a part of the token, which the redactor does not know.
        changed = f" with other headers: {', '.join(changes)}" if changes else ""
        return Answer(
            asked=f"{method} {redact(url)}",
            sent=(one_line(sent) or "no body") + changed,
            status=status,
            headers={name.lower(): redact(value) for name, value in headers.items()},
            text=body,
            redactor=self._redactor,
            hint=odd_id if status == 401 and length != _MERCHANT_ID_LENGTH else "",
        )

    def _send(
        self, method: str, url: str, data: bytes, changes: Headers
    ) -> tuple[int, Mapping[str, str], str]:
        """Send one request, and return status, headers and body."""
        deadline_s = time.monotonic() + self._timeout_s
        # Without this mark, urllib3 sends its own User-Agent.
        no_agent = {"user-agent": SKIP_HEADER} if changes.get("user-agent", "") is None else {}
        try:
            with self._session.request(
                method,
                url,
                data=data,
                headers={**changes, **no_agent},
                # There is always one, or else requests would take credentials from ~/.netrc.
                auth=(lambda request: request) if "authorization" in changes else self._set_token,
                verify=self._verify,  # per request, since REQUESTS_CA_BUNDLE beats the session's
                proxies=dict(self._proxies),
                timeout=(min(_CONNECT_S, self._timeout_s), self._timeout_s),
                allow_redirects=False,
                stream=True,
            ) as response:
                body = _read(response, deadline_s).decode(errors="replace")
                return response.status_code, response.headers, body
        except BaseException as error:
            # The frames of requests hold the token, and pytest can print the locals of frames:
            # an interrupt, too, goes on without them.
            error.__traceback__ = None
            error.__suppress_context__ = True
            raise

    def _set_token(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """Add the token at the last moment, so that no mapping of ours holds it."""
        request.headers["Authorization"] = f"Bearer {self._token.get_secret_value()}"
        return request


def _read(response: requests.Response, deadline_s: float) -> bytes:
    """Read up to a megabyte as it arrives, so that a slow body does not outlast the deadline."""
    body = bytearray()
    while len(body) < _LARGEST_BODY and (chunk := response.raw.read1(1 << 16, decode_content=True)):
        body += chunk
        if time.monotonic() > deadline_s:
            raise TimeoutError("the body arrived too slowly")
    return bytes(body)


def _retry_after_s(headers: Mapping[str, str], default_s: float) -> float:
    """Return the seconds that ``retry-after`` asks for, or the default if it is unreadable."""
    try:
        return Retry().parse_retry_after(headers.get("retry-after", ""))
    except (HTTPError, ValueError, OverflowError):
        return default_s
