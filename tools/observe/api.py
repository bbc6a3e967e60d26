"""Probes of the API, without a browser or a payment."""

from typing import Any

from clover.address import parse_or_none
from clover.answers import Answer
from clover.models import CheckoutSession
from clover.times import TimeProblem
from records.outcome import Outcome
from suite.sample_order import sample_request
from tools.observe.checkout import observe_plain_http
from tools.observe.questions import ODD_URLS, odd_key
from tools.observe.reading import time_style
from tools.observe.visit import ProbeContext

PLAIN_HTTP = "http://merchant.example/observe/plain"


def observe_answer(context: ProbeContext) -> None:
    """Look at the answer to an ordinary request."""
    client = context.merchant.client
    see_session(context, client.create(sample_request()))


def see_session(context: ProbeContext, session: CheckoutSession) -> None:
    """Note the parts of an answer, and ask for the session once more."""
    notes, client = context.notes, context.merchant.client
    notes.see("time-format", *time_style(session.created_time))
    try:
        seconds = (session.expires - session.created).total_seconds()
        # Measured lives are some milliseconds short of a whole number.
        notes.see("life", f"{seconds:.3f}", max(1, round(seconds)))
    except TimeProblem as problem:
        notes.miss(str(problem), "life")
    address = parse_or_none(session.href)
    parts = [part for part in (address.path if address else "").split("/") if part]
    known = parts[0] if parts and parts[0] in {"pay-checkout", "checkout"} else None
    notes.see("href", "/".join(["", *parts]).replace(session.session_id, "…"), known)
    status = client.read_back(session.session_id).status
    notes.see("read-back", str(status), status)


def observe_refusals(context: ProbeContext) -> None:
    """Leave out what may be left out, and see whether that is refused."""
    notes, client, body = context.notes, context.merchant.client, sample_request().body()
    answer = client.post(body, headers={"User-Agent": None})
    if answer.status in {200, 400, 401, 403}:
        notes.see("user-agent", _words(answer), answer.status != 200)
    else:
        notes.miss(_words(answer), "user-agent")
    answer = client.post({key: value for key, value in body.items() if key != "customer"})
    known = answer.status if answer.status in {400, 404} else None
    notes.see("missing-customer", _words(answer), known)


def observe_urls(context: ProbeContext) -> None:
    """Try each odd redirect URL; then ``http://``."""
    notes, merchant = context.notes, context.merchant
    for name, url in ODD_URLS.items():
        notes.see(odd_key(name), _words(merchant.client.post(_with_success(url))))
    observe_http(context)


def observe_http(context: ProbeContext) -> None:
    """Try a plain HTTP redirect URL, and pay if it is accepted."""
    notes, merchant = context.notes, context.merchant
    answer = merchant.client.post(_with_success(PLAIN_HTTP))
    if answer.status == 200:
        request = sample_request({Outcome.SUCCESS: PLAIN_HTTP})
        observe_plain_http(context, merchant.checkout(answer.session(), request))
        return
    notes.see("http-url", _words(answer), "reject" if answer.status == 400 else None)


def _with_success(url: str) -> dict[str, Any]:
    # The client's model would change odd URLs.
    return {**sample_request().body(), "redirectUrls": {"success": url}}


def _words(answer: Answer) -> str:
    if answer.status == 200:
        return "is taken (200)"
    return f"is refused ({answer.status}: {answer.said})" if answer.said else f"{answer.status}"
