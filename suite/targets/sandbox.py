"""Clover's sandbox, or another server with its API, as a target: one merchant, closed books."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, ClassVar, Self

from playwright.sync_api import Browser

from clover.rate_limit import RateLimit
from suite.dashboard.access import SIGN_IN_FILE, DashboardAccess, urls_on
from suite.dashboard.merchant_lock import merchant_folder
from suite.redirect_urls import Urls
from suite.sample_order import sample_request
from suite.settings.settings import ApiAccess, SettingsProblem
from suite.targets.target import Account, Target


class SandboxTarget(Target):
    """The provider that the settings name."""

    is_embedded: ClassVar = False
    quiet_s: ClassVar = 3.0
    key_delay_ms: ClassVar = 30  # what a third party needed on Clover's own card fields

    _account: Account | None = None
    _urls: Urls

    @contextmanager
    def started(self) -> Iterator[Self]:
        """Take the merchant and the dashboard login from the settings, if they are there."""
        self._urls = {}
        if self.settings.api:
            self._account = self._read_account(self.settings.api)
            self.shared_folder = merchant_folder(self._account.id)
        yield self

    def _read_account(self, api: ApiAccess) -> Account:
        access, login = None, self.settings.dashboard
        if login:
            file = SIGN_IN_FILE if SIGN_IN_FILE.is_file() else None
            password = login.password.get_secret_value()
            access = DashboardAccess(login.url, api.merchant_id, login.email, password, file)
        token, limiter = api.token.get_secret_value(), RateLimit(api.token)
        return Account(api.merchant_id, token, api.url, None, access, limiter)

    @property
    def description(self) -> str:
        """The target and its address."""
        return f"{self.settings.target}, {self.settings.api_url}"

    def skip_reason(self, marks: set[str]) -> str:
        """Skip what needs the stand-in, or a dashboard login that is missing."""
        if "standin_only" in marks:
            return "needs control over the provider, which only the stand-in gives"
        if "dashboard" in marks and self.settings.dashboard is None:
            missing = ", ".join(self.settings.dashboard_problems)
            return f"needs the Merchant Dashboard: set {missing} in .env"
        return ""

    def get_ready(self, browser: Browser, context_options: Mapping[str, Any]) -> Self:
        """Create one checkout and read the dashboard's URLs.

        A wrong token or a target that is down is not a redirect bug.
        """
        account = self._known_account()
        with account.connect() as client:
            client.create(sample_request())
        if access := account.dashboard:
            options = {**context_options, **access.context_options}
            with browser.new_context(**options) as context:
                self._urls = urls_on(access.sign_in(context.new_page(), self.within_s))
        return self

    def new_account(
        self, *, switches: Mapping[str, Any], skin: str | None, fault: str | None
    ) -> Account:
        """Return the only account; a sandbox takes no switches, skin or fault."""
        del switches, skin, fault
        return self._known_account()

    def _known_account(self) -> Account:
        if self._account is None:
            raise SettingsProblem(self.settings.api_problems)
        return self._account

    def dashboard_urls(self, account: Account) -> Urls:
        """Return what the dashboard held before the first test."""
        del account
        return self._urls
