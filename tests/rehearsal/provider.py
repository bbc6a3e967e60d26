"""A provider with Clover's API and other pages: plain HTTP on loopback, no frames, no scripts.

It shares no code with the stand-in, and answers what the documentation says.
"""

import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, redirect, request
from werkzeug.serving import make_server
from werkzeug.wrappers import Response

PATH = "/invoicingcheckoutservice/v1/checkouts"
DECLINED = "4005571702222222"
_PAGE = """<!doctype html><html lang="en"><title>Checkout</title>
<h1>Pay {name}</h1><p role="alert">{alert}</p>
<form method="post" action="/checkout/{id}/pay?mode=checkout">
<p><label>Card number <input name="number" inputmode="numeric"></label></p>
<p><label>Expiry date (MM/YY) <input name="expiry"></label></p>
<p><label>CVV <input name="cvv"></label></p>
<p><label>ZIP code <input name="zip"></label></p>
<button>Pay ${total}</button></form>
<p><a href="/checkout/{id}/leave?mode=checkout">Cancel and return to the shop</a></p></html>"""


@dataclass(slots=True)
class Session:
    """One checkout session."""

    id: str
    urls: dict[str, str]
    total_cents: int
    paid: bool = False


@dataclass(slots=True)
class Rehearsal:
    """The running provider.

    Attributes:
        origin: scheme, host and port.
        calls: the bodies of all create calls.
    """

    origin: str = ""
    merchant_id: str = "REHEARSAL1234"
    token: str = field(default_factory=lambda: uuid.uuid4().hex)
    sessions: dict[str, Session] = field(default_factory=dict)
    calls: list[dict[str, Any]] = field(default_factory=list)

    def app(self) -> Flask:
        """Return the API and the pages."""
        app = Flask(__name__)
        app.add_url_rule(PATH, view_func=self._create, methods=["POST"])
        app.add_url_rule("/checkout/<id_>", view_func=self._show)
        app.add_url_rule("/checkout/<id_>/pay", view_func=self._pay, methods=["POST"])
        app.add_url_rule("/checkout/<id_>/leave", view_func=self._leave)
        return app

    def _create(self) -> tuple[dict[str, Any], int]:
        wanted = f"Bearer {self.token}", self.merchant_id
        given = request.headers.get("Authorization"), request.headers.get("X-Clover-Merchant-Id")
        if given != wanted:
            return {"message": "401 Unauthorized"}, 401
        body = request.get_json()
        self.calls.append(body)
        lines = body["shoppingCart"]["lineItems"]
        total = sum(line["price"] * line["unitQty"] for line in lines)
        session = Session(str(uuid.uuid4()), body.get("redirectUrls") or {}, total)
        self.sessions[session.id] = session
        href = f"{self.origin}/checkout/{session.id}?mode=checkout"
        return {
            "href": href,
            "checkoutSessionId": session.id,
            "createdTime": "2026-11-26T08:00:00.000Z",
            "expirationTime": "2026-11-26T08:15:00.000Z",
        }, 200

    def _show(self, id_: str, alert: str = "") -> str:
        session = self.sessions[id_]
        if session.paid:
            return "<h1>Payment Received</h1>"
        total = f"{session.total_cents / 100:.2f}"
        return _PAGE.format(name="Rehearsal", alert=alert, id=id_, total=total)

    def _pay(self, id_: str) -> str | Response:
        session = self.sessions[id_]
        number = request.form["number"].replace(" ", "")
        if number == DECLINED:
            return self._send(session, "failure", "{ERROR_CODE}", "card_declined")
        session.paid = True
        return self._send(session, "success", "{CHECKOUT_SESSION_ID}", session.id)

    def _leave(self, id_: str) -> str | Response:
        return self._send(self.sessions[id_], "cancel", "{CHECKOUT_SESSION_ID}", id_)

    def _send(self, session: Session, outcome: str, name: str, value: str) -> str | Response:
        url = session.urls.get(outcome)
        if url is None:
            return self._show(session.id, "Your card was declined." if outcome == "failure" else "")
        return redirect(url.replace(name, value), 303)


@contextmanager
def rehearsal() -> Iterator[Rehearsal]:
    """Run the provider on a free loopback port."""
    provider = Rehearsal()
    server = make_server("127.0.0.1", 0, provider.app(), threaded=True)
    provider.origin = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
