"""Two checkouts at the same time."""

import pytest

from clover import cards
from clover.outcome import Outcome
from e2e.journey import Opener
from e2e.shop import Shop

pytestmark = pytest.mark.sandbox


@pytest.mark.killed_by("session-before-gets-its-url", "session-id-of-the-session-before")
def test_two_open_checkouts_do_not_mix(shop: Shop, open_checkout: Opener) -> None:
    """Two sessions that are open in two browser contexts each end at their own URL."""
    tail = "?session_id={CHECKOUT_SESSION_ID}"
    first = open_checkout(shop.sell(shop.urls(tail)))
    second = open_checkout(shop.sell(shop.urls(tail)), beside=[first])

    second.pay(cards.DECLINED)
    first.pay(cards.APPROVED)

    first.must_end(Outcome.SUCCESS)
    second.must_end(Outcome.FAILURE)


@pytest.mark.killed_by("returning-shopper-gets-the-url-before")
def test_two_tabs_of_one_browser_do_not_mix(shop: Shop, open_checkout: Opener) -> None:
    """One shopper with two sessions open in two tabs lands where each of them leads."""
    tail = "?session_id={CHECKOUT_SESSION_ID}"
    first = open_checkout(shop.sell(shop.urls(tail)))
    second = open_checkout(shop.sell(shop.urls(tail)), beside=[first], in_browser_of=first)

    first.pay(cards.APPROVED)
    second.cancel()

    first.must_end(Outcome.SUCCESS)
    second.must_end(Outcome.CANCEL)
