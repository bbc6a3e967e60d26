"""Slow, broken and missing things on the way, each told apart by whose fault it is."""

import pytest
from playwright.sync_api import Route

from clover import cards
from clover.outcome import Outcome
from e2e.url_shapes import RICH
from pages.errors import PageChanged, PageDown
from suite.checkout.journey import MerchantSiteProblem, Opener, ProviderDown
from suite.checkout.witnesses import MerchantSite
from suite.merchant import Sale, Shop

pytestmark = pytest.mark.standin_only


@pytest.fixture
def sale(shop: Shop) -> Sale:
    """A session with a URL for each outcome."""
    return shop.sell(shop.urls(RICH))


@pytest.mark.only_browser("chromium")
def test_slow_connection_only_takes_longer(sale: Sale, begin_checkout: Opener) -> None:
    """On a connection like a train's the shopper lands just the same."""
    journey = begin_checkout(sale)
    network = journey.page.context.new_cdp_session(journey.page)
    network.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 250, "downloadThroughput": 60e3, "uploadThroughput": 60e3},
    )

    journey.open().pay(cards.APPROVED)

    journey.must_end(Outcome.SUCCESS)


def test_lost_connection_while_paying_can_be_tried_again(sale: Sale, open_checkout: Opener) -> None:
    """A connection lost at Pay leaves the shopper on the page; the next try pays once."""
    journey = open_checkout(sale)
    journey.cards.append(cards.APPROVED)
    journey.checkout.type(cards.APPROVED.details())

    journey.page.context.set_offline(offline=True)
    journey.press(journey.checkout.press_pay)
    journey.must_stay(Outcome.SUCCESS)
    journey.page.context.set_offline(offline=False)
    journey.press(journey.checkout.press_pay)

    journey.must_end(Outcome.SUCCESS)


def test_server_error_while_paying_can_be_tried_again(sale: Sale, open_checkout: Opener) -> None:
    """A pay call that answers 500 leaves the shopper on the page; the next try pays once."""
    journey = open_checkout(sale)
    journey.cards.append(cards.APPROVED)
    journey.checkout.type(cards.APPROVED.details())

    journey.page.route("**/*", _fail_posts)
    journey.press(journey.checkout.press_pay)
    journey.must_stay(Outcome.SUCCESS)
    journey.page.unroute("**/*", _fail_posts)
    journey.press(journey.checkout.press_pay)

    journey.must_end(Outcome.SUCCESS)


def _fail_posts(route: Route) -> None:
    if route.request.method == "POST":
        route.fulfill(status=500, body="")
    else:
        route.continue_()


def test_provider_that_breaks_down_has_broken_no_promise(sale: Sale, open_checkout: Opener) -> None:
    """A pay call that answers 500 and leads nowhere is an outage, not a wrong redirect."""
    journey = open_checkout(sale)
    journey.within_s = 0.5
    journey.page.route("**/*", _fail_posts)
    journey.pay(cards.APPROVED)

    with pytest.raises(ProviderDown) as problem:
        journey.must_end(Outcome.SUCCESS)

    assert "The provider's server failed (POST https://" in str(problem.value)
    assert journey.judged is not None
    assert (journey.judged.kept, journey.judged.violations) == (False, ())


def test_missing_card_field_is_a_changed_page(sale: Sale, begin_checkout: Opener) -> None:
    """A card frame that does not load is the page's problem, named field by field."""
    journey = begin_checkout(sale)
    journey.checkout.within_s = 2
    journey.page.route("**/number", lambda route: route.abort())

    with pytest.raises(PageChanged) as problem:
        journey.open()

    assert "Not found: the field “Card Number”" in str(problem.value)
    assert "the field “CVV”" not in str(problem.value)


def test_script_error_on_the_page_does_not_change_the_landing(
    sale: Sale, begin_checkout: Opener
) -> None:
    """A script of somebody else that throws on the page leaves the redirect alone."""
    journey = begin_checkout(sale)
    journey.page.add_init_script("setTimeout(() => { throw new Error('a plug-in broke') }, 0)")

    journey.open().pay(cards.APPROVED)

    journey.must_end(Outcome.SUCCESS)


@pytest.mark.parametrize("status", [500, 404])
def test_merchants_broken_page_is_the_merchants_problem(
    sale: Sale, open_checkout: Opener, landing_site: MerchantSite, status: int
) -> None:
    """A right redirect to a page that answers an error is the merchant's, not Clover's."""
    journey = open_checkout(sale)

    with landing_site.answer_with("/", status=status):
        journey.pay(cards.APPROVED)
        with pytest.raises(MerchantSiteProblem) as problem:
            journey.must_end(Outcome.SUCCESS)

    assert "The redirect was right" in str(problem.value)
    assert f"status {status}" in str(problem.value)


def test_merchants_site_that_is_down_is_the_merchants_problem(
    sale: Sale, open_checkout: Opener, landing_site: MerchantSite
) -> None:
    """A right redirect to a site that is down is the merchant's, not Clover's."""
    journey = open_checkout(sale)

    with landing_site.down():
        journey.pay(cards.APPROVED)
        with pytest.raises(MerchantSiteProblem) as problem:
            journey.must_end(Outcome.SUCCESS)

    assert "could not be reached" in str(problem.value)


def test_machine_without_a_network_is_told_so(sale: Sale, begin_checkout: Opener) -> None:
    """A hosted page that cannot be opened is a problem of the target or the network."""
    journey = begin_checkout(sale)
    journey.page.context.set_offline(offline=True)

    with pytest.raises(PageDown) as problem:
        journey.open()

    assert "this machine has no network" in str(problem.value)
