"""The dashboard's own promises: what it takes, what it refuses, and who may change it."""

import pytest
from playwright.sync_api import BrowserContext

from clover.outcome import Outcome
from e2e.dashboard import Desk, OpenDesk
from e2e.journey import Opener
from e2e.precedence import must_end_by_precedence
from e2e.shop import NewShop, Shop
from pages.dashboard.sign_in import SignInPage
from pages.errors import SignInRefused
from pages.input_methods import KEYBOARD

pytestmark = pytest.mark.dashboard

REFUSED = {
    Outcome.SUCCESS: "http://merchant.example/success",
    Outcome.FAILURE: "merchant.example/failure",
    Outcome.CANCEL: "https://",
}


@pytest.fixture
def desk(open_desk: OpenDesk, shop: Shop) -> Desk:
    """The dashboard of this test's own merchant."""
    return open_desk(shop)


@pytest.mark.stays("it is about what the dashboard keeps, and nobody is redirected")
@pytest.mark.sandbox
def test_saved_urls_survive_reload_and_sign_out(shop: Shop, desk: Desk) -> None:
    """What was saved stands there after a reload, and in a browser that signs in afresh."""
    urls = shop.urls("?session_id={CHECKOUT_SESSION_ID}&ville=Montr%C3%A9al&q=<b>&quot;#top")
    desk.set(urls)

    desk.come_in()

    assert desk.held == urls


@pytest.mark.stays("it is about what the dashboard refuses, and nobody is redirected")
@pytest.mark.standin_only
def test_urls_that_are_not_https_are_refused(shop: Shop, desk: Desk) -> None:
    """A plain or malformed URL is refused beside its field, and what was saved stays."""
    urls = shop.urls()
    desk.set(urls)

    desk.try_to_set(REFUSED)

    assert set(desk.screen.problems()) == {"success", "failure", "cancel"}
    assert desk.read() == urls


@pytest.mark.killed_by("dashboard-url-not-filled-in")
@pytest.mark.sandbox
def test_placeholder_of_a_dashboard_url_is_treated_as_one_of_the_request(
    shop: Shop, desk: Desk, open_checkout: Opener
) -> None:
    """Placeholders, parameters and a fragment in a dashboard URL follow the behaviour's rule."""
    tail = "/{CHECKOUT_SESSION_ID}?id={CHECKOUT_SESSION_ID}&code={ERROR_CODE}&own=a%20b#done"
    desk.set(shop.urls({Outcome.CANCEL: tail}))
    journey = open_checkout(shop.sell(shop.urls()))

    journey.cancel()

    must_end_by_precedence(journey, Outcome.CANCEL)


@pytest.mark.killed_by("dashboard-ignored")
@pytest.mark.sandbox
def test_keyboard_alone_sets_urls(shop: Shop, open_desk: OpenDesk, open_checkout: Opener) -> None:
    """A person without a mouse takes all ten steps and saves."""
    desk = open_desk(shop, input_method=KEYBOARD)
    urls = shop.urls(only={Outcome.CANCEL})

    desk.set(urls)

    journey = open_checkout(shop.sell())
    journey.cancel()
    must_end_by_precedence(journey, Outcome.CANCEL)


@pytest.mark.stays("it is about who may open the dashboard, and nobody is redirected")
@pytest.mark.standin_only
def test_wrong_password_opens_nothing(desk: Desk, context: BrowserContext) -> None:
    """Whoever mistypes the password is told so, and stays outside."""
    door = SignInPage(context.new_page()).open(desk.key.url)

    with pytest.raises(SignInRefused, match="password is not right"):
        door.sign_in(desk.key.email, "open sesame")

    assert door.asks_for_password()


@pytest.mark.stays("it is about who may open the dashboard, and nobody is redirected")
@pytest.mark.standin_only
def test_signed_in_merchant_cannot_open_anothers_settings(
    new_shop: NewShop, open_desk: OpenDesk
) -> None:
    """The address of another merchant's settings leads to nothing, whoever is signed in."""
    own, other = open_desk(new_shop()), open_desk(new_shop())
    page = own.screen.page

    answer = page.goto(page.url.replace(own.key.merchant_id, other.key.merchant_id))

    assert answer is not None
    assert answer.status == 404
