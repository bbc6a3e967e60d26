"""The embedded stand-in as a target: new merchants for every test, with open books."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, ClassVar, Self

from records.outcome import Outcome
from standin import Merchant, RedirectUrls, StandIn
from suite.dashboard.access import DashboardAccess
from suite.redirect_urls import Urls
from suite.settings.settings import Settings
from suite.targets.target import Account, Target


class StandInTarget(Target):
    """The stand-in of this run."""

    is_embedded: ClassVar = True
    quiet_s: ClassVar = 0.3
    key_delay_ms: ClassVar = 0
    stand_in: StandIn

    def __init__(self, settings: Settings, *, fault: str | None, skin: str) -> None:
        super().__init__(settings)
        self._fault = fault
        self._skin = skin
        self._merchants: dict[str, Merchant] = {}

    @contextmanager
    def started(self) -> Iterator[Self]:
        """Start the stand-in, and stop it at the end."""
        with StandIn(self.settings.behaviour, fault=self._fault, skin=self._skin) as stand_in:
            self.stand_in = stand_in
            self.key_pin = stand_in.spki
            yield self

    def new_account(
        self, *, switches: Mapping[str, Any], skin: str | None, fault: str | None
    ) -> Account:
        """Open an account that shares nothing with the others."""
        stand_in = self.stand_in
        merchant = stand_in.new_merchant(switches=switches, skin=skin, fault=fault)
        self._merchants[merchant.id] = merchant
        url = stand_in.origins.dashboard
        access = DashboardAccess(url, merchant.id, merchant.email, merchant.password)
        return Account(merchant.id, merchant.token, stand_in.api_url, stand_in.ca_file, access)

    def dashboard_urls(self, account: Account) -> Urls:
        """Return what the dashboard holds right now."""
        held = self._merchants[account.id].urls
        return {outcome: url for outcome in Outcome if (url := getattr(held, outcome))}

    def save_dashboard_urls(self, account: Account, urls: Urls) -> bool:
        """Save URLs without the dashboard's pages."""
        held = RedirectUrls(**{str(outcome): url for outcome, url in urls.items()})
        self._merchants[account.id].urls = held
        return True

    def payments(self, session_id: str) -> int:
        """Count the payments in the stand-in's books."""
        return len(self.stand_in.checkout(session_id).payments)
