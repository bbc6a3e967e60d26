"""The merchant's dashboard, its settings panel, and the list of all settings."""

from typing import ClassVar

from pages.dashboard import words
from pages.dashboard.hosted_checkout import HostedCheckoutPage, outcome_fields
from pages.dashboard.look import Look, Thing
from pages.dashboard.screen import Screen


class MerchantDashboard(Screen):
    """One merchant's dashboard."""

    NAME: ClassVar = "The Merchant Dashboard"

    def settings(self) -> "SettingsPanel":
        """Open the side panel by “Settings” at the top right.

        Raises:
            PageChanged: there is no such thing, or it opens nothing.
        """

        def choose(seen: Look) -> Thing | None:
            offered = seen.actions(words.SETTINGS)
            return max(offered, key=lambda action: action.right - action.top, default=None)

        page = self.press(
            choose,
            lambda seen: bool(seen.actions(words.VIEW_ALL_SETTINGS)),
            what="“Settings” at the top right",
            leads_to="“View all settings”",
        )
        return self.turn_to(SettingsPanel, page)


class SettingsPanel(Screen):
    """The panel at the side."""

    NAME: ClassVar = "The settings panel"

    def view_all(self) -> "SettingsPage":
        """Go on to the list of all settings.

        Raises:
            PageChanged: the panel does not lead there.
        """
        before = self.look().inventory()
        page = self.press(
            lambda seen: next(iter(seen.actions(words.VIEW_ALL_SETTINGS)), None),
            lambda seen: seen.inventory() != before and _lists_ecommerce(seen),
            what="“View all settings”",
            leads_to="the section “Ecommerce”",
        )
        return self.turn_to(SettingsPage, page)


class SettingsPage(Screen):
    """All settings, by section."""

    NAME: ClassVar = "The list of all settings"

    def hosted_checkout(self) -> HostedCheckoutPage:
        """Open “Hosted Checkout” in the section “Ecommerce”, which may have to be unfolded first.

        Raises:
            PageChanged: the section or the entry is not there, or it leads elsewhere.
        """
        seen = self.look()
        if seen.actions(words.ECOMMERCE) and not _in_section(seen):
            self.press(
                lambda look: next(iter(look.actions(words.ECOMMERCE)), None),
                lambda look: bool(_in_section(look)),
                what="“Ecommerce”",
                leads_to="“Hosted Checkout”",
            )
        page = self.press(
            _hosted_checkout,
            lambda seen: bool(outcome_fields(seen) or seen.actions(words.REDIRECT_URLS)),
            what="“Hosted Checkout”",
            leads_to="the section “Redirect URLs”",
        )
        return self.turn_to(HostedCheckoutPage, page).ready()


def _lists_ecommerce(seen: Look) -> bool:
    return seen.mentions(words.ECOMMERCE) or bool(seen.actions(words.ECOMMERCE))


def _in_section(seen: Look) -> list[Thing]:
    """The entries in the section; a like-named one in a navigation stands before it."""
    offered = seen.actions(words.HOSTED_CHECKOUT)
    named = seen.mentions(words.ECOMMERCE) or seen.actions(words.ECOMMERCE)
    return seen.after(words.ECOMMERCE, offered) if named else offered


def _hosted_checkout(seen: Look) -> Thing | None:
    return next(iter(_in_section(seen) or seen.actions(words.HOSTED_CHECKOUT)), None)
