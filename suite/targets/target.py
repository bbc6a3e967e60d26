"""The interface of a target: everything in which the stand-in and a sandbox differ."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, ClassVar, Self

from playwright.sync_api import Browser
from pydantic import SecretStr

from clover.client import CheckoutsClient
from clover.rate_limit import RateLimit
from standin import StandIn
from suite.checkout.wallet import Wallet
from suite.dashboard.access import DashboardAccess
from suite.redirect_urls import Urls
from suite.settings.settings import Settings


@dataclass(frozen=True, slots=True)
class Account:
    """A merchant account with the provider.

    Attributes:
        token: the private API token, in clear.
        api_url: the API's base, without a trailing slash.
        ca_file: the authority that vouches for the API; None for the usual ones.
        dashboard: None if the suite has no login.
        limiter: holds API calls back; None if the provider has no limit.
        webhook_secret: signs the provider's notifications; "" if unknown.
    """

    id: str
    token: str = field(repr=False)
    api_url: str
    ca_file: Path | None = None
    dashboard: DashboardAccess | None = None
    limiter: RateLimit | None = None
    webhook_secret: str = field(default="", repr=False)

    def connect(self, **options: Any) -> CheckoutsClient:
        """Return an API client for this account, with further options of the client."""
        token, verify = SecretStr(self.token), str(self.ca_file) if self.ca_file else True
        return CheckoutsClient(
            self.api_url, self.id, token, verify=verify, limiter=self.limiter, **options
        )


@dataclass(frozen=True, slots=True)
class BookedSession:
    """What the provider's books say about a session that a shop has created.

    Attributes:
        urls: redirect URLs of the create call.
        dashboard: redirect URLs that the dashboard held then.
        findings: of the integration check on the create call: pairs of kind and sentence.
    """

    urls: Urls
    dashboard: Urls
    findings: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class ShopConditions:
    """How the provider behaves towards a shop under test.

    Attributes:
        switches: of its behaviour.
        skin: design of the hosted page, if other than the run's.
        fault: name of a catalogued fault, if other than the run's.
        dashboard: redirect URLs that the dashboard holds.
        webhook_url: the shop's receiver of notifications, or "".
        webhook_ca: certificate authority of the receiver, if it is not a public one.
    """

    switches: Mapping[str, Any] = field(default_factory=dict)
    skin: str | None = None
    fault: str | None = None
    dashboard: Urls = field(default_factory=dict)
    webhook_url: str = ""
    webhook_ca: Path | None = None


@dataclass(frozen=True, slots=True)
class ShopCall:
    """A create call of a shop: the status of its answer, and that with words and findings."""

    status: int
    said: str


class Target(ABC):
    """The provider that a run tests.

    Attributes:
        is_embedded: whether the run itself starts the provider.
        quiet_s: how long to watch for a redirect that must not come, seconds.
        key_delay_ms: pause between two keys in a card field, milliseconds.
        within_s: longest wait from Pay or Cancel to the landing, seconds.
        key_pin: SPKI hash of a certificate that the browser must trust, or "".
        certificates: certificates in PEM that the browser must trust, by address.
        acted_faults: names of the stand-in's faults that changed a result so far.
        stand_in: the provider's clock and books, if tests may use them.
        shared_folder: where runs that share the only merchant coordinate; None if each test has
            its own merchant.
        wallet: the test cards, and which of them the provider no longer takes.
    """

    is_embedded: ClassVar[bool]
    quiet_s: ClassVar[float]
    key_delay_ms: ClassVar[float]
    key_pin: str = ""
    certificates: Mapping[str, bytes] = MappingProxyType({})
    stand_in: StandIn | None = None
    shared_folder: Path | None = None
    wallet: Wallet = Wallet()

    def __init__(self, settings: Settings) -> None:
        self.acted_faults: set[str] = set()
        self.settings = settings
        self.within_s = settings.redirect_timeout_s

    @property
    def description(self) -> str:
        """The target in words."""
        return self.settings.target

    @contextmanager
    def started(self) -> Iterator[Self]:
        """Start the provider if it is embedded, and stop it at the end."""
        yield self

    def skip_reason(self, marks: set[str]) -> str:  # noqa: ARG002
        """Say why a test with these markers cannot run here, or return ""."""
        return ""

    def get_ready(self, browser: Browser, context_options: Mapping[str, Any]) -> Self:  # noqa: ARG002
        """Check before the first test that the target can be used, and read its dashboard."""
        return self

    @abstractmethod
    def new_account(
        self, *, switches: Mapping[str, Any], skin: str | None, fault: str | None
    ) -> Account:
        """Open a merchant account; a sandbox always returns the one of the settings.

        Args:
            switches: of the provider's behaviour towards this merchant.
            skin: design of the hosted page, if other than the run's.
            fault: name of a catalogued fault, if other than the run's.
        """

    @abstractmethod
    def dashboard_urls(self, account: Account) -> Urls:
        """Return the redirect URLs that the Merchant Dashboard holds, as far as known."""

    def save_dashboard_urls(self, account: Account, urls: Urls) -> bool:  # noqa: ARG002
        """Save redirect URLs on the dashboard without its pages; False if that is impossible."""
        return False

    def shop_account(self) -> Account | None:
        """Open an account for a shop under test; None if the shop has its own credentials."""
        return None

    def prepare_shop(self, account: Account, conditions: ShopConditions) -> None:
        """Make the provider behave as the next checkout of a shop's account needs.

        Args:
            account: of ``shop_account``.
            conditions: replace those of the checkout before.
        """
        del account, conditions

    def create_calls(self, account: Account) -> Sequence[ShopCall]:  # noqa: ARG002
        """Return the account's create calls since ``prepare_shop``, as far as known."""
        return ()

    def booked(self, session_id: str) -> BookedSession | None:  # noqa: ARG002
        """Return what the provider's books say about a session; None if they are closed.

        Raises:
            LookupError: the books are open and have no such session.
        """
        return None

    def payments(self, session_id: str) -> int | None:  # noqa: ARG002
        """Count the payments in the provider's books, or return None if they are closed."""
        return None
