"""The redirect URLs of an order, and the API call that creates its checkout session.

Source: https://docs.clover.com/reference/createcheckout
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

import requests

from examples.flask_shop.config import ShopConfig
from examples.flask_shop.goods import TAX_RATE, Line

PATH = "/invoicingcheckoutservice/v1/checkouts"
#: Clover refuses longer names. Source: docs/sources.md, The API.
LONGEST_NAME = 126


class CheckoutUnavailable(Exception):
    """No session was created; the message holds no secret."""


@dataclass(slots=True)
class Session:
    """A checkout session; ``href`` is its hosted page.

    Attributes:
        created: time of the shop's clock; so is ``expires``.
        left: whether the shopper came back from it without paying.
    """

    session_id: str
    href: str
    created: datetime
    expires: datetime
    left: bool = False


def return_urls(origin: str, number: str, place: str, email: str, bug: str) -> dict[str, str]:
    """Return the URL of each outcome; each has the order's number and the place of pick-up."""
    # urlencode would encode the braces of a placeholder, so the placeholders stay outside.
    query = urlencode({"order": number, "place": place})
    session = "session_id={CHECKOUT_SESSION_ID}"
    joint = "&"
    if bug == "second-question-mark":
        joint = "?"
    if bug == "placeholder-encoded":
        session = urlencode({"session_id": "{CHECKOUT_SESSION_ID}"})
    if bug == "email-in-url":
        query += f"&{urlencode({'email': email})}"
    urls = {
        "success": f"{origin}/success?{session}{joint}{query}",
        "failure": f"{origin}/failure?error_code={{ERROR_CODE}}&{query}",
        "cancel": f"{origin}/cancel?{query}",
    }
    if bug == "one-url-for-all":
        return dict.fromkeys(urls, urls["success"])
    if bug == "failure-and-cancel-swapped":
        return {**urls, "failure": urls["cancel"], "cancel": urls["failure"]}
    return urls


def create_session(
    config: ShopConfig, email: str, lines: Iterable[Line], urls: Mapping[str, str]
) -> Session:
    """Create a checkout session.

    A failed call is not repeated: Clover documents no idempotency key for it, so a second request
    could create a second session.

    Raises:
        CheckoutUnavailable: Clover did not answer, refused, or sent no session.
    """
    try:
        response = requests.post(
            f"{config.api_url}{PATH}",
            json=_body(email, lines, urls, config.bug),
            headers={
                "Accept": "application/json",
                "Authorization": f"Bearer {config.token}",
                "User-Agent": "flask-shop-example/1.0",
                "X-Clover-Merchant-Id": config.merchant_id,
            },
            timeout=config.timeout_s,
            allow_redirects=False,
        )
    except requests.RequestException as error:
        raise CheckoutUnavailable(f"no answer from the API: {type(error).__name__}") from None
    return _read(response, config.bug)


def _body(
    email: str, lines: Iterable[Line], urls: Mapping[str, str], bug: str
) -> dict[str, object]:
    # Clover refuses a request without a customer; an empty one is enough.
    body: dict[str, object] = {
        "customer": {"email": email} if email else {},
        "redirectUrls": urls,
        "shoppingCart": {"lineItems": [_item(line, bug) for line in lines]},
    }
    if bug == "customer-left-out" and not email:
        del body["customer"]
    if bug == "singular-key":
        body["redirectUrl"] = body.pop("redirectUrls")
    return body


def _item(line: Line, bug: str) -> dict[str, object]:
    name = line.name if bug == "long-name" else line.name[:LONGEST_NAME]
    item = {"name": name, "price": line.price_cents, "unitQty": line.quantity}
    # Clover adds up the lines and their own tax rates; it ignores a tax beside them.
    return item if bug == "tax-left-out" else {**item, "taxRates": [_SALES_TAX]}


_SALES_TAX = {"name": "Sales tax", "rate": TAX_RATE}


def _read(response: requests.Response, bug: str) -> Session:
    try:
        answer = response.json()
    except ValueError:
        answer = None
    fields = answer if isinstance(answer, dict) else {}
    if response.status_code != 200:
        reason = fields.get("message", "no reason given")
        raise CheckoutUnavailable(f"the API answered {response.status_code}: {reason}")
    href, session_id = fields.get("href"), fields.get("checkoutSessionId")
    # Only a stand-in on this machine may be without TLS.
    secure = {"https", urlsplit(response.url).scheme}
    if not isinstance(href, str) or urlsplit(href).scheme not in secure:
        raise CheckoutUnavailable("the API answered without an https:// page address")
    if bug == "href-host-list" and urlsplit(href).hostname not in {"clover.com", "www.clover.com"}:
        raise CheckoutUnavailable("invalid checkout link")
    if not isinstance(session_id, str):
        raise CheckoutUnavailable("the API answered without a session id")
    now = datetime.now(UTC)
    return Session(session_id, href, now, now + _lifetime(fields, bug))


def _lifetime(fields: Mapping[str, Any], bug: str) -> timedelta:
    """Return how long a session lives by Clover's clock, which may differ from the shop's."""
    created, expires = fields.get("createdTime"), fields.get("expirationTime")
    if bug == "expiry-as-number":
        return timedelta(milliseconds=int(str(expires)) - int(str(created)))
    try:
        return _moment(expires) - _moment(created)
    except (TypeError, ValueError):
        return timedelta(0)  # an unknown format stops no sale; the session is not offered again


def _moment(value: object) -> datetime:
    """Read one of the formats that integrators saw: ISO 8601, or milliseconds since 1970."""
    if isinstance(value, int):
        return datetime.fromtimestamp(value / 1000, UTC)
    return datetime.fromisoformat(str(value))
