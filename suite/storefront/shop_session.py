"""The session that a shop has created, learnt from Clover's page and from the provider's books."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from clover.address import parse, parse_or_none
from clover.behaviour import Behaviour
from clover.expectation import choose_url
from clover.hosts import is_loopback
from clover.leaks import Secret
from clover.models import CheckoutSession
from clover.template import SESSION_ID
from records.outcome import Outcome
from suite.cases.case import NONE, Case
from suite.cases.shop_tables import Shop
from suite.merchant import Checkout
from suite.redirect_urls import Urls
from suite.storefront.hosted_session import session_id_of
from suite.storefront.problems import OtherProvider, ShopRequestBug, Unsupported
from suite.storefront.request_check import check_request
from suite.targets.target import Account, BookedSession, Target


@dataclass(frozen=True, slots=True)
class ShopSession:
    """A session of a shop under test.

    Attributes:
        is_known: whether the provider's books show the shop's request.
        findings: of the integration check on the request, as far as they matter for this shop.
    """

    checkout: Checkout
    is_known: bool
    findings: Sequence[str]

    @classmethod
    def learn(
        cls,
        case: Case,
        shop: Shop,
        *,
        target: Target,
        account: Account | None,
        behaviour: Behaviour,
        href: str,
    ) -> Self:
        """Learn a session from the address of Clover's page.

        Raises:
            OtherProvider: the session is not this run's.
            Unsupported: the case lacks what only the provider's books could say.
        """
        session_id = session_id_of(href)
        try:
            booked = target.booked(session_id)
        except LookupError:
            raise OtherProvider(
                f"The shop sent the shopper to {href}, which is not a session of this run's "
                "stand-in: let the shop read CLOVER_API_URL from its environment, or run with "
                "--target sandbox."
            ) from None
        landing = case.expect.landing
        if booked is None and landing is None:
            raise Unsupported(
                "On this target the suite cannot read the shop's request: write the URL that the "
                "shopper must land on into expect.landing."
            )
        pattern = {case.outcome: landing} if landing and landing != NONE else {}
        urls: Urls = booked.urls if booked else pattern
        dashboard: Urls = booked.dashboard if booked else {}
        names = [f"https://{name}/" for name in shop.hosts]
        checkout = Checkout(
            target=target,
            behaviour=behaviour,
            session=CheckoutSession(session_id=session_id, href=href),
            urls=urls,
            dashboard=dashboard,
            hosts=_hosts([shop.url, *names, *urls.values(), *dashboard.values()]),
            secrets=(Secret("API token", account.token),) if account else (),
            has_slots=booked is None,
        )
        return cls(checkout, booked is not None, _findings(booked, shop))

    def compare(self, case: Case, *, is_strict: bool) -> dict[str, str]:
        """Compare the shop's request with a case.

        Args:
            case: says which URL the request must have.
            is_strict: whether a finding of the integration check is a bug.

        Returns:
            What {order}, {success} and the like stand for, by name in braces.

        Raises:
            ShopRequestBug: the request is another one.
        """
        values: dict[str, str] = {}
        if self.is_known and case.expect.landing == NONE:
            self._check_that_there_is_no_url(case.outcome)
        elif self.is_known:
            landing = case.expect.landing
            values |= check_request(self.checkout, case.outcome, landing, self.findings)
        for outcome in Outcome:
            _, url = self._winner(outcome)
            if url is not None:
                own_id = self.checkout.session.session_id
                values[f"{{{outcome}}}"] = url.replace(SESSION_ID, own_id)
        if self.findings and is_strict:
            listed = "".join(f"\n  {finding}" for finding in self.findings)
            raise ShopRequestBug(
                f"--strict-findings is on, and the shop's request has some:{listed}"
            )
        return values

    def _winner(self, outcome: Outcome) -> tuple[str, str | None]:
        checkout = self.checkout
        return choose_url(outcome, checkout.urls, checkout.dashboard, checkout.behaviour)

    def _check_that_there_is_no_url(self, outcome: Outcome) -> None:
        source, url = self._winner(outcome)
        if url is not None:
            raise ShopRequestBug(
                f"The {outcome} URL of the {source} is {url}, and the case expects no landing: "
                "remove the URL there, or write it into expect.landing."
            )


def _findings(booked: BookedSession | None, shop: Shop) -> list[str]:
    """Return the sentences, but for a shop on loopback not that it has such URLs."""
    local = is_loopback(parse(shop.url).host)
    found = booked.findings if booked else ()
    return [said for kind, said in found if not (local and kind == "url-loopback")]


def _hosts(urls: Sequence[str]) -> frozenset[str]:
    """The shop's hosts; on loopback with their ports, because the provider may be there too."""
    found = [address for url in urls if (address := parse_or_none(url))]
    return frozenset(f"{a.host}:{a.port}" if is_loopback(a.host) else a.host for a in found)
