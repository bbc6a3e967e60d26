"""Network and server faults: each is attributed to the right party."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Route

from clover import cards
from pages.errors import PageChanged, PageDown
from records.outcome import Outcome
from suite.checkout.assertions import must_land, must_stay
from suite.checkout.problems import MerchantSiteProblem, ProviderDown
from suite.checkout.shopper import OpenCheckout, Shopper
from suite.merchant import Checkout
from suite.targets import LandingSite

pytestmark = pytest.mark.standin_only


@pytest.mark.needs_slow_network
def test_slow_connection_lands(checkout: Checkout, begin_checkout: OpenCheckout) -> None:
    """A shopper on a slow connection lands as usual."""
    shopper = begin_checkout(checkout)
    network = shopper.page.context.new_cdp_session(shopper.page)
    network.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 250, "downloadThroughput": 60e3, "uploadThroughput": 60e3},
    )

    shopper.open().pay(cards.APPROVED)

    must_land(shopper, Outcome.SUCCESS)


def test_lost_connection_allows_another_try(shopper: Shopper) -> None:
    """A connection lost at Pay leaves the shopper on the page; the next try pays once."""
    shopper.type_card(cards.APPROVED)

    shopper.page.context.set_offline(offline=True)
    shopper.press_pay()
    must_stay(shopper, Outcome.SUCCESS)
    shopper.page.context.set_offline(offline=False)
    shopper.press_pay()

    must_land(shopper, Outcome.SUCCESS)


def test_server_error_allows_another_try(shopper: Shopper) -> None:
    """A pay call that answers 500 leaves the shopper on the page; the next try pays once."""
    shopper.type_card(cards.APPROVED)

    shopper.page.route("**/*", _fail_posts)
    shopper.press_pay()
    must_stay(shopper, Outcome.SUCCESS)
    shopper.page.unroute("**/*", _fail_posts)
    shopper.press_pay()

    must_land(shopper, Outcome.SUCCESS)


def _fail_posts(route: Route) -> None:
    if route.request.method == "POST":
        route.fulfill(status=500, body="")
    else:
        route.continue_()


def _refuse_posts(route: Route) -> None:
    if route.request.method == "POST":
        route.abort("connectionrefused")
    else:
        route.continue_()


@pytest.mark.parametrize("fail", [_fail_posts, _refuse_posts], ids=["status 500", "no server"])
def test_outage_is_no_redirect_bug(shopper: Shopper, fail: Callable[[Route], None]) -> None:
    """A pay call that fails and leads nowhere is an outage, not a wrong redirect or a payment."""
    shopper.observer.within_s = 0.5
    shopper.page.route("**/*", fail)
    shopper.pay(cards.APPROVED)

    with pytest.raises(ProviderDown, match=r"The provider's server failed \(POST https://"):
        must_stay(shopper, Outcome.SUCCESS, payments=1)
    with pytest.raises(ProviderDown, match=r"The provider's server failed \(POST https://"):
        must_land(shopper, Outcome.SUCCESS)

    verdict = shopper.observer.last_verdict
    assert verdict is not None
    assert not verdict.kept
    assert verdict.violations == ()


def test_missing_card_field_is_a_changed_page(
    checkout: Checkout, begin_checkout: OpenCheckout
) -> None:
    """A card frame that does not load is reported as a changed page, with the field's name."""
    shopper = begin_checkout(checkout)
    shopper.hosted_page.within_s = 2
    shopper.page.route("**/number", lambda route: route.abort())

    with pytest.raises(PageChanged) as problem:
        shopper.open()

    assert "Not found: the field “Card Number”" in str(problem.value)
    assert "the field “CVV”" not in str(problem.value)


def test_script_error_does_not_change_the_landing(
    checkout: Checkout, begin_checkout: OpenCheckout
) -> None:
    """A third party's script that throws on the page does not change the redirect."""
    shopper = begin_checkout(checkout)
    shopper.page.add_init_script("setTimeout(() => { throw new Error('a plug-in broke') }, 0)")

    shopper.open().pay(cards.APPROVED)

    must_land(shopper, Outcome.SUCCESS)


@pytest.mark.parametrize("status", [500, 404])
def test_error_of_the_merchants_page_is_the_merchants(
    shopper: Shopper, landing_site: LandingSite, status: int
) -> None:
    """A right redirect to a page that answers an error is the merchant's problem."""
    with landing_site.answer_with("/", status=status):
        shopper.pay(cards.APPROVED)
        with pytest.raises(MerchantSiteProblem, match=f"The redirect was right.* status {status}"):
            must_land(shopper, Outcome.SUCCESS)


def test_outage_of_the_merchants_site_is_the_merchants(
    shopper: Shopper, landing_site: LandingSite
) -> None:
    """A right redirect to a site that is down is the merchant's problem."""
    with landing_site.down():
        shopper.pay(cards.APPROVED)
        with pytest.raises(MerchantSiteProblem, match="could not be reached"):
            must_land(shopper, Outcome.SUCCESS)


def test_missing_network_is_named(checkout: Checkout, begin_checkout: OpenCheckout) -> None:
    """If the hosted page cannot be opened, the error names the missing network."""
    shopper = begin_checkout(checkout)
    shopper.page.context.set_offline(offline=True)

    with pytest.raises(PageDown, match="this machine has no network"):
        shopper.open()
