"""A browser for the dashboard, without a screen."""

import re
from collections.abc import Mapping

import requests

from standin import Merchant, StandIn

HOST = "dashboard.localhost"
_TOKEN = re.compile(r'name="form_token" value="([^"]+)"')


class Visitor:
    """Keeps cookies, follows no redirect, and sends forms as a browser does."""

    def __init__(self, standin: StandIn) -> None:
        self._base = f"https://127.0.0.1:{standin.port}"
        self._origin = standin.origins.dashboard
        self.web = requests.Session()
        self.web.verify = str(standin.ca_file)
        self.web.trust_env = False
        self.web.headers["Host"] = f"{HOST}:{standin.port}"

    def get(self, path: str) -> requests.Response:
        """Open a page."""
        return self.web.get(self._base + path, allow_redirects=False)

    def post(
        self,
        path: str,
        fields: Mapping[str, str],
        *,
        token: str | None = None,
        origin: str | None = None,
    ) -> requests.Response:
        """Send a form.

        Args:
            path: where to.
            fields: what was typed.
            token: in place of the one that belongs there.
            origin: of the page that sends it, in place of the dashboard's own.
        """
        form = {"form_token": self.token() if token is None else token, **fields}
        headers = {"Origin": self._origin if origin is None else origin}
        return self.web.post(self._base + path, form, headers=headers, allow_redirects=False)

    def token(self) -> str:
        """The form token of this browser."""
        page = self.get("/login")
        if page.is_redirect:
            page = self.get("/developer")
        found = _TOKEN.search(page.text)
        assert found, "every page of the dashboard has a form"
        return found[1]

    def sign_in(self, merchant: Merchant, password: str | None = None) -> requests.Response:
        """Send the sign-in form."""
        typed = merchant.password if password is None else password
        return self.post("/login", {"email": merchant.email, "password": typed})


def settings_of(merchant: Merchant) -> str:
    """The path of a merchant's page Hosted Checkout."""
    return f"/m/{merchant.id}/settings/hosted-checkout"
