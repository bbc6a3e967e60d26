"""Settings of the dashboard: what it accepts, what it refuses, and who may change it."""

import pytest
from playwright.sync_api import BrowserContext

from pages.dashboard.sign_in import SignInPage
from pages.errors import SignInRefused
from pages.input_methods import KEYBOARD
from records.outcome import Outcome
from suite.checkout.precedence import must_land_by_precedence
from suite.checkout.shopper import OpenCheckout
from suite.dashboard.editor import DashboardEditor, OpenDashboard
from suite.merchant import Merchant, MerchantFactory
from suite.refusals import save_or_skip

pytestmark = [pytest.mark.dashboard, pytest.mark.cheap_page]

REFUSED = {
    Outcome.SUCCESS: "http://merchant.example/success",
    Outcome.FAILURE: "merchant.example/failure",
    Outcome.CANCEL: "https://",
}


@pytest.mark.sandbox
def test_saved_urls_survive_reload_and_sign_out(
    merchant: Merchant, editor: DashboardEditor
) -> None:
    """Saved URLs are unchanged after a reload and after a new sign-in."""
    urls = merchant.urls("?session_id={CHECKOUT_SESSION_ID}&ville=Montr%C3%A9al&q=<b>&quot;#top")
    save_or_skip(editor, urls)

    editor.open()

    assert editor.held == urls


@pytest.mark.standin_only
def test_urls_that_are_not_https_are_refused(merchant: Merchant, editor: DashboardEditor) -> None:
    """A plain or malformed URL is refused next to its field, and the saved URLs stay."""
    urls = merchant.urls()
    editor.set(urls)

    editor.try_to_set(REFUSED)

    assert set(editor.screen.problems()) == {"success", "failure", "cancel"}
    assert editor.read() == urls


@pytest.mark.sandbox
def test_dashboard_url_follows_the_placeholder_rule(
    merchant: Merchant, editor: DashboardEditor, open_checkout: OpenCheckout
) -> None:
    """Placeholders, parameters and a fragment in a dashboard URL follow the behaviour's rule."""
    tail = "/{CHECKOUT_SESSION_ID}?id={CHECKOUT_SESSION_ID}&code={ERROR_CODE}&own=a%20b#done"
    save_or_skip(editor, merchant.urls({Outcome.CANCEL: tail}))
    shopper = open_checkout(merchant.create_checkout(merchant.urls()))

    shopper.cancel()

    must_land_by_precedence(shopper, Outcome.CANCEL)


@pytest.mark.sandbox
def test_keyboard_user_sets_urls(
    merchant: Merchant, open_dashboard: OpenDashboard, open_checkout: OpenCheckout
) -> None:
    """A person without a mouse can take all ten steps and save."""
    editor = open_dashboard(merchant, input_method=KEYBOARD)
    urls = merchant.urls(only={Outcome.CANCEL})

    editor.set(urls)

    shopper = open_checkout(merchant.create_checkout())
    shopper.cancel()
    must_land_by_precedence(shopper, Outcome.CANCEL)


@pytest.mark.standin_only
def test_wrong_password_does_not_sign_in(editor: DashboardEditor, context: BrowserContext) -> None:
    """A wrong password shows an error and does not sign in."""
    sign_in = SignInPage(context.new_page()).open(editor.access.url)

    with pytest.raises(SignInRefused, match="password is not right"):
        sign_in.sign_in(editor.access.email, "open sesame")

    assert sign_in.asks_for_password()


@pytest.mark.standin_only
def test_merchant_cannot_open_settings_of_another(
    new_merchant: MerchantFactory, open_dashboard: OpenDashboard
) -> None:
    """The address of another merchant's settings answers 404 to a signed-in merchant."""
    own, other = open_dashboard(new_merchant()), open_dashboard(new_merchant())
    page = own.screen.page

    answer = page.goto(page.url.replace(own.access.merchant_id, other.access.merchant_id))

    assert answer is not None
    assert answer.status == 404
