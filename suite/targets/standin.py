"""The embedded stand-in as a target: new merchants for every test, with open books."""

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, ClassVar, Self

from records.outcome import Outcome
from standin import CreateCall, Merchant, RedirectUrls, StandIn
from suite.dashboard.access import DashboardAccess
from suite.redirect_urls import Urls
from suite.settings.settings import Settings
from suite.targets.target import Account, BookedSession, ShopCall, ShopConditions, Target


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
        self._calls: dict[str, deque[CreateCall]] = defaultdict(lambda: deque(maxlen=20))

    @contextmanager
    def started(self) -> Iterator[Self]:
        """Start the stand-in, and stop it at the end."""
        with StandIn(
            self.settings.behaviour,
            fault=self._fault,
            skin=self._skin,
            on_create=lambda call: self._calls[call.merchant_id].append(call),
        ) as stand_in:
            self.stand_in = stand_in
            self.key_pin, self.certificates = stand_in.spki, stand_in.certificates
            yield self

    def new_account(
        self, *, switches: Mapping[str, Any], skin: str | None, fault: str | None
    ) -> Account:
        """Open an account that shares nothing with the others."""
        stand_in = self.stand_in
        stand_in.must_be_up()
        merchant = stand_in.new_merchant(switches=switches, skin=skin, fault=fault)
        merchant.acted = self.acted_faults
        self._merchants[merchant.id] = merchant
        url = stand_in.origins.dashboard
        return Account(
            merchant.id,
            merchant.token,
            stand_in.api_url,
            stand_in.ca_file,
            DashboardAccess(url, merchant.id, merchant.email, merchant.password),
            webhook_secret=merchant.webhook_secret,
        )

    def shop_account(self) -> Account:
        """Open an account of the stand-in for a shop."""
        return self.new_account(switches={}, skin=None, fault=None)

    def prepare_shop(self, account: Account, conditions: ShopConditions) -> None:
        """Change the account, which several cases may share, and forget its calls."""
        merchant = self._merchants[account.id]
        self.stand_in.configure(
            merchant,
            switches=conditions.switches,
            skin=conditions.skin,
            fault=conditions.fault,
        )
        self.save_dashboard_urls(account, conditions.dashboard)
        merchant.webhook_url, merchant.webhook_ca = conditions.webhook_url, conditions.webhook_ca
        self._calls[account.id].clear()

    def create_calls(self, account: Account) -> Sequence[ShopCall]:
        """Return what the stand-in has answered and found."""
        return [
            ShopCall(
                call.status,
                "\n    ".join([f"{call.status} {call.message}".strip(), *map(str, call.findings)]),
            )
            for call in tuple(self._calls[account.id])
        ]

    def booked(self, session_id: str) -> BookedSession:
        """Return what the stand-in's books say."""
        checkout = self.stand_in.checkout(session_id)
        calls = (c for c in tuple(self._calls[checkout.merchant_id]) if c.session_id == session_id)
        return BookedSession(
            _urls_of(checkout.requested),
            _urls_of(checkout.dashboard),
            [(found.code, str(found)) for call in calls for found in call.findings],
        )

    def dashboard_urls(self, account: Account) -> Urls:
        """Return what the dashboard holds right now."""
        return _urls_of(self._merchants[account.id].urls)

    def save_dashboard_urls(self, account: Account, urls: Urls) -> bool:
        """Save URLs without the dashboard's pages."""
        held = RedirectUrls(**{str(outcome): url for outcome, url in urls.items()})
        self._merchants[account.id].urls = held
        return True

    def payments(self, session_id: str) -> int:
        """Count the payments in the stand-in's books."""
        return len(self.stand_in.checkout(session_id).payments)


def _urls_of(held: RedirectUrls) -> Urls:
    return {outcome: url for outcome in Outcome if (url := getattr(held, outcome))}
