"""The stand-in's own page for developers, in a browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from standin import StandIn
from tests.standin.receiver import Receiver
from tests.standin.shopper import ORDER, open_page, post

PHONE: ViewportSize = {"width": 390, "height": 844}


@pytest.fixture
def page(own_browser: Browser, shown: StandIn) -> Iterator[Page]:
    """The page on a phone."""
    with own_browser.new_context(viewport=PHONE, ignore_https_errors=True) as context:
        page = context.new_page()
        post(shown, shown.merchant)
        page.goto(shown.api_url)
        yield page


def top(element: Locator) -> float:
    """Pixels between the window's upper edge and an element."""
    box = element.bounding_box()
    assert box
    return box["y"]


def test_new_session_appears_and_leaves_the_reader_alone(page: Page, shown: StandIn) -> None:
    """The list grows; what is open, focused and in view stays."""
    for _ in range(5):
        post(shown, shown.merchant)
    expect(page.get_by_role("article")).to_have_count(6)
    oldest = page.get_by_role("article").last
    fold = oldest.get_by_text("Request")
    fold.focus()
    page.keyboard.press("Enter")
    fold.scroll_into_view_if_needed()
    before = top(fold)

    open_page(shown, shown.merchant).pay()

    expect(page.get_by_role("article")).to_have_count(7)
    assert top(fold) == pytest.approx(before, abs=1)
    expect(oldest.locator("details").first).to_have_attribute("open", "")
    expect(fold).to_be_focused()


def test_changed_session_stays_open_and_focused(page: Page, shown: StandIn) -> None:
    """A session that goes on changes in place."""
    shopper = open_page(shown, shown.merchant)
    article = page.get_by_role("article").first
    fold = article.get_by_text("What happened")
    fold.focus()
    page.keyboard.press("Enter")

    shopper.pay()

    expect(article).to_contain_text("approved Visa 4242")
    expect(article.get_by_role("listitem").first).to_be_visible()
    expect(fold).to_be_focused()


def test_webhook_is_sent_again_by_keyboard(page: Page, shown: StandIn, receiver: Receiver) -> None:
    """The button sends the webhook, and the reader stays on it."""
    shown.configure(shown.merchant, switches={"webhook_timing": "before"})
    shown.merchant.webhook_url = receiver.url
    open_page(shown, shown.merchant).pay()
    first = receiver.came.get(timeout=5)[1]
    button = page.get_by_role("button", name="Send the webhook APPROVED again")
    button.focus()
    page.keyboard.press("Enter")

    assert receiver.came.get(timeout=5)[1] == first
    expect(page.get_by_text("Webhook: APPROVED, 200, 200")).to_be_visible()
    expect(button).to_be_focused()


def test_credentials_are_hidden_until_asked(page: Page, shown: StandIn) -> None:
    """The token is visible once its fold is opened by keyboard."""
    token = page.get_by_text(shown.merchant.token)
    expect(token).to_be_hidden()
    fold = page.get_by_text("Credentials of Example Store")
    fold.focus()
    page.keyboard.press("Enter")
    expect(token).to_be_visible()


def test_page_says_that_the_standin_is_gone(page: Page) -> None:
    """The list stays, and the page says that it is old."""
    page.route("**/*", lambda route: route.abort())
    expect(page.get_by_role("status")).to_contain_text("does not answer")
    expect(page.get_by_role("article")).to_have_count(1)


def test_page_fits_a_phone(page: Page, shown: StandIn) -> None:
    """Nothing is wider than the window, however long a value is."""
    post(shown, shown.merchant, {**ORDER, "note": "x" * 3000})
    expect(page.get_by_role("article")).to_have_count(2)
    for fold in page.locator("summary").all():
        fold.click()
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
