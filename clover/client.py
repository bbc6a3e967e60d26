"""The client of the one API call that this project makes.

Source: https://docs.clover.com/reference/createcheckout
"""

import json
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from typing import Self
from urllib.parse import quote

from pydantic import SecretStr

from clover.answers import Answer
from clover.connection import Connection, Reply
from clover.errors import NoAnswer
from clover.hosts import API_PATH, api_base
from clover.models import CheckoutRequest, CheckoutSession
from clover.rate_limit import Limiter
from clover.redaction import Redactor
from clover.request_headers import RequestHeaders
from clover.retries import Patience, retry_after_s
from clover.transport import FAILURES, explain
from records.exchange import Exchange

_RECORD_AT_MOST = 1 << 16


class CheckoutsClient:
    """Opens checkouts, keeping its connections and every exchange.

    May be used by several threads at once.

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
        limiter: Limiter | None = None,
        timeout_s: float = 30.0,
        user_agent: str = "clover-redirect-suite/1.0",
        patience: Patience | None = None,
        wait: Callable[[float], object] | None = None,
    ) -> None:
        """Prepare a client; nothing is sent yet.

        Args:
            api_url: the API's base.
            merchant_id: of the merchant who owns the token.
            token: the private token of the HOSTED_CHECKOUT integration.
            verify: True trusts what requests trusts, REQUESTS_CA_BUNDLE included; the path of a
                CA file trusts that file, whatever the environment says.
            limiter: holds requests back; None where there is no limit, as on the stand-in.
            timeout_s: seconds for one whole answer.
            user_agent: documented as required since April 2026.
            patience: how often and how long a 429 or a failed connection is tried again.
            wait: waits for the seconds it is given.

        Raises:
            AddressProblem: ``api_url`` is no address to talk to, or is production.
            HeaderProblem: merchant id or token cannot be sent in a header.
        """
        self._base = api_base(api_url, name="The API's URL")
        self._headers = RequestHeaders(merchant_id, token, user_agent)
        self._redactor = Redactor([token])
        self._limiter = limiter
        self._connection = Connection(self._base, verify=verify, timeout_s=timeout_s)
        self._patience = patience or Patience()
        self._wait = wait or threading.Event().wait
        self.exchanges: list[Exchange] = []

    def __repr__(self) -> str:
        return f"CheckoutsClient({self._base!r}, {self._headers.merchant_id!r})"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections that are kept."""
        self._connection.close()

    def create(self, request: CheckoutRequest) -> CheckoutSession:
        """Open a checkout.

        Raises:
            ApiProblem: there is no session, or none that can be used, with cause and cure.
        """
        return self.post(request.body()).session()

    def post(self, body: object, *, headers: Mapping[str, str | None] | None = None) -> Answer:
        """Send any body to the create call, right or wrong, and return whatever it answers.

        Args:
            body: bytes are sent as they are, everything else as JSON.
            headers: replace the usual ones; None leaves one out.

        Raises:
            NoAnswer: no whole answer came.
            HeaderProblem: a header cannot be sent.
        """
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self._ask("POST", self._base + API_PATH, data, headers or {})

    def read_back(self, session_id: str) -> Answer:
        """Ask for a session that exists; Clover has no such call and answers 404 (measured).

        Raises:
            NoAnswer: no whole answer came.
        """
        return self._ask("GET", f"{self._base}{API_PATH}/{quote(session_id, safe='')}", b"", {})

    def _ask(self, method: str, url: str, data: bytes, changes: Mapping[str, str | None]) -> Answer:
        """Ask until there is an answer to keep, within the bounds of patience."""
        waited_s = 0.0
        tries = 0
        while True:
            outcome = self._try(method, url, data, changes)
            tries += 1
            pause_s = self._pause_s(outcome, tries, waited_s)
            if pause_s is None:
                break
            self._wait(pause_s)
            waited_s += pause_s
        if isinstance(outcome, NoAnswer):
            # Raised outside of any handler, so that nothing is chained to it: the frames of
            # requests hold the token in clear, and pytest can print the locals of frames.
            raise outcome
        return outcome

    def _pause_s(self, outcome: Answer | NoAnswer, tries: int, waited_s: float) -> float | None:
        if isinstance(outcome, NoAnswer):
            return self._patience.pause_s(tries, waited_s) if outcome.never_sent else None
        if outcome.status != 429:
            return None
        return self._patience.pause_s(tries, waited_s, told_s=retry_after_s(outcome.headers))

    def _try(
        self, method: str, url: str, data: bytes, changes: Mapping[str, str | None]
    ) -> Answer | NoAnswer:
        headers = self._headers.with_changes(changes)
        auth = self._headers.auth(changes)
        with self._limiter.turn() if self._limiter else nullcontext():
            began_s = time.perf_counter()
            try:
                reply: Reply | NoAnswer = self._connection.send(
                    method, url, data, headers=headers, auth=auth
                )
            except FAILURES as error:
                asked = f"{method} {self._redactor.text(url)}"
                reply = explain(error, asked=asked, host=self._connection.host)
            ms = round((time.perf_counter() - began_s) * 1000, 1)
        exchange = Exchange(
            method=method,
            url=self._redactor.text(url),
            status=None if isinstance(reply, NoAnswer) else reply.status,
            ms=ms,
            request_body=self._recorded(data.decode(errors="replace")),
            response_body="" if isinstance(reply, NoAnswer) else self._recorded(reply.body),
            failure=str(reply) if isinstance(reply, NoAnswer) else "",
        )
        self.exchanges.append(exchange)
        if isinstance(reply, NoAnswer):
            return reply
        return Answer(
            asked=f"{method} {exchange.url}",
            status=reply.status,
            headers={name: self._redactor.text(text) for name, text in reply.headers.items()},
            text=self._redactor.text(reply.body),
            ms=ms,
            redactor=self._redactor,
            hint=self._headers.hint(changes) if reply.status == 401 else "",
        )

    def _recorded(self, body: str) -> str:
        return self._redactor.text(body)[:_RECORD_AT_MOST]
