"""A browser for the dashboard, without a screen."""

from collections.abc import Mapping

import requests
from requests import Response

from standin import Merchant, StandIn

HOST = "dashboard.localhost"


class Visitor:
    """Keeps cookies, follows no redirect, and sends forms as a browser does."""

    def __init__(self, standin: StandIn) -> None:
        self._base = f"https://127.0.0.1:{standin.port}"
        self._origin = standin.origins.dashboard
        self.web = requests.Session()
        self.web.verify = str(standin.ca_file)
        self.web.trust_env = False
        self.web.headers["Host"] = f"{HOST}:{standin.port}"

    def get(self, path: str) -> Response:
        """Open a page."""
        return self.web.get(self._base + path, allow_redirects=False)

    def post(self, path: str, fields: Mapping[str, str], **headers: str) -> Response:
        """Send a form, by default from a page of the dashboard."""
        usual = {
            "Origin": self._origin,
            "Content-Type": "application/x-www-form-urlencoded",  # requests omits it without fields
        }
        sent = usual | headers
        return self.web.post(self._base + path, fields, headers=sent, allow_redirects=False)

    def sign_in(self, merchant: Merchant, password: str | None = None) -> Response:
        """Send the sign-in form."""
        typed = merchant.password if password is None else password
        return self.post("/login", {"email": merchant.email, "password": typed})


def settings_of(merchant: Merchant) -> str:
    """The path of a merchant's page Hosted Checkout."""
    return f"/m/{merchant.id}/settings/hosted-checkout"
