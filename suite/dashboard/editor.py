"""Editor of a merchant's redirect URLs on the dashboard, as a person uses it."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass

from playwright.sync_api import Page

from pages.dashboard.hosted_checkout import HostedCheckoutPage
from pages.input_methods import MOUSE, InputMethod
from records.outcome import Outcome
from suite.dashboard.access import DashboardAccess, urls_on
from suite.dashboard.dashboard_backup import DashboardBackup
from suite.merchant import Merchant
from suite.redirect_urls import Urls


class NotSaved(AssertionError):
    """The dashboard shows other redirect URLs than those that were just saved.

    A dashboard that shows neither the new URLs nor the earlier ones, and no message, is a redirect
    bug. One that shows the earlier URLs saved nothing: it may have refused them, or need another
    step than its page object takes.
    """

    def __init__(self, wanted: Urls, shown: Urls, before: Urls, message: str) -> None:
        differences = "; ".join(
            f"{outcome} is {shown.get(outcome) or 'empty'} and not {wanted.get(outcome) or 'empty'}"
            for outcome in Outcome
            if wanted.get(outcome) != shown.get(outcome)
        )
        more = f" (the page says “{message}”)" if message else ""
        super().__init__(f"The dashboard did not keep what was saved: {differences}{more}.")
        unsaved = message or shown == before
        self.category = "target problem" if unsaved else "redirect bug"


class NotRestored(Exception):
    """A merchant's dashboard was changed and could not be restored."""

    def __init__(self, merchant_id: str, urls: Urls, file: str, why: BaseException) -> None:
        held = "; ".join(f"{outcome}: {urls.get(outcome) or 'empty'}" for outcome in Outcome)
        super().__init__(
            f"The redirect URLs of the merchant {merchant_id} could not be restored "
            f"({type(why).__name__}: {why}). Set them by hand to what they were: {held}. "
            f"They are also in {file}, and the next run tries again."
        )
        self.category = getattr(why, "category", "suite problem")


@dataclass(slots=True)
class DashboardEditor:
    """One merchant's dashboard, opened when it is first needed.

    Expectations are computed from what the dashboard shows after a reload, not from what was
    typed. The first change makes a backup, in memory and on disk.

    Attributes:
        new_page: opens a tab in a new browser context.
        fallback: does some work with a page of another browser.
    """

    merchant: Merchant
    access: DashboardAccess
    backup: DashboardBackup
    new_page: Callable[[], Page]
    fallback: Callable[[Callable[[Page], None]], None]
    input_method: InputMethod = MOUSE
    _interrupted: bool = False
    _screen: HostedCheckoutPage | None = None

    @property
    def screen(self) -> HostedCheckoutPage:
        """The page “Hosted Checkout”."""
        return self._screen or self.open()

    def open(self) -> HostedCheckoutPage:
        """Sign in and take the ten steps, in a new browser context."""
        self._screen = self._sign_in(self.new_page(), self.input_method)
        self._note(self._screen)
        return self._screen

    def _sign_in(self, page: Page, input_method: InputMethod = MOUSE) -> HostedCheckoutPage:
        return self.access.sign_in(page, self.merchant.target.within_s, input_method)

    @property
    def held(self) -> Urls:
        """The URLs that the dashboard showed last."""
        return self.merchant.dashboard_urls

    def read(self) -> Urls:
        """Load the page again and return what is saved."""
        return self._note(self.screen.reopen())

    def set(self, urls: Urls) -> None:
        """Save these URLs and no others.

        Raises:
            NotSaved: the dashboard shows something else afterwards.
        """
        if self._screen is None:
            self.open()
        before = self.held
        message = self.try_to_set(urls)
        if self.read() != dict(urls):
            raise NotSaved(urls, self.held, before, message)

    def try_to_set(self, urls: Urls) -> str:
        """Type the URLs, press Save, and return the page's message, or ""."""
        screen = self.screen
        self.backup.keep(self.held)
        return _save(screen, urls)

    def restore(self, *, interrupted: bool = False) -> None:
        """Make the dashboard hold again what it held before the first change.

        Args:
            interrupted: the run is being ended, and perhaps this test's browser with it.

        Raises:
            NotRestored: it does not; the URLs are written to a file for a person.
        """
        self._interrupted |= interrupted
        if self.backup.urls is None:
            return
        try:
            self._restore()
        except Exception as error:
            file = self.backup.export(self.access.merchant_id)
            raise NotRestored(self.access.merchant_id, self.backup.urls, file, error) from error
        self.backup.discard()

    def _restore(self) -> None:
        """Restore in the test's browser, or in a new one if that fails."""
        with suppress(Exception):  # a failed test may leave its browser unusable
            if not self._interrupted:
                return self._restore_on(self.screen)
        return self.fallback(lambda page: self._restore_on(self._sign_in(page)))

    def _restore_on(self, screen: HostedCheckoutPage) -> None:
        """Try twice: unsaved edits may hide that what is saved differs."""
        wanted, before = self.backup.urls or {}, self.held
        message = ""
        for _ in range(2):
            message = _save(screen, wanted)
            if self._note(screen.reopen()) == wanted:
                return
        raise NotSaved(wanted, self.held, before, message)

    def _note(self, screen: HostedCheckoutPage) -> Urls:
        self.merchant.urls_on_dashboard = urls_on(screen)
        return self.held


def _save(screen: HostedCheckoutPage, urls: Urls) -> str:
    screen.type({str(outcome): url for outcome, url in urls.items()}).save()
    return screen.complaint()


def restore_all(editors: Iterable[DashboardEditor], *, interrupted: bool = False) -> None:
    """Restore every dashboard, whatever happens to the others.

    Raises:
        ExceptionGroup: of one ``NotRestored`` for each dashboard that is not as it was.
    """
    problems = []
    for editor in editors:
        try:
            editor.restore(interrupted=interrupted)
        except NotRestored as problem:
            problems.append(problem)
    if problems:
        raise ExceptionGroup("The dashboard is not as it was.", problems)


#: Takes a merchant and, as ``input_method``, another one than the mouse.
OpenDashboard = Callable[..., DashboardEditor]
