"""A merchant's redirect URLs, set on the dashboard as a person does it, and put back."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Protocol

from playwright.sync_api import Page

from clover.models import RedirectUrls
from pages.dashboard.hands import MOUSE, Hand
from pages.dashboard.hosted_checkout import HostedCheckoutPage
from pages.dashboard.sign_in import SignInPage
from pages.dashboard.way import walk
from records.outcome import Outcome
from suite.dashboard.dashboard_backup import FormerUrls
from suite.dashboard.fallback_browser import ElsewhereDo
from suite.merchant import Account, Merchant, Urls


class NotSaved(AssertionError):
    """The dashboard shows other redirect URLs than those that were just saved.

    Where it holds neither the new URLs nor the former ones and says nothing, it broke its promise
    to keep what it is given. Where it holds the former ones, nothing was saved: it may have
    refused them, or want another step than it did when its page object was written.
    """

    def __init__(self, wanted: Urls, shown: Urls, former: Urls, said: str) -> None:
        differing = [outcome for outcome in Outcome if wanted.get(outcome) != shown.get(outcome)]
        told = "; ".join(
            f"{outcome} is {shown.get(outcome) or 'empty'} and not {wanted.get(outcome) or 'empty'}"
            for outcome in differing
        )
        more = f" (the page says “{said}”)" if said else ""
        super().__init__(f"The dashboard did not keep what was saved: {told}{more}.")
        unsaved = said or shown == former
        self.category = "target problem" if unsaved else "redirect bug"


class NotPutBack(Exception):
    """A merchant's dashboard was changed and could not be changed back."""

    def __init__(self, merchant_id: str, former: Urls, file: str, why: BaseException) -> None:
        held = "; ".join(f"{outcome}: {former.get(outcome) or 'empty'}" for outcome in Outcome)
        super().__init__(
            f"The redirect URLs of the merchant {merchant_id} could not be put back "
            f"({type(why).__name__}: {why}). Set them by hand to what they were: {held}. "
            f"They also stand in {file}, and the next run tries again."
        )
        self.category = getattr(why, "category", "suite problem")


@dataclass(frozen=True, slots=True)
class DashboardKey:
    """How to get to one merchant's settings.

    Attributes:
        saved_in: name of the file with a sign-in made by hand; empty where the password does.
    """

    url: str
    merchant_id: str
    email: str
    password: str = field(repr=False)
    saved_in: str = ""

    def enter(self, page: Page, within_s: float, hand: Hand = MOUSE) -> HostedCheckoutPage:
        """Take the documented ten steps up to the redirect URLs.

        Raises:
            PageProblem: a step cannot be taken.
        """
        door = SignInPage(page, within_s=within_s, hand=hand).open(self.url)
        if self.saved_in:
            return walk(door.already_inside(self.saved_in), self.merchant_id)
        return walk(door.enter(self.email, self.password), self.merchant_id)


@dataclass(slots=True)
class DashboardAccount:
    """The shop's account, with the URLs that its dashboard showed last."""

    account: Account
    urls: RedirectUrls = field(default_factory=RedirectUrls)

    @property
    def id(self) -> str:
        """The merchant id."""
        return self.account.id

    @property
    def token(self) -> str:
        """The private token, in clear."""
        return self.account.token


