"""A merchant's API calls and a shopper's page, without a browser."""

from typing import Any

import requests

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


def post(
    standin: StandIn, merchant: Merchant, body: Any = ORDER, **headers: str | None
) -> requests.Response:
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
        self.standin = standin
        self.path = href.split("?", maxsplit=1)[0].removeprefix(standin.origins.page)
        self.session_id = self.path.rsplit("/", 1)[-1]

    def get(self, more: str = "", *, host: str = "checkout") -> requests.Response:
        """Open the hosted page, or an address below it."""
        return self.ask("GET", self.path + more, host=host)

    def visit(self, url: str, method: str = "GET") -> requests.Response:
        """Request an address that the page or an answer has named."""
        path = url.removeprefix(self.standin.origins.page)
        return self.ask(method, path, host="checkout")

    def ask(
        self, method: str, path: str, *, host: str, origin: str = "", **more: Any
    ) -> requests.Response:
        """Send a request to one of the provider's hosts, by default from the host's own origin.

        No redirect is followed.
        """
        name = f"{host}.localhost:{self.standin.port}"
        return HTTP.request(
            method,
            self.standin.api_url + path,
            headers={"Host": name, "Origin": origin or f"https://{name}"},
            verify=str(self.standin.ca_file),
            allow_redirects=False,
            timeout=10,
            **more,
        )

    def pay(
        self,
        number: str = APPROVED,
        expiry: str = "12/30",
        cvv: str = "123",
        *,
        key: str = "first",
        tip: int = 0,
    ) -> requests.Response:
        """Submit the four fields and pay."""
        values = {"number": number, "expiry": expiry, "cvv": cvv, "zip": "94041"}
        tokens = {
            kind: self.ask(
                "POST", f"/card/{self.session_id}/{kind}", host="fields", json={"value": value}
            ).json()["token"]
            for kind, value in values.items()
        }
        asked = {"key": key, "tip": tip, "fields": tokens}
        return self.ask("POST", f"{self.path}/pay", host="checkout", json=asked)


def open_page(standin: StandIn, merchant: Merchant, body: Any = ORDER) -> HostedPage:
    """Create a session and open its page."""
    shopper = HostedPage(standin, post(standin, merchant, body).json()["href"])
    shopper.get()
    return shopper
