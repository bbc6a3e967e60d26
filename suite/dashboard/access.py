"""Access to one merchant's Merchant Dashboard: address, credentials and saved sign-in."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Page

from pages.dashboard.hosted_checkout import HostedCheckoutPage
from pages.dashboard.sign_in import SignInPage
from pages.input_methods import MOUSE, InputMethod
from records.outcome import Outcome
from suite.places import HOME
from suite.redirect_urls import Urls

#: A sign-in that a person made by hand. Git ignores the folder: the file opens the dashboard.
SIGN_IN_FILE: Final = HOME / ".auth" / "dashboard.json"


@dataclass(frozen=True, slots=True)
class DashboardAccess:
    """How to reach the settings of one merchant.

    Attributes:
        sign_in_file: a saved sign-in to use in place of the password, if there is one.
    """

    url: str
    merchant_id: str
    email: str
    password: str = field(repr=False)
    sign_in_file: Path | None = None

    @property
    def context_options(self) -> dict[str, Any]:
        """Options of the browser context that the dashboard is opened in."""
        return {"storage_state": self.sign_in_file} if self.sign_in_file else {}

    def sign_in(
        self, page: Page, within_s: float, input_method: InputMethod = MOUSE
    ) -> HostedCheckoutPage:
        """Take the documented ten steps to the redirect URLs.

        Raises:
            PageProblem: a step cannot be taken.
        """
        saved_in = str(self.sign_in_file.relative_to(HOME)) if self.sign_in_file else ""
        sign_in = SignInPage(page, within_s=within_s, input_method=input_method).open(self.url)
        signed_in = sign_in.enter(self.email, self.password, saved_in)
        return signed_in.open_redirect_urls(self.merchant_id)


def urls_on(screen: HostedCheckoutPage) -> Urls:
    """Return the URLs that the page's fields show, by outcome."""
    return {Outcome(name): url for name, url in screen.urls().items()}
