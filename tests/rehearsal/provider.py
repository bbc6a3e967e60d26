"""A provider with Clover's API and other pages: plain HTTP on loopback, no frames, no scripts.

It shares no code with the stand-in, and answers what the documentation says.
"""

import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from wsgiref.handlers import format_date_time

from flask import Flask, redirect, request
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wrappers import Response

from tests.rehearsal.dashboard import Dashboard

Page = str | tuple[str, int] | Response
PATH = "/invoicingcheckoutservice/v1/checkouts"
DECLINED = "4005571702222222"
_MISSPELT = ("{checkoutSessionId}", "{CHECKOUT_SESSION}")
_PAGE = """<!doctype html><html lang="en"><title>Checkout</title>
<h1>Pay {name}</h1><p role="alert">{alert}</p>
<form method="post" action="/checkout/{id}/pay?mode=checkout">
<p><label>Card number <input name="number" inputmode="numeric"></label></p>
<p><label>Expiry date (MM/YY) <input name="expiry"></label></p>
<p><label>CVV <input name="cvv"></label></p>
<p><label>ZIP code <input name="zip"></label></p>
{captcha}<button {state}>{pay} ${total}</button></form>
<p><a href="/checkout/{id}/leave?mode=checkout">Cancel and return to the shop</a></p></html>"""
_CAPTCHA = "<p><label><input type=checkbox> I'm not a robot</label></p>"
_DOWN = "<!doctype html><title>Back soon</title><h1>We will be back soon</h1>"


@dataclass(slots=True)
class Session:
    """One checkout session."""

    id: str
    urls: dict[str, str]
    total_cents: int
    paid: bool = False
    word: str = field(default_factory=lambda: uuid.uuid4().hex[:10])