class DashboardEditor:
    """One merchant's dashboard in the hands of a test.

    What the promise is computed from is what the dashboard shows after a reload, not what was
    typed. The first change keeps the former URLs, in memory and on disk.
    """

    def __init__(
        self,
        merchant: Merchant,
        key: DashboardKey,
        former: FormerUrls,
        *,
        new_page: Callable[[], Page],
        elsewhere: ElsewhereDo,
        within_s: float,
        hand: Hand = MOUSE,
    ) -> None:
        self.key = key
        self._interrupted = False
        self._account = DashboardAccount(merchant.account)
        merchant.account = self._account
        self._former = former
        self._new_page = new_page
        self._elsewhere = elsewhere
        self._within_s = within_s
        self._hand = hand
        self._screen: HostedCheckoutPage | None = None

    @property
    def screen(self) -> HostedCheckoutPage:
        """The page Hosted Checkout, gone to when it is first asked for."""
        return self._screen or self.come_in()

    def come_in(self) -> HostedCheckoutPage:
        """Take the ten steps in a browser context of its own."""
        self._screen = self.key.enter(self._new_page(), self._within_s, self._hand)
        self._see(_by_outcome(self._screen))
        return self._screen

    @property
    def held(self) -> Urls:
        """What the dashboard showed last."""
        return {o: url for o in Outcome if (url := getattr(self._account.urls, o))}

    def read(self) -> Urls:
        """Load the page again and read what is saved."""
        self._see(_by_outcome(self.screen.reopen()))
        return self.held

    def set(self, urls: Urls) -> None:
        """Save these URLs and no others.

        Raises:
            NotSaved: the dashboard shows something else afterwards.
        """
        if self._screen is None:
            self.come_in()
        before = self.held
        said = self.try_to_set(urls)
        if self.read() != dict(urls):
            raise NotSaved(urls, self.held, before, said)

    def try_to_set(self, urls: Urls) -> str:
        """Type the URLs in and press Save, whatever comes of it; returns what the page says."""
        screen = self.screen
        self._former.keep(self.held)
        screen.type({str(outcome): url for outcome, url in urls.items()}).save()
        return screen.complaint()

    def put_back(self) -> None:
        """Make the dashboard hold again what it held before the first change.

        Raises:
            NotPutBack: it does not, and the former URLs are written down for a person.
        """
        if self._former.kept is None:
            return
        try:
            if self._interrupted:
                self._elsewhere(self._restore_in)
            else:
                self._put_back_here()
        except Exception as error:
            file = self._former.write_down(self.key.merchant_id)
            raise NotPutBack(self.key.merchant_id, self._former.kept, file, error) from error
        self._former.forget()

    def put_back_at_once(self) -> None:
        """The same while the run is being ended, and this test's own browser perhaps with it."""
        self._interrupted = True
        self.put_back()

    def _put_back_here(self) -> None:
        """In the browser at hand; in a fresh one where a failed test left that unusable."""
        try:
            self._restore(self.screen)
        except Exception:  # noqa: BLE001 - whatever it is, there is one more way to try
            self._elsewhere(self._restore_in)

    def _restore_in(self, page: Page) -> None:
        self._restore(self.key.enter(page, self._within_s))

    def _restore(self, screen: HostedCheckoutPage) -> None:
        """Twice, if need be: unsaved edits may hide that what is saved differs."""
        former, before = self._former.kept or {}, self.held
        said = ""
        for _ in range(2):
            screen.type({str(outcome): url for outcome, url in former.items()}).save()
            said = screen.complaint()
            self._see(_by_outcome(screen.reopen()))
            if self.held == former:
                return
        raise NotSaved(former, self.held, before, said)

    def _see(self, urls: Urls) -> None:
        self._account.urls = RedirectUrls(**{str(outcome): url for outcome, url in urls.items()})


def _by_outcome(screen: HostedCheckoutPage) -> dict[Outcome, str]:
    return {Outcome(name): url for name, url in screen.urls().items()}


def put_all_back(editors: Iterable[DashboardEditor], *, at_once: bool = False) -> None:
    """Put back what every desk has changed, whatever happens to the others.

    Args:
        editors: whose changes.
        at_once: the run is being ended.

    Raises:
        ExceptionGroup: of one ``NotPutBack`` for each desk that could not.
    """
    problems = []
    for editor in editors:
        try:
            if at_once:
                editor.put_back_at_once()
            else:
                editor.put_back()
        except NotPutBack as problem:
            problems.append(problem)
    if problems:
        raise ExceptionGroup("The dashboard is not as it was.", problems)


class OpenDashboard(Protocol):
    """Opens a merchant's dashboard."""

    def __call__(self, merchant: Merchant, *, hand: Hand = MOUSE) -> DashboardEditor:
        """Take a merchant's dashboard in hand; nothing is opened before it is needed.

        Args:
            merchant: the merchant; its promises count what the dashboard shows from now on.
            hand: how the dashboard is used.
        """
