"""The Global Developer Dashboard, and its list of test merchants."""

from typing import ClassVar, Self

from pages.dashboard import words
from pages.dashboard.look import Look, Thing
from pages.dashboard.merchant import MerchantDashboard
from pages.dashboard.screen import Screen


class DeveloperDashboard(Screen):
    """Where a developer turns to the sandbox."""

    NAME: ClassVar = "The Global Developer Dashboard"

    def to_sandbox(self) -> Self:
        """Turn the Sandbox toggle on, unless it is on already.

        Raises:
            PageChanged: there is no such toggle, or it does not turn.
        """
        toggle = self.find(_sandbox_or_beyond, "a toggle “Sandbox”")
        if not _is_in_sandbox(self.look(), toggle):
            self.press(
                _toggle,
                lambda seen: bool(_is_on(seen) or seen.actions(words.TEST_MERCHANTS)),
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
            lambda seen: _first(seen.actions(words.TEST_MERCHANTS)),
            lambda seen: bool(seen.actions(words.LAUNCH_DASHBOARD)),
            what="“Test Merchants”",
            leads_to="a merchant with “Launch Dashboard”",
        )
        return self.turn_to(TestMerchantsPage, page)


class TestMerchantsPage(Screen):
    """The merchants of the sandbox, each with its way to its own dashboard."""

    NAME: ClassVar = "The list of test merchants"
    __test__: ClassVar = False  # no test, whatever its name begins with

    def launch(self, merchant_id: str) -> MerchantDashboard:
        """Open one merchant's dashboard, in whichever tab it opens.

        Args:
            merchant_id: tells the merchants apart, where there are several.

        Raises:
            PageChanged: the merchant is not there.
        """

        def choose(seen: Look) -> Thing | None:
            offered = seen.actions(words.LAUNCH_DASHBOARD)
            named = [action for action in offered if merchant_id in action.row]
            return offered[0] if len(offered) == 1 else _first(named)

        page = self.press(
            choose,
            lambda seen: (
                bool(seen.actions(words.SETTINGS)) and not seen.actions(words.LAUNCH_DASHBOARD)
            ),
            what=f"“Launch Dashboard” of the merchant {merchant_id}",
            leads_to="the merchant's dashboard with “Settings”",
        )
        return self.turn_to(MerchantDashboard, page)


def is_developer_dashboard(seen: Look) -> bool:
    """Whether this is the page after the sign-in, or one behind it."""
    return bool(
        seen.actions(words.SANDBOX)
        or seen.actions(words.TEST_MERCHANTS)
        or seen.actions(words.LAUNCH_DASHBOARD)
        or seen.actions(words.SETTINGS)
    )


def _toggle(seen: Look) -> Thing | None:
    offered = seen.actions(words.SANDBOX)
    return _first([action for action in offered if action.checked is not None] or offered)


def _sandbox_or_beyond(seen: Look) -> Thing | None:
    return _toggle(seen) or _first(seen.actions(words.TEST_MERCHANTS))


def _is_in_sandbox(seen: Look, toggle: Thing) -> bool:
    """A toggle that does not show how it stands is left alone where the test merchants are."""
    if toggle.checked is not None:
        return toggle.checked
    return bool(seen.actions(words.TEST_MERCHANTS))


def _is_on(seen: Look) -> bool:
    toggle = _toggle(seen)
    return bool(toggle and toggle.checked)


def _first(things: list[Thing]) -> Thing | None:
    return things[0] if things else None
