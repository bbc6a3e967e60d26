"""What was observed of one checkout, as the contract reads it."""

from clover.address import parse_or_none
from clover.expectation import Expectation
from clover.leaks import Secret, short_secrets
from records.observation import Observation, PageState
from suite.checkout.observer import LANDING_HOSTS, Observer


def observe(observer: Observer, waited_s: float, expectation: Expectation) -> Observation:
    """Return everything that was observed so far.

    Args:
        observer: of the checkout.
        waited_s: how long the suite waited for the end, seconds.
        expectation: says whether the landing site has a journal of the landing.
    """
    seen = observer.hosted_page.look()
    return Observation(
        hops=observer.trail.hops,
        arrivals=observer.arrivals() if _lands_on_our_site(observer, expectation) else None,
        address=observer.address(),
        stayed=PageState(seen.url, seen.heading, seen.alert),
        texts=[*_texts(observer), ("the window's name", seen.window_name)],
        waited_s=waited_s,
        acted_ms=observer.acted_ms,
        payments=observer.payments(),
    )


def secrets(observer: Observer) -> list[Secret]:
    """Return what no URL, referrer or title may hold."""
    checkout = observer.checkout
    cards = [Secret("card number", card.number, is_card=True) for card in observer.cards]
    for details in {card.details() for card in observer.cards}:
        cards += short_secrets(details.cvv, details.expiry)
    email = checkout.request.customer.email
    shopper = [Secret("shopper's e-mail address", email, from_merchant=True)] if email else []
    return [checkout.merchant.token, *cards, *shopper]


def _lands_on_our_site(observer: Observer, expectation: Expectation) -> bool:
    """Whether the landing has a journal: the merchant's own pages have none."""
    if expectation.landing is None:
        return True
    host = expectation.landing.address.host
    site = parse_or_none(observer.checkout.merchant.site)
    return host.endswith(LANDING_HOSTS) or (site is not None and host == site.host)


def _texts(observer: Observer) -> list[tuple[str, str]]:
    trail = observer.trail
    texts = [("a page's title", title) for title in trail.titles]
    texts += [("the address bar", address.url) for address in trail.addresses]
    for request in trail.requests:
        texts.append(("a request's URL", request.url))
        texts += [("a referrer", value) for name, value in request.headers if name == "referer"]
    return texts
