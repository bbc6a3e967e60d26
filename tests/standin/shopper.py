"""A merchant's API calls and a shopper's page, without a browser."""

from typing import Any

import requests
from requests import Response

from standin import Merchant, StandIn

APPROVED = "4242 4242 4242 4242"
DECLINED = "4005 5717 0222 2222"
PATH = "/invoicingcheckoutservice/v1/checkouts"

#: Keeps connections open: most of a test's time would be TLS handshakes.
HTTP = requests.Session()

ORDER: dict[str, Any] = {
    "customer": {"firstName": "Alex", "lastName": "Doe", "email": "alex@example.com"},
    "redirectUrls": {
        "success": "https://merchant.example/success?id={CHECKOUT_SESSION_ID}",
        "failure": "https://merchant.example/failure?code={ERROR_CODE}",
        "cancel": "https://merchant.example/cancel",
    },
    "shoppingCart": {"lineItems": [{"name": "itemA", "price": 500, "unitQty": 1}]},
}


def line(**changes: Any) -> dict[str, Any]:
    """An order whose only line differs from the usual one; None removes a key."""
    item = {"name": "itemA", "price": 500, "unitQty": 1, **changes}
    kept = {key: value for key, value in item.items() if value is not None}
    return {**ORDER, "shoppingCart": {"lineItems": [kept]}}


def post(standin: StandIn, merchant: Merchant, body: Any = ORDER, **headers: Any) -> Response:
    """Send a create request; headers that are None are omitted."""
    sent: dict[str, str | None] = {
        "X-Clover-Merchant-Id": merchant.id,
        "Authorization": f"Bearer {merchant.token}",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    content = {"data": body} if isinstance(body, bytes) else {"json": body}
    return HTTP.post(
        standin.api_url + PATH,
        headers={name: value for name, value in sent.items() if value is not None},
        verify=str(standin.ca_file),
        timeout=10,
        **content,
    )


class HostedPage:
    """One shopper on one session."""

    def __init__(self, standin: StandIn, href: str) -> None:
        self.standin, self.http = standin, HTTP
        self.path = href.split("?", maxsplit=1)[0].removeprefix(standin.origins.page)
        self.session_id = self.path.rsplit("/", 1)[-1]

    def get(self, more: str = "") -> Response:
        """Open the hosted page, or an address below it."""
        return self.ask("GET", self.path + more)

    def visit(self, url: str, method: str = "GET") -> Response:
        """Request an address that the page or an answer has named."""
        return self.ask(method, url.removeprefix(self.standin.origins.page))

    def ask(
        self, method: str, path: str, *, host: str = "checkout", origin: str = "", **more: Any
    ) -> Response:
        """Send a request to one of the provider's hosts, by default from the host's own origin.

        No redirect is followed.
        """
        name = f"{host}.localhost:{self.standin.port}"
        return self.http.request(
            method,
            self.standin.api_url + path,
            headers={"Host": name, "Origin": origin or f"https://{name}"},
            verify=str(self.standin.ca_file),
            allow_redirects=False,
            timeout=10,
            **more,
        )

    def token(self, kind: str, value: str) -> str:
        """Submit one field, and return its token."""
        path = f"/card/{self.session_id}/{kind}"
        token: str = self.ask("POST", path, host="fields", json={"value": value}).json()["token"]
        return token

    def send(self, **more: Any) -> Response:
        """Send a pay call."""
        return self.ask("POST", f"{self.path}/pay", **more)

    def pay(
        self, number: str = APPROVED, *, key: str = "first", tip: int = 0, **card: str
    ) -> Response:
        """Submit the four fields and pay."""
        values = {"number": number, "expiry": "12/30", "cvv": "123", "zip": "94041", **card}
        tokens = {kind: self.token(kind, value) for kind, value in values.items()}
        return self.send(json={"key": key, "tip": tip, "fields": tokens})


def open_page(standin: StandIn, merchant: Merchant, body: Any = ORDER) -> HostedPage:
    """Create a session and open its page."""
    shopper = HostedPage(standin, post(standin, merchant, body).json()["href"])
    shopper.get()
    return shopper


def open_new_page(standin: StandIn, body: Any = ORDER, **account: Any) -> HostedPage:
    """Create a merchant with these properties and a session, and open its page."""
    return open_page(standin, standin.new_merchant(**account), body)


def switched(standin: StandIn, **switches: object) -> HostedPage:
    """Create a session of a merchant whose behaviour has these switches, and open its page."""
    return open_new_page(standin, switches=switches)