@dataclass(slots=True)
class Rehearsal:
    """The running provider.

    Attributes:
        origin: scheme, host and port.
        calls: the bodies of all create calls that named the right token.
        requests: how many requests the API has got.
        payments: how many times each card was used.
        dashboard: the Merchant Dashboard.
        most_open: the most hosted pages that were open at once.
        captcha: whether a captcha asks for a person, and keeps Pay disabled.
        disabled: whether Pay is disabled without a word.
        refusal: status that the API answers to this token, as to one of another type; 0 for none.
        clock_off_s: how far the clock is ahead.
        velocity_limit: payments after which a card is declined; 0 for no limit.
        busy: how many more requests of the API get 429.
        maintenance: status of a maintenance page in place of the hosted page; 0 for none.
        pay: the word on the Pay button.
        decline: "failure", or "stay" on the page.
        verbatim: whether placeholders arrive as written.
        paid: set by every payment.
        winner: the source whose URLs win, "dashboard" or "request".
        winner_alone: whether the winner's missing URLs are not taken from the other source.
        lives_s: seconds that a session lives, taken in turn.
        others: what {ERROR_CODE} in a success or cancel URL becomes, and a misspelt placeholder.
        refuses: whether the API refuses a redirect URL.
        created: the status of a new session.
        time: writes a time into the API's answers.
        page: the path of the hosted page, with {id} for the session or {word} for another word.
        received, sorry: what the page says after a payment and after a decline.
        html_errors: whether the API's errors are HTML pages.
        delay_s: seconds between a payment and its redirect.
        declines_all: whether no card is approved.
        swaps: whether an approved payment leads to the failure URL.
        takes_http: whether ``http://`` URLs are accepted, and redirected to.
    """

    origin: str = ""
    merchant_id: str = "REHEARSAL1234"
    token: str = field(default_factory=lambda: uuid.uuid4().hex)
    sessions: dict[str, Session] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    calls: list[dict[str, Any]] = field(default_factory=list)
    requests: int = 0
    payments: Counter[str] = field(default_factory=Counter)
    dashboard: Dashboard = field(default_factory=Dashboard)
    most_open: int = 0
    captcha: bool = False
    disabled: bool = False
    refusal: int = 0
    clock_off_s: float = 0
    velocity_limit: int = 0
    busy: int = 0
    maintenance: int = 0
    pay: str = "Pay"
    decline: str = "failure"
    verbatim: bool = False
    winner: str = "dashboard"
    winner_alone: bool = False
    lives_s: Sequence[int] = (900,)
    others: str = ""
    refuses: Callable[[str], bool] = lambda _: False
    created: int = 200
    time: Callable[[datetime], object] = "{:%Y-%m-%dT%H:%M:%S.000Z}".format
    page: str = "/checkout/{id}"
    received: str = "Payment Received"
    sorry: str = "Your card was declined."
    html_errors: bool = False
    delay_s: float = 0
    declines_all: bool = False
    swaps: bool = False
    takes_http: bool = True
    paid: threading.Event = field(default_factory=threading.Event)

    def app(self) -> Flask:
        """Return the API and the pages."""
        app = Flask(__name__)
        app.add_url_rule(PATH, view_func=self._create, methods=["POST"])
        app.register_blueprint(self.dashboard.pages())
        app.after_request(self._counted)
        app.add_url_rule("/checkout/<id_>", view_func=self._show)
        app.add_url_rule("/p/<word>", "by_word", lambda word: self._show(self.words[word]))
        app.add_url_rule("/checkout/<id_>/pay", view_func=self._pay, methods=["POST"])
        app.add_url_rule("/checkout/<id_>/leave", view_func=self._leave)
        return app

    def _counted(self, answer: Response) -> Response:
        self.requests += request.path.startswith(PATH)
        if self.html_errors and request.path.startswith(PATH) and answer.status_code >= 400:
            answer.set_data("<!doctype html><h1>Bad Request</h1>")
            answer.content_type = "text/html"
        return answer

    def _create(self) -> tuple[dict[str, Any], int] | tuple[dict[str, Any], int, dict[str, str]]:
        if self.busy:
            self.busy -= 1
            headers = {"X-RateLimit-tokenLimit": "16", "Retry-After": "1"}
            return {"message": "429 Too Many Requests"}, 429, headers
        wanted = f"Bearer {self.token}", self.merchant_id
        given = request.headers.get("Authorization"), request.headers.get("X-Clover-Merchant-Id")
        if given != wanted:
            return {"message": "401 Unauthorized"}, 401
        if self.refusal:
            return {"message": "Not for this integration type"}, self.refusal
        body = request.get_json()
        if refusal := self._refusal(body):
            return refusal
        self.calls.append(body)
        lines = body["shoppingCart"]["lineItems"]
        total = sum(line["price"] * line["unitQty"] for line in lines)
        session = Session(str(uuid.uuid4()), self._urls(body.get("redirectUrls") or {}), total)
        self.sessions[session.id] = session
        self.words[session.word] = session.id
        path = self.page.format(id=session.id, word=session.word)
        life_s = self.lives_s[len(self.sessions) % len(self.lives_s)]
        now = datetime.now(UTC)
        return {
            "href": f"{self.origin}{path}?mode=checkout",
            "checkoutSessionId": session.id,
            "createdTime": self.time(now),
            "expirationTime": self.time(now + timedelta(seconds=life_s)),
        }, self.created

    def _refusal(self, body: dict[str, Any]) -> tuple[dict[str, Any], int] | None:
        urls = (body.get("redirectUrls") or {}).values()
        if not self.takes_http and any(url.startswith("http:") for url in urls):
            return {"message": "Redirect URLs must be https"}, 400
        if any(map(self.refuses, urls)):
            return {"message": "Not a valid redirect URL"}, 400
        if "customer" not in body:
            return {"message": "A customer is missing"}, 404
        if not all("unitQty" in line for line in body["shoppingCart"]["lineItems"]):
            return {"message": "Item quantity can not be null."}, 400
        return None

    def _urls(self, asked: dict[str, str]) -> dict[str, str]:
        sources = [asked, self.dashboard.urls]
        winner = sources.pop(self.winner == "dashboard")
        return winner if self.winner_alone and winner else {**sources[0], **winner}

    def _show(self, id_: str, alert: str = "") -> str | tuple[str, int]:
        if self.maintenance:
            return _DOWN, self.maintenance
        session = self.sessions[id_]
        if session.paid:
            return f"<!doctype html><h1>{self.received}</h1>"
        self.dashboard.open.add(id_)
        self.most_open = max(self.most_open, len(self.dashboard.open))
        total = f"{session.total_cents / 100:.2f}"
        return _PAGE.format(
            name="Rehearsal",
            alert=alert,
            id=id_,
            total=total,
            captcha=_CAPTCHA if self.captcha else "",
            state="disabled" if self.captcha or self.disabled else "",
            pay=self.pay,
        )

    def _pay(self, id_: str) -> Page:
        session = self.sessions[id_]
        number = request.form["number"].replace(" ", "")
        self.payments[number] += 1
        self.paid.set()
        worn_out = 0 < self.velocity_limit < self.payments[number]
        if number == DECLINED or worn_out or self.declines_all:
            if self.decline == "stay":
                return self._show(id_, self.sorry)
            return self._send(session, "failure")
        session.paid = True
        return self._send(session, "failure" if self.swaps and session.urls else "success")

    def _leave(self, id_: str) -> Page:
        return self._send(self.sessions[id_], "cancel")

    def _send(self, session: Session, outcome: str) -> Page:
        url = session.urls.get(outcome)
        if url is None:
            return self._show(session.id, self.sorry if outcome == "failure" else "")
        self.dashboard.open.discard(session.id)
        threading.Event().wait(self.delay_s)
        if not self.verbatim:
            code = "card_declined" if outcome == "failure" else self.others or "{ERROR_CODE}"
            url = url.replace("{CHECKOUT_SESSION_ID}", session.id).replace("{ERROR_CODE}", code)
            for name in _MISSPELT:
                url = url.replace(name, self.others or name)
        return redirect(url, 303)


@contextmanager
def rehearsal() -> Iterator[Rehearsal]:
    """Run the provider on a free loopback port."""
    provider = Rehearsal()

    class Handler(WSGIRequestHandler):
        def date_time_string(self, timestamp: float | None = None) -> str:
            return format_date_time((timestamp or time.time()) + provider.clock_off_s)

    server = make_server("127.0.0.1", 0, provider.app(), threaded=True, request_handler=Handler)
    provider.origin = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
