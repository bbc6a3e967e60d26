"""Probes of the API, without a browser or a payment."""

from typing import Any

from clover.models import CheckoutSession
from records.outcome import Outcome
from suite.sample_order import sample_request
from tools.observe.checkout import observe_plain_http
from tools.observe.questions import ODD_URLS, odd_key
from tools.observe.reading import refusal_or_taken
from tools.observe.visit import ProbeContext

PLAIN_HTTP = "http://merchant.example/observe/plain"


def observe_answer(context: ProbeContext) -> None:
    """Look at the answer to an ordinary request."""
    read_back(context, context.create_checkout().session)


def read_back(context: ProbeContext, session: CheckoutSession) -> None:
    """Ask for a session once more."""
    status = context.merchant.client.read_back(session.session_id).status
    context.notes.see("read-back", str(status), status)


def observe_refusals(context: ProbeContext) -> None:
    """Leave out what may be left out, and see whether that is refused."""
    notes, client, body = context.notes, context.merchant.client, sample_request().body()
    answer = client.post(body, headers={"User-Agent": None})
    if answer.status in {200, 400, 401, 403}:
        notes.see("user-agent", refusal_or_taken(answer), answer.status != 200)
    else:
        notes.miss(refusal_or_taken(answer), "user-agent")
    answer = client.post({key: value for key, value in body.items() if key != "customer"})
    known = answer.status if answer.status in {400, 404} else None
    notes.see("missing-customer", refusal_or_taken(answer), known)
    cart = {"lineItems": [{"name": "itemA", "price": 500}]}
    answer = client.post({**body, "shoppingCart": cart})
    notes.see("missing-quantity", refusal_or_taken(answer), answer.status)


def observe_urls(context: ProbeContext) -> None:
    """Try each odd redirect URL; then ``http://``."""
    notes, merchant = context.notes, context.merchant
    for name, url in ODD_URLS.items():
        notes.see(odd_key(name), refusal_or_taken(merchant.client.post(_with_success(url))))
    observe_http(context)


def observe_http(context: ProbeContext) -> None:
    """Try a plain HTTP redirect URL, and pay if it is accepted."""
    notes, merchant = context.notes, context.merchant
    answer = merchant.client.post(_with_success(PLAIN_HTTP))
    if answer.problem() is None:
        request = sample_request({Outcome.SUCCESS: PLAIN_HTTP})
        observe_plain_http(context, merchant.checkout(answer.session(), request))
        return
    notes.see("http-url", refusal_or_taken(answer), "reject" if answer.status == 400 else None)


def _with_success(url: str) -> dict[str, Any]:
    # The client's model would change odd URLs.
    return {**sample_request().body(), "redirectUrls": {"success": url}}
