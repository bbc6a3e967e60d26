"""The merchant's side of a test: an account with the provider, and redirect URLs of its own."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from clover.behaviour import Behaviour
from clover.client import CheckoutsClient
from clover.leaks import Secret
from clover.models import CheckoutRequest, CheckoutSession, Customer, LineItem, RedirectUrls
from records.outcome import Outcome
from suite.settings.settings import ApiAccess

Urls = Mapping[Outcome, str]

#: The customer and the cart of the documentation's own sample.
#: Source: https://docs.clover.com/dev/docs/redirecting-customers
CUSTOMER = Customer(first_name="Alex", last_name="Doe", email="alex.doe@example.com")
CART = (LineItem(name="itemA", price_cents=500, unit_qty=1),)


@dataclass(frozen=True, slots=True)
class Checkout:
    """One checkout session and everything that was configured for it.

    Attributes:
        urls: the request's redirect URLs.
        dashboard: those that the dashboard held when the session was created.
    """

    merchant: "Merchant"
    session: CheckoutSession
    request: CheckoutRequest
    urls: Urls
    dashboard: Urls

    @property
    def behaviour(self) -> Behaviour:
        """What the provider is taken to do for this sale."""
        return self.merchant.behaviour


@dataclass(slots=True)
class Merchant:
    """A merchant as the provider knows it.

    Attributes:
        client: speaks the provider's API with this merchant's token.
        behaviour: what the provider is taken to do for this merchant.
        site: the landing pages' origin, without a trailing slash.
        fixed_urls: the merchant's own pages, where the run was pointed at some.
        nonces: unique words, one for each session's URLs, so that no landing can be another's.
        token: the API token, which nobody but the API may see.
        account: the merchant, for what its dashboard holds right now.
        setting: how the stand-in was told to differ for this merchant, by field of a case file.
    """

    client: CheckoutsClient
    behaviour: Behaviour
    site: str
    nonces: Iterator[str]
    token: Secret
    account: "Account"
    fixed_urls: Urls = field(default_factory=dict)
    setting: Mapping[str, Any] = field(default_factory=dict)

    def urls(
        self, tail: str | Urls = "", *, only: Iterable[Outcome] = tuple(Outcome)
    ) -> dict[Outcome, str]:
        """Redirect URLs that no other session has.

        Args:
            tail: what follows the path, for all outcomes or for each.
            only: the outcomes that get a URL.
        """
        nonce = next(self.nonces)
        tails = dict.fromkeys(Outcome, tail) if isinstance(tail, str) else tail
        own = {
            outcome: f"{self.site}/{nonce}/{outcome}{tails.get(outcome, '')}" for outcome in only
        }
        return {outcome: self.fixed_urls.get(outcome, url) for outcome, url in own.items()}

    def create_checkout(
        self,
        urls: Urls | None = None,
        *,
        customer: Customer = CUSTOMER,
        cart: tuple[LineItem, ...] = CART,
    ) -> Checkout:
        """Create a checkout session by API.

        Args:
            urls: the request's redirect URLs; by default one for each outcome; none at all
                if empty.
            customer: prefilled on the page.
            cart: what is sold.
        """
        wanted = self.urls() if urls is None else dict(urls)
        request = CheckoutRequest(
            customer=customer,
            redirect_urls=RedirectUrls(**{str(o): u for o, u in wanted.items()})
            if wanted
            else None,
            line_items=cart,
        )
        session = self.client.create(request)
        return Checkout(self, session, request, wanted, urls_of(self.account.urls))


class Account(Protocol):
    """A merchant account with the provider."""

    @property
    def id(self) -> str: ...
    @property
    def token(self) -> str: ...
    @property
    def urls(self) -> "UrlSet": ...


@dataclass(frozen=True, slots=True)
class RealMerchant:
    """The one merchant of a real target; its dashboard is taken to hold no URLs."""

    access: ApiAccess
    urls: RedirectUrls = field(default_factory=RedirectUrls)

    @property
    def id(self) -> str:
        """The merchant id."""
        return self.access.merchant_id

    @property
    def token(self) -> str:
        """The private token, in clear."""
        return self.access.token.get_secret_value()


class UrlSet(Protocol):
    """Redirect URLs as the request, the settings and the dashboard hold them."""

    @property
    def success(self) -> str | None: ...
    @property
    def failure(self) -> str | None: ...
    @property
    def cancel(self) -> str | None: ...


def urls_of(held: UrlSet) -> dict[Outcome, str]:
    """The URLs that are set, by outcome."""
    return {outcome: url for outcome in Outcome if (url := getattr(held, outcome))}


class MerchantFactory(Protocol):
    """Opens merchant accounts on the stand-in."""

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
            dashboard: redirect URLs that are saved on the Merchant Dashboard already.
            behaviour: name or file, in place of the run's.
            switches: in which the provider behaves differently for this merchant.
        """
