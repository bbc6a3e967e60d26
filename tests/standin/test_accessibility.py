"""WCAG 2 A and AA on the stand-in's pages, as far as axe can tell, on a phone and a wide window."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Frame, Page, ViewportSize, expect

from standin import StandIn
from standin.server import SKINS
from tests.standin.shopper import DECLINED, ORDER, HostedPage, line, post

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
#: axe reaches other origins' frames only if each has it: every frame is examined by itself.
OPTIONS: dict[str, Any] = {"runOnly": {"type": "tag", "values": TAGS}, "iframes": False}
#: Rules that a skin breaks on purpose: it is a page whose frames no title tells apart.
KNOWN: dict[str, tuple[str, ...]] = {
    "classic": (),
    "bare": ("frame-title",),
    "modern": ("frame-title",),
    "plain": (),
}
WINDOWS: tuple[ViewportSize, ...] = (
    {"width": 1280, "height": 800},
    {"width": 390, "height": 844},
)


@pytest.fixture
def page(own_browser: Browser) -> Iterator[Page]:
    """An empty tab."""
    with own_browser.new_context(ignore_https_errors=True) as context:
        yield context.new_page()


def problems(page: Page, *, except_rules: tuple[str, ...] = ()) -> list[str]:
    """What axe finds in each visible frame, in both windows, and a page wider than its window."""
    options = {**OPTIONS, "rules": {rule: {"enabled": False} for rule in except_rules}}
    found = []
    for window in WINDOWS:
        page.set_viewport_size(window)
        for frame in filter(_is_visible, page.frames):
            for each in Axe().run(frame, options=options).response["violations"]:
                found += [f"{each['id']}: {node['html']}" for node in each["nodes"]]
        wide_by = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        found += [f"{wide_by} pixels too wide"] if wide_by else []
    return found


def _is_visible(frame: Frame) -> bool:
    return frame.parent_frame is None or frame.frame_element().is_visible()


def open_checkout(shown: StandIn, page: Page, body: object = ORDER, **account: Any) -> HostedPage:
    """Create a session by a merchant with these properties, and open its page."""
    merchant = shown.new_merchant(**account)
    shopper = HostedPage(shown, post(shown, merchant, body).json()["href"])
    page.goto(shown.origins.page + shopper.path)
    return shopper


@pytest.mark.parametrize("skin", SKINS)
def test_checkout(shown: StandIn, page: Page, skin: str) -> None:
    """The payment form with tax, tips and a cancel link."""
    order = line(note="ripe", taxRates=[{"name": "VAT", "rate": 625000}])
    open_checkout(shown, page, order, skin=skin, switches={"tips": True})
    page.wait_for_load_state("networkidle")
    assert problems(page, except_rules=KNOWN[skin]) == []


def test_receipt(shown: StandIn, page: Page) -> None:
    """The page after a payment without redirect URLs."""
    body = {**ORDER, "redirectUrls": {}}
    shopper = open_checkout(shown, page, body)
    shopper.pay()
    page.reload()
    expect(page.get_by_role("heading", name="Payment Received")).to_be_visible()
    assert problems(page) == []


def test_index(shown: StandIn, page: Page) -> None:
    """The index with everything unfolded."""
    post(shown, shown.merchant, {**ORDER, "note": "x"})
    post(shown, shown.merchant, {})
    HostedPage(shown, post(shown, shown.merchant).json()["href"]).pay(DECLINED)
    page.goto(shown.api_url)
    for fold in page.locator("summary").all():
        fold.click()
    assert problems(page) == []


def test_dashboard(shown: StandIn, page: Page) -> None:
    """Signing in, the merchants, the redirect URLs and the list of sessions."""
    merchant = shown.merchant
    HostedPage(shown, post(shown, merchant).json()["href"]).pay()
    page.goto(shown.origins.dashboard)
    found = {"sign-in": problems(page)}
    page.get_by_label("Email").fill(merchant.email)
    page.get_by_label("Password").fill(merchant.password)
    page.get_by_role("button", name="Log in").click()
    expect(page).to_have_title("Global Developer Dashboard")
    base = f"/m/{merchant.id}"
    for path in (
        "/developer", "/developer/test-merchants", base, f"{base}/checkouts", f"{base}/settings",
        f"{base}/settings/hosted-checkout",
    ):  # fmt: skip
        page.goto(shown.origins.dashboard + path)
        found[path] = problems(page)
    assert {path: those for path, those in found.items() if those} == {}
