"""Probes of the browser's Back before a payment."""

from contextlib import suppress

from playwright.sync_api import Error

from suite.browsers import SetUpProblem
from suite.merchant import Checkout
from tools.observe.reading import outcome_of
from tools.observe.visit import ProbeContext

#: The landing site forbids caching, so the page before the checkout is answered by the probe.
_SHOP = "<!doctype html><title>Shop</title><h1>Shop</h1>"


def observe_back(context: ProbeContext) -> None:
    """Come from a page of the merchant, and press the browser's Back without paying."""
    before = f"{context.site.origin}/shop"
    with context.visit("Back", context.create_checkout()) as visit:
        visit.page.goto(before)
        visit.open()
        with suppress(Error):  # a page that answers Back by leaving interrupts it
            visit.page.go_back(wait_until="commit", timeout=visit.quiet_s * 1000)
        visit.trail.wait_until(
            lambda _: visit.ownership.is_merchant(visit.trail.address("tab")), visit.quiet_s
        )
        shown = visit.trail.address("tab")
    if shown == before:
        context.notes.see("back", "the page before, without a redirect", "none")
        _see_cache(context, visit.checkout, before)
        return
    context.notes.miss("Back does not lead to the page before", "cache")
    if visit.ownership.is_merchant(shown):
        outcome = outcome_of(shown)
        context.notes.see("back", f"the {outcome} URL", outcome)
    else:
        context.notes.see("back", f"a page of Clover: {shown}", "stays")


def _see_cache(context: ProbeContext, checkout: Checkout, before: str) -> None:
    """Press Back in a browser that has a back-forward cache, and look whether the page is new."""
    try:
        browser = context.launch(with_cache=True)
    except SetUpProblem:
        why = "a headless shell has no back-forward cache: install a full Chromium"
        context.notes.miss(why, "cache")
        return
    with browser, browser.new_context(locale="en-US") as shopper:
        page = shopper.new_page()
        page.route(before, lambda route: route.fulfill(body=_SHOP, content_type="text/html"))
        page.goto(before)
        page.evaluate("globalThis.isOld = true")
        page.goto(checkout.session.href)
        page.go_back(wait_until="commit")
        restored = page.evaluate("globalThis.isOld === true")
    words = "as it was left: no script runs again" if restored else "loaded again"
    context.notes.see("cache", words, "restored" if restored else "loaded")
