"""The embedded stand-in as a target: new merchants for every test, with open books."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, ClassVar, Self

from standin import Merchant, RedirectUrls, StandIn
from suite.dashboard.access import DashboardAccess
from suite.redirect_urls import Urls, urls_of
from suite.settings.settings import Settings
from suite.targets.target import Account, Limits, Target


class StandInTarget(Target):
    """The stand-in of this run."""

    is_embedded: ClassVar = True

    def __init__(self, settings: Settings, *, fault: str | None, skin: str) -> None:
        super().__init__(settings, Limits(settings.redirect_timeout_s, quiet_s=0.3, key_delay_ms=0))
        self._fault = fault
        self._skin = skin
        self._merchants: dict[str, Merchant] = {}
        self._stand_in: StandIn | None = None

    @contextmanager
    def started(self) -> Iterator[Self]:
        """Start the stand-in, and stop it at the end."""
        behaviour = self.settings.behaviour
        with StandIn(behaviour, fault=self._fault, skin=self._skin) as self._stand_in:
            yield self

    @property
    def stand_in(self) -> StandIn:
        """The running provider."""
        assert self._stand_in is not None, "the target is used before it is started"
        return self._stand_in

    @property
    def key_pin(self) -> str:
        """The stand-in's certificate is its own."""
        return self.stand_in.spki

    def payments(self, session_id: str) -> int:
        """Count the payments in the stand-in's books."""
        return len(self.stand_in.checkout(session_id).payments)

    def new_account(
        self, *, switches: Mapping[str, Any], skin: str | None, fault: str | None, dashboard: Urls
    ) -> Account:
        """Open an account that shares nothing with the others."""
        merchant = self.stand_in.new_merchant(
            switches=switches, skin=skin, fault=fault or self._fault
        )
        self._merchants[merchant.id] = merchant
        url = self.stand_in.origins.dashboard
        account = Account(
            merchant.id,
            merchant.token,
            self.stand_in.api_url,
            self.stand_in.ca_file,
            DashboardAccess(url, merchant.id, merchant.email, merchant.password),
        )
        self.save_dashboard_urls(account, dashboard)
        return account

    def dashboard_urls(self, account: Account) -> Urls:
        """Return what the dashboard holds right now."""
        return urls_of(self._merchants[account.id].urls)

    def save_dashboard_urls(self, account: Account, urls: Urls) -> bool:
        """Save URLs without the dashboard's pages."""
        held = RedirectUrls(**{str(outcome): url for outcome, url in urls.items()})
        self._merchants[account.id].urls = held
        return True
