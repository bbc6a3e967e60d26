"""Navigation in the dashboard: the documented ten steps to the redirect URLs.

Source: https://docs.clover.com/dev/docs/redirecting-customers (Option 2)
"""

from typing import Self

from pages.dashboard.hosted_checkout import HostedCheckoutPage, outcome_fields
from pages.dashboard.page import DashboardPage, first
from pages.elements import Action
from pages.snapshot import Snapshot
from pages.words import dashboard as words


class DashboardNavigation(DashboardPage):
    """The pages and panels between the sign-in and a merchant's redirect URLs."""

    def open_redirect_urls(self, merchant_id: str) -> HostedCheckoutPage:
        """Take all steps; skip the first ones if the address led to a merchant's dashboard."""
        seen = self.snapshot()
        earlier = (words.SANDBOX, words.TEST_MERCHANTS, words.LAUNCH_DASHBOARD)
        if any(seen.actions_called(step) for step in earlier) or not _settings(seen):
            self.turn_on_sandbox().open_test_merchants().launch(merchant_id)
        return self.open_settings().view_all_settings().open_hosted_checkout()

    def turn_on_sandbox(self) -> Self:
        """Turn the Sandbox toggle on, unless it is on already."""
        self.name = "The Global Developer Dashboard"
        toggle = self.find(lambda s: _toggle(s) or _test_merchants(s), "a toggle “Sandbox”")
        on = toggle.checked
        if on is None:  # where a toggle does not show its state, the test merchants do
            on = _test_merchants(self.snapshot()) is not None
        if not on:
            self.press(
                _toggle,
                lambda s: bool(_test_merchants(s) or ((toggle := _toggle(s)) and toggle.checked)),
                what="the toggle “Sandbox”",
                leads_to="the sandbox",
            )
        return self

    def open_test_merchants(self) -> Self:
        """Open the list of test merchants."""
        return self.press(
            _test_merchants,
            lambda s: bool(s.actions_called(words.LAUNCH_DASHBOARD)),
            what="“Test Merchants”",
            leads_to="a merchant with “Launch Dashboard”",
        )

    def launch(self, merchant_id: str) -> Self:
        """Open one merchant's dashboard, in whichever tab it opens."""
        self.name = "The list of test merchants"

        def choose(seen: Snapshot) -> Action | None:
            offered = seen.actions_called(words.LAUNCH_DASHBOARD)
            named = [action for action in offered if merchant_id in action.row]
            return offered[0] if len(offered) == 1 else first(named)

        return self.press(
            choose,
            lambda s: bool(_settings(s)) and not s.actions_called(words.LAUNCH_DASHBOARD),
            what=f"“Launch Dashboard” of the merchant {merchant_id}",
            leads_to="the merchant's dashboard with “Settings”",
        )

    def open_settings(self) -> Self:
        """Open the side panel by “Settings” at the top right."""
        self.name = "The Merchant Dashboard"
        return self.press(
            lambda s: max(_settings(s), key=lambda a: a.right - a.top, default=None),
            lambda s: bool(s.actions_called(words.VIEW_ALL_SETTINGS)),
            what="“Settings” at the top right",
            leads_to="“View all settings”",
        )

    def view_all_settings(self) -> Self:
        """Open the list of all settings."""
        self.name = "The settings panel"
        before = self.snapshot().inventory()
        return self.press(
            lambda s: first(s.actions_called(words.VIEW_ALL_SETTINGS)),
            lambda s: s.inventory() != before and _has_ecommerce(s),
            what="“View all settings”",
            leads_to="the section “Ecommerce”",
        )

    def open_hosted_checkout(self) -> HostedCheckoutPage:
        """Open “Hosted Checkout” in the section “Ecommerce”, and unfold that if necessary."""
        self.name = "The list of all settings"
        seen = self.snapshot()
        if seen.actions_called(words.ECOMMERCE) and not _in_section(seen):
            self.press(
                lambda s: first(s.actions_called(words.ECOMMERCE)),
                lambda s: bool(_in_section(s)),
                what="“Ecommerce”",
                leads_to="“Hosted Checkout”",
            )
        self.press(
            lambda s: first(_in_section(s) or s.actions_called(words.HOSTED_CHECKOUT)),
            lambda s: bool(outcome_fields(s) or s.actions_called(words.REDIRECT_URLS)),
            what="“Hosted Checkout”",
            leads_to="the section “Redirect URLs”",
        )
        return self.next_page(HostedCheckoutPage).ready()


def is_signed_in(seen: Snapshot) -> bool:
    """Whether this is the page after the sign-in, or one behind it."""
    signs = (words.SANDBOX, words.TEST_MERCHANTS, words.LAUNCH_DASHBOARD, words.SETTINGS)
    return any(seen.actions_called(sign) for sign in signs)


def _toggle(seen: Snapshot) -> Action | None:
    offered = seen.actions_called(words.SANDBOX)
    return first([action for action in offered if action.checked is not None] or offered)


def _test_merchants(seen: Snapshot) -> Action | None:
    return first(seen.actions_called(words.TEST_MERCHANTS))


def _settings(seen: Snapshot) -> list[Action]:
    return seen.actions_called(words.SETTINGS)


def _has_ecommerce(seen: Snapshot) -> bool:
    return seen.shows(words.ECOMMERCE) or bool(seen.actions_called(words.ECOMMERCE))


def _in_section(seen: Snapshot) -> list[Action]:
    """The entries in the section, without one of the same name in a navigation before it."""
    offered = seen.actions_called(words.HOSTED_CHECKOUT)
    return seen.after(words.ECOMMERCE, offered) if _has_ecommerce(seen) else offered
