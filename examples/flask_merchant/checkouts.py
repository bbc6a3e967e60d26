"""The API call that creates a checkout session.

Source: https://docs.clover.com/reference/createcheckout
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

import requests

from examples.flask_merchant.config import MerchantConfig

PATH = "/invoicingcheckoutservice/v1/checkouts"

#: The customer and the item of the documentation's sample; the price is in cents.
#: Source: https://docs.clover.com/dev/docs/redirecting-customers
CUSTOMER = {"firstName": "Alex", "lastName": "Doe", "email": "alex.doe@example.com"}
ITEM = {"name": "itemA", "price": 500, "unitQty": 1}


class CheckoutUnavailable(Exception):
    """No session was created; the message is for the shop's log and holds no secret."""


@dataclass(frozen=True, slots=True)
class Session:
    """A checkout session; ``href`` is its hosted page."""

    session_id: str
    href: str


def create_session(config: MerchantConfig) -> Session:
    """Create a checkout session.

    A failed call is not repeated: Clover documents no idempotency key for it, so a second request
    could create a second session.

    Raises:
        CheckoutUnavailable: Clover did not answer, refused, or sent no session.
    """
    try:
        response = requests.post(
            f"{config.api_url}{PATH}",
            json={
                "customer": CUSTOMER,
                "redirectUrls": config.return_urls(),
                "shoppingCart": {"lineItems": [ITEM]},
            },
            headers={
                "Accept": "application/json",
                "Authorization": f"Bearer {config.token}",
                "User-Agent": "flask-merchant-example/1.0",
                "X-Clover-Merchant-Id": config.merchant_id,
            },
            timeout=config.timeout_s,
            verify=config.ca_file or True,
            allow_redirects=False,
        )
    except requests.RequestException as error:
        raise CheckoutUnavailable(f"no answer from the API: {type(error).__name__}") from None
    if response.status_code != 200:
        raise CheckoutUnavailable(f"the API answered {response.status_code}")
    return _read(response)


def _read(response: requests.Response) -> Session:
    try:
        answer = response.json()
    except ValueError:
        raise CheckoutUnavailable("the API did not answer with JSON") from None
    fields = answer if isinstance(answer, dict) else {}
    href, session_id = fields.get("href"), fields.get("checkoutSessionId")
    if not isinstance(href, str) or urlsplit(href).scheme != "https":
        raise CheckoutUnavailable("the API answered without an https:// page address")
    if not isinstance(session_id, str):
        raise CheckoutUnavailable("the API answered without a session id")
    return Session(session_id, href)
