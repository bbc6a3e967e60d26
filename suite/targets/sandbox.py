"""Clover's sandbox, or another server with its API, as a target: one merchant, closed books."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar, Self

from playwright.sync_api import Browser
from pydantic import SecretStr

from clover.rate_limit import RateLimit
from suite.dashboard.access import SIGN_IN_FILE, DashboardAccess, urls_on
from suite.dashboard.merchant_lock import merchant_folder
from suite.redirect_urls import Urls
from suite.sample_order import sample_request
from suite.settings.settings import Settings
from suite.targets.target import Account, Limits, Target

#: A third party needed about 30 ms between two keys on Clover's own card fields.
KEY_DELAY_MS = 30


class SandboxTarget(Target):
    """The provider that the settings name."""

    is_embedded: ClassVar = False

    def __init__(self, settings: Settings) -> None:
        limits = Limits(settings.redirect_timeout_s, quiet_s=3.0, key_delay_ms=KEY_DELAY_MS)
        super().__init__(settings, limits)
        self._held: Urls = {}
        api = settings.account
        token = api.token.get_secret_value()
        self._account = Account(api.merchant_id, token, api.url, dashboard=self._access())

    def _access(self) -> DashboardAccess | None:
        login = self.settings.dashboard
        if login is None:
            return None
        return DashboardAccess(
            login.url,
            self.settings.account.merchant_id,
            login.email,
            login.password.get_secret_value(),
            SIGN_IN_FILE if SIGN_IN_FILE.is_file() else None,
        )

    @property
    def description(self) -> str:
        """The target and its address."""
        return f"{self.settings.target}, {self._account.api_url}"

    @property
    def shared_folder(self) -> Path:
        """The folder of the only merchant."""
        return merchant_folder(self._account.id)

    def skip_reason(self, marks: set[str]) -> str:
        """Skip what needs the stand-in, or a dashboard login that is missing."""
        if "standin_only" in marks:
            return "needs control over the provider, which only the stand-in gives"
        if "dashboard" in marks and self._account.dashboard is None:
            missing = ", ".join(self.settings.dashboard_missing)
            return f"needs the Merchant Dashboard: set {missing} in .env"
        return ""

    def get_ready(self, browser: Browser, context_options: Mapping[str, Any]) -> Self:
        """Create one checkout and read the dashboard's URLs.

        A wrong token or a target that is down is not a redirect bug.
        """
        with self.connect(self._account) as client:
            client.create(sample_request())
        if access := self._account.dashboard:
            options = {**context_options, **access.context_options}
            with browser.new_context(**options) as context:
                screen = access.sign_in(context.new_page(), self.limits.within_s)
                self._held = urls_on(screen)
        return self

    def new_account(
        self, *, switches: Mapping[str, Any], skin: str | None, fault: str | None, dashboard: Urls
    ) -> Account:
        """Return the only account; a sandbox takes no switches, skin or fault."""
        del switches, skin, fault, dashboard
        return self._account

    def dashboard_urls(self, account: Account) -> Urls:
        """Return what the dashboard held before the first test."""
        del account
        return self._held

    def _limiter(self, token: SecretStr) -> RateLimit:
        return RateLimit(token)
