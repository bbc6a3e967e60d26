"""The merchant's dashboard, its settings panel, and the list of all settings."""

from typing import ClassVar

from pages.dashboard.hosted_checkout import HostedCheckoutPage, outcome_fields
from pages.dashboard.page import DashboardPage, first
from pages.snapshot import Action, Snapshot
from pages.words import dashboard as words


class MerchantDashboard(DashboardPage):
    """One merchant's dashboard."""

    NAME: ClassVar = "The Merchant Dashboard"

    def settings(self) -> "SettingsPanel":
        """Open the side panel by “Settings” at the top right.

        Raises:
            PageChanged: it is missing, or opens nothing.
        """

        def choose(seen: Snapshot) -> Action | None:
            offered = seen.actions_called(words.SETTINGS)
            return max(offered, key=lambda action: action.right - action.top, default=None)

        page = self.press(
            choose,
            lambda seen: bool(seen.actions_called(words.VIEW_ALL_SETTINGS)),
            what="“Settings” at the top right",
            leads_to="“View all settings”",
        )
        return self.next_page(SettingsPanel, page)


class SettingsPanel(DashboardPage):
    """The panel at the side."""

    NAME: ClassVar = "The settings panel"

    def view_all(self) -> "SettingsPage":
        """Open the list of all settings.

        Raises:
            PageChanged: the panel does not lead there.
        """
        before = self.snapshot().inventory()
        page = self.press(
            lambda seen: first(seen.actions_called(words.VIEW_ALL_SETTINGS)),
            lambda seen: seen.inventory() != before and _lists_ecommerce(seen),
            what="“View all settings”",
            leads_to="the section “Ecommerce”",
        )
        return self.next_page(SettingsPage, page)


class SettingsPage(DashboardPage):
    """All settings, by section."""

    NAME: ClassVar = "The list of all settings"

    def hosted_checkout(self) -> HostedCheckoutPage:
        """Open “Hosted Checkout” in the section “Ecommerce”, and unfold that if necessary.

        Raises:
            PageChanged: the section or the entry is missing, or it leads elsewhere.
        """
        seen = self.snapshot()
        if seen.actions_called(words.ECOMMERCE) and not _in_section(seen):
            self.press(
                lambda seen: first(seen.actions_called(words.ECOMMERCE)),
                lambda seen: bool(_in_section(seen)),
                what="“Ecommerce”",
                leads_to="“Hosted Checkout”",
            )
        page = self.press(
            _hosted_checkout,
            lambda seen: bool(outcome_fields(seen) or seen.actions_called(words.REDIRECT_URLS)),
            what="“Hosted Checkout”",
            leads_to="the section “Redirect URLs”",
        )
        return self.next_page(HostedCheckoutPage, page).ready()


def _lists_ecommerce(seen: Snapshot) -> bool:
    return seen.shows(words.ECOMMERCE) or bool(seen.actions_called(words.ECOMMERCE))


def _in_section(seen: Snapshot) -> list[Action]:
    """The entries in the section, without one of the same name in a navigation before it."""
    offered = seen.actions_called(words.HOSTED_CHECKOUT)
    named = seen.shows(words.ECOMMERCE) or seen.actions_called(words.ECOMMERCE)
    return seen.after(words.ECOMMERCE, offered) if named else offered


def _hosted_checkout(seen: Snapshot) -> Action | None:
    return first(_in_section(seen) or seen.actions_called(words.HOSTED_CHECKOUT))
