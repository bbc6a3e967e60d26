"""A shop with one link, whose end its command names: ``tiny_shop.py PORT TARGET``."""

import json
import os
import sys
import urllib.request
from http.server import BaseHTTPRequestHandler, HTTPServer

PATH = "/invoicingcheckoutservice/v1/checkouts"


def create(success: str) -> str:
    """Create a session and return the address of Clover's page."""
    body = {
        "customer": {},
        "shoppingCart": {"lineItems": [{"name": "Cake", "price": 500, "unitQty": 1}]},
        **({"redirectUrls": {"success": success}} if success else {}),
    }
    headers = {
        "X-Clover-Merchant-Id": os.environ["CLOVER_MERCHANT_ID"],
        "Authorization": f"Bearer {os.environ['CLOVER_PRIVATE_TOKEN']}",
        "Content-Type": "application/json",
        "User-Agent": "tiny-shop",
    }
    api = os.environ["CLOVER_API_URL"]
    request = urllib.request.Request(api + PATH, json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request) as answer:
        href: str = json.load(answer)["href"]
    return href


class Shop(BaseHTTPRequestHandler):
    """One page, and a way to the target."""

    def do_GET(self) -> None:
        """Answer each address."""
        target = sys.argv[2]
        if self.path == "/buy":
            self.send_response(303)
            self.send_header("Location", create(target[8:]) if target[:8] == "success=" else target)
            self.end_headers()
            return
        if self.path == "/thanks/7":
            self.send_response(303)
            self.send_header("Location", "/orders/8")
            self.end_headers()
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<h1>Cakes</h1><a href='/buy'>Buy now</a>")

    def log_message(self, *_: object) -> None:
        """Log nothing."""


HTTPServer(("127.0.0.1", int(sys.argv[1])), Shop).serve_forever()
