"""The merchant's side of a test: an account with the provider, and unique redirect URLs."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from typing import Any

from clover.address import parse_or_none
from clover.behaviour import Behaviour, load_behaviour
from clover.client import CheckoutsClient
from clover.errors import INVALID, Refused
from clover.leaks import Secret
from clover.models import CheckoutRequest, CheckoutSession, Customer, LineItem
from records.outcome import Outcome
from suite.redirect_urls import Urls
from suite.sample_order import CART, CUSTOMER
from suite.targets.target import Account, Target


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkout:
    """One checkout session and everything that was configured for it.

    Attributes:
        behaviour: how the provider is expected to behave towards the merchant.
        urls: redirect URLs of the request.
        dashboard: redirect URLs that the dashboard held when the session was created.
        hosts: the merchant's hosts; with a port if the provider may use the same host.
        site: origin of the landing site, or "".
        secrets: what no URL, referrer or title may hold.
        case_fields: the checkout as the fields of a case file.
        observed: what the provider does not do and need not, or "".
        has_slots: whether other texts in braces than Clover's placeholders, such as {order},
            stand for unknown values in the URLs.
    """

    target: Target
    behaviour: Behaviour
    session: CheckoutSession
    urls: Urls
    dashboard: Urls
    hosts: frozenset[str]
    site: str = ""
    secrets: tuple[Secret, ...] = ()
    case_fields: Mapping[str, Any] = field(default_factory=dict)
    observed: str = ""
    has_slots: bool = False

    def of_session(self, session: CheckoutSession, urls: Urls) -> "Checkout":
        """Return the same merchant's checkout of another session."""
        return replace(self, session=session, urls=urls, observed="")


@dataclass(slots=True)
class Merchant:
    """A merchant as the provider knows it.

    Attributes:
        target: where the account is.
        client: speaks the provider's API with this merchant's token.
        behaviour: how the provider is expected to behave towards this merchant.
        site: the landing pages' origin, without a trailing slash.
        nonces: unique words, one for each session's URLs.
        case_fields: how the stand-in differs for this merchant, by field of a case file.
        urls_on_dashboard: what the dashboard showed last, once a test has opened it.
    """

    target: Target
    account: Account
    client: CheckoutsClient
    behaviour: Behaviour
    site: str
    nonces: Iterator[str]
    case_fields: Mapping[str, Any] = field(default_factory=dict)
    urls_on_dashboard: Urls | None = None

    @property
    def token(self) -> Secret:
        """The API token, which only the API may receive."""
        return Secret("API token", self.account.token)

    @property
    def dashboard_urls(self) -> Urls:
        """The redirect URLs that the dashboard holds, as far as known."""
        if self.urls_on_dashboard is not None:
            return self.urls_on_dashboard
        return self.target.dashboard_urls(self.account)

    def urls(
        self, tail: str | Urls = "", *, only: Iterable[Outcome] = tuple(Outcome)
    ) -> dict[Outcome, str]:
        """Return redirect URLs that no other session has.

        An outcome for which the settings name a page gets that page.

        Args:
            tail: what follows the path, for all outcomes or for each.
            only: the outcomes that get a URL.
        """
        nonce = next(self.nonces)
        tails = dict.fromkeys(Outcome, tail) if isinstance(tail, str) else tail
        own = {
            outcome: f"{self.site}/{nonce}/{outcome}{tails.get(outcome, '')}" for outcome in only
        }
        from_settings = self.target.settings.redirect_urls
        return {outcome: from_settings.get(outcome, url) for outcome, url in own.items()}

    def create_checkout(
        self,
        urls: Urls | None = None,
        *,
        customer: Customer = CUSTOMER,
        cart: tuple[LineItem, ...] = CART,
        as_written: bool = False,
    ) -> Checkout:
        """Create a checkout session by API.

        Nothing published says that Clover takes a fragment. A sandbox that refuses one gets the
        same URLs without.

        Args:
            urls: the request's redirect URLs; by default one for each outcome; none if empty.
            customer: prefilled on the page.
            cart: what is sold.
            as_written: whether the fragments are what the test is about.
        """
        wanted = self.urls() if urls is None else urls
        request = CheckoutRequest(
            customer=customer,
            redirect_urls=wanted or None,
            line_items=cart,
        )
        try:
            return self.checkout(self.client.create(request), request)
        except Refused as refusal:
            plain = {outcome: url.partition("#")[0] for outcome, url in wanted.items()}
            can_be_less = plain != wanted and not as_written
            if self.target.is_embedded or refusal.status not in INVALID or not can_be_less:
                raise
            less = self.create_checkout(plain, customer=customer, cart=cart)
            return replace(less, observed=f"the API refuses a fragment, {refusal.said!r}")

    def checkout(self, session: CheckoutSession, request: CheckoutRequest) -> Checkout:
        """Return the checkout of a session that this request has created."""
        urls, dashboard = request.redirect_urls or {}, dict(self.dashboard_urls)
        email = request.customer.email
        shopper = [Secret("shopper's e-mail address", email, from_merchant=True)] if email else []
        return Checkout(
            target=self.target,
            behaviour=self.behaviour,
            session=session,
            urls=urls,
            dashboard=dashboard,
            hosts=hosts_of([self.site, *urls.values(), *dashboard.values()]),
            site=self.site,
            # What a real provider makes of a misspelt placeholder is unknown.
            has_slots=not self.target.is_embedded,
            secrets=(self.token, *shopper),
            case_fields={
                **self.case_fields,
                "request": urls,
                "dashboard": dashboard,
                "customer": request.customer,
                "line_items": request.line_items,
            },
        )


def hosts_of(urls: Iterable[str]) -> frozenset[str]:
    """Return the hosts of all that are URLs."""
    return frozenset(address.host for url in urls if (address := parse_or_none(url)))


@dataclass(slots=True)
class MerchantFactory:
    """Opens merchant accounts on a target; a sandbox has only one.

    Attributes:
        site: the landing pages' origin, without a trailing slash.
        nonces: unique words for the redirect URLs.
        hide: keeps a secret out of everything that is written.
        clients: closes the API clients.
        fault: of every merchant that is not given another.
        skin: of every merchant that is not given another.
        merchants: all that were made.
    """

    target: Target
    site: str
    nonces: Iterator[str]
    hide: Callable[[str], object]
    clients: ExitStack
    fault: str | None = None
    skin: str | None = None
    merchants: list[Merchant] = field(default_factory=list)

    def __call__(
        self,
        *,
        skin: str | None = None,
        fault: str | None = None,
        dashboard: Urls | None = None,
        behaviour: str | None = None,
        **switches: Any,
    ) -> Merchant:
        """Open an account.

        Args:
            skin: design of this merchant's hosted page.
            fault: name of a catalogued fault, for this merchant alone.
            dashboard: redirect URLs that the Merchant Dashboard holds from the start.
            behaviour: name or file, in place of the run's.
            switches: in which the provider behaves differently for this merchant.
        """
        name = behaviour or self.target.settings.behaviour
        skin, fault = skin or self.skin, fault or self.fault or None
        expected = load_behaviour(name, **switches)
        account = self.target.new_account(switches=expected.switches(), skin=skin, fault=fault)
        if dashboard:
            self.target.save_dashboard_urls(account, dashboard)
        self.hide(account.token)
        merchant = Merchant(
            self.target,
            account,
            self.clients.enter_context(account.connect()),
            expected,
            self.site,
            self.nonces,
            case_fields={
                "skin": skin,
                "fault": fault,
                "behaviour": name,
                "switches": switches,
            },
        )
        self.merchants.append(merchant)
        return merchant
