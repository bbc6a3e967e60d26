"""What can be seen at the API alone, without a browser and without a payment."""

from typing import Any

from clover.address import parse_or_none
from clover.answers import Answer
from clover.client import CheckoutsClient
from clover.models import CheckoutRequest, CheckoutSession, Customer, LineItem, RedirectUrls
from clover.times import TimeProblem
from tools.observe.questions import ODD_URLS, Notes, odd_key
from tools.observe.reading import time_style

#: The customer and the item of the documentation's own sample.
#: Source: https://docs.clover.com/dev/docs/redirecting-customers
CUSTOMER = Customer(first_name="Alex", last_name="Doe", email="alex.doe@example.com")
CART = (LineItem(name="itemA", price_cents=500, unit_qty=1),)
PLAIN_HTTP = "http://merchant.example/observe/plain"


def request(urls: RedirectUrls | None = None) -> CheckoutRequest:
    """The sample's checkout with these redirect URLs."""
    return CheckoutRequest(customer=CUSTOMER, line_items=CART, redirect_urls=urls)


def observe_answer(client: CheckoutsClient, notes: Notes) -> None:
    """Look at the answer to an ordinary request."""
    session = client.create(request())
    notes.see("time-format", *time_style(session.created_time))
    _see_life(session, notes)
    address = parse_or_none(session.href)
    parts = [part for part in (address.path if address else "").split("/") if part]
    known = parts[0] if parts and parts[0] in {"pay-checkout", "checkout"} else None
    notes.see("href", "/".join(["", *parts]).replace(session.session_id, "…"), known)
    status = client.read_back(session.session_id).status
    notes.see("read-back", str(status), status)


def _see_life(session: CheckoutSession, notes: Notes) -> None:
    try:
        seconds = (session.expires - session.created).total_seconds()
    except TimeProblem as problem:
        notes.miss(str(problem), "life")
        return
    # Measured lives are some milliseconds short of a whole number.
    notes.see("life", f"{seconds:.3f}", max(1, round(seconds)))


def observe_refusals(client: CheckoutsClient, notes: Notes) -> None:
    """Leave out what may be left out, and see whether that is refused."""
    body = request().body()
    answer = client.post(body, headers={"User-Agent": None})
    if answer.status in {200, 400, 401, 403}:
        notes.see("user-agent", _said(answer), answer.status != 200)
    else:
        notes.miss(_said(answer), "user-agent")
    answer = client.post({key: value for key, value in body.items() if key != "customer"})
    known = answer.status if answer.status in {400, 404} else None
    notes.see("missing-customer", _said(answer), known)


def observe_urls(client: CheckoutsClient, notes: Notes) -> CheckoutSession | None:
    """Try each odd redirect URL, and ``http://`` last.

    Returns:
        The session with the plain HTTP URL, where there is one: what it leads to is for a browser.
    """
    for name, url in ODD_URLS.items():
        answer = client.post(_with_success(url))
        notes.see(odd_key(name), _said(answer))
    answer = client.post(_with_success(PLAIN_HTTP))
    if answer.status == 200:
        return answer.session()
    notes.see("http-url", _said(answer), "reject" if answer.status == 400 else None)
    return None


def _with_success(url: str) -> dict[str, Any]:
    # Not by the client's model: odd URLs are to be sent as they are.
    return {**request().body(), "redirectUrls": {"success": url}}


def _said(answer: Answer) -> str:
    if answer.status == 200:
        return "is taken (200)"
    return f"is refused ({answer.status}: {answer.said})" if answer.said else f"{answer.status}"
