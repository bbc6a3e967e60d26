"""The Global Developer Dashboard, and its list of test merchants."""

from typing import ClassVar, Self

from pages.dashboard.merchant import MerchantDashboard
from pages.dashboard.page import DashboardPage, first
from pages.snapshot import Action, Snapshot
from pages.words import dashboard as words


class DeveloperDashboard(DashboardPage):
    """The page after the sign-in, with the Sandbox toggle."""

    NAME: ClassVar = "The Global Developer Dashboard"

    def to_sandbox(self) -> Self:
        """Turn the Sandbox toggle on, unless it is on already.

        Raises:
            PageChanged: there is no such toggle, or it does not turn.
        """
        toggle = self.find(_toggle_or_merchants, "a toggle “Sandbox”")
        # Where a toggle does not show its state, the test merchants do.
        on = toggle.checked
        if on is None:
            on = bool(self.snapshot().actions_called(words.TEST_MERCHANTS))
        if not on:
            self.press(
                _toggle,
                lambda seen: bool(_is_on(seen) or seen.actions_called(words.TEST_MERCHANTS)),
                what="the toggle “Sandbox”",
                leads_to="the sandbox",
            )
        return self

    def test_merchants(self) -> "TestMerchantsPage":
        """Open the list of test merchants.

        Raises:
            PageChanged: the navigation has no such entry, or it leads elsewhere.
        """
        page = self.press(
            lambda seen: first(seen.actions_called(words.TEST_MERCHANTS)),
            lambda seen: bool(seen.actions_called(words.LAUNCH_DASHBOARD)),
            what="“Test Merchants”",
            leads_to="a merchant with “Launch Dashboard”",
        )
        return self.next_page(TestMerchantsPage, page)


class TestMerchantsPage(DashboardPage):
    """The merchants of the sandbox, each with a link to its dashboard."""

    NAME: ClassVar = "The list of test merchants"
    __test__: ClassVar = False  # pytest would collect it by its name

    def launch(self, merchant_id: str) -> MerchantDashboard:
        """Open one merchant's dashboard, in whichever tab it opens.

        Args:
            merchant_id: tells several merchants apart.

        Raises:
            PageChanged: the merchant is missing.
        """

        def choose(seen: Snapshot) -> Action | None:
            offered = seen.actions_called(words.LAUNCH_DASHBOARD)
            named = [action for action in offered if merchant_id in action.row]
            return offered[0] if len(offered) == 1 else first(named)

        def reached(seen: Snapshot) -> bool:
            left = not seen.actions_called(words.LAUNCH_DASHBOARD)
            return left and bool(seen.actions_called(words.SETTINGS))

        page = self.press(
            choose,
            reached,
            what=f"“Launch Dashboard” of the merchant {merchant_id}",
            leads_to="the merchant's dashboard with “Settings”",
        )
        return self.next_page(MerchantDashboard, page)


def is_developer_dashboard(seen: Snapshot) -> bool:
    """Whether this is the page after the sign-in, or one behind it."""
    signs = (words.SANDBOX, words.TEST_MERCHANTS, words.LAUNCH_DASHBOARD, words.SETTINGS)
    return any(seen.actions_called(sign) for sign in signs)


def _toggle(seen: Snapshot) -> Action | None:
    offered = seen.actions_called(words.SANDBOX)
    return first([action for action in offered if action.checked is not None] or offered)


def _toggle_or_merchants(seen: Snapshot) -> Action | None:
    return _toggle(seen) or first(seen.actions_called(words.TEST_MERCHANTS))


def _is_on(seen: Snapshot) -> bool:
    toggle = _toggle(seen)
    return bool(toggle and toggle.checked)
