"""The dashboard's door."""

from time import monotonic
from typing import ClassVar

from playwright.sync_api import Error

from pages.dashboard import words
from pages.dashboard.developer import DeveloperDashboard, is_developer_dashboard
from pages.dashboard.look import Look, Thing, wait_for
from pages.dashboard.problems import PersonNeeded, SignInExpired, SignInRefused
from pages.dashboard.screen import Choose, Screen
from pages.errors import PageDown

#: A password field that is still there after this time, with not a word, was refused.
REFUSED_AFTER_S = 3.0


class SignInPage(Screen):
    """Where e-mail address and password are asked for, at once or one after the other."""

    NAME: ClassVar = "The dashboard's sign-in page"

    def open(self, url: str) -> "SignInPage":
        """Open the dashboard's address.

        Raises:
            PageDown: it could not be reached, or answered with a server error.
        """
        try:
            answer = self.page.goto(url, wait_until="domcontentloaded")
        except Error as error:
            cause = error.message.splitlines()[0].removeprefix("Page.goto: ")
            raise PageDown(
                f"The dashboard at {url} could not be opened ({cause}): check "
                "CLOVER_DASHBOARD_URL, and whether this machine may reach it."
            ) from None
        if answer is not None and answer.status >= 500:
            raise PageDown(
                f"The dashboard at {url} answered with status {answer.status}: try again when it "
                "has recovered.",
                self.screenshot(),
            )
        return self

    def sign_in(self, email: str, password: str) -> DeveloperDashboard:
        """Sign in with a password.

        Raises:
            SignInRefused: they are not taken.
            PersonNeeded: a captcha or a second factor is asked for.
            PageChanged: the fields or the button are not there.
        """
        self._fill(_email, email, "a field “Email”")
        if self.look().password is None:  # some ask for the address first
            self.submit(self.find(_log_in, "a button “Next”"))
        self._fill(lambda seen: seen.password, password, "a field “Password”")
        before = self.look().texts
        self.submit(self.find(_log_in, "a button “Log in”"))
        patience = monotonic() + REFUSED_AFTER_S

        def answered(seen: Look) -> bool | None:
            still_there = seen.password is not None
            refused = still_there and (seen.texts != before or monotonic() > patience)
            more = any(words.asks_for_more(text) for text in _names(seen))
            return is_developer_dashboard(seen) or refused or seen.captcha or more or None

        wait_for(self.page, answered, within_s=self.within_s)
        return self._inside()

    def try_password(self, email: str, password: str) -> str:
        """Sign in with a password that is wrong, and return what the dashboard says to it."""
        try:
            self.sign_in(email, password)
        except SignInRefused as refusal:
            return str(refusal)
        return ""

    def enter(self, email: str, password: str) -> DeveloperDashboard:
        """Sign in, unless this browser is signed in still.

        Raises:
            SignInRefused: they are not taken.
            PersonNeeded: a captcha or a second factor is asked for.
            PageChanged: this is neither the door nor what is behind it.
        """
        found, _ = wait_for(self.page, _door_or_inside, within_s=self.within_s)
        return self._inside() if found == "inside" else self.sign_in(email, password)

    def already_inside(self, file: str) -> DeveloperDashboard:
        """Go on with a sign-in that was saved in ``file``.

        Raises:
            SignInExpired: a password is asked for.
        """
        found, seen = wait_for(self.page, _door_or_inside, within_s=self.within_s)
        if found == "door":
            raise SignInExpired(seen.url, file, self.screenshot())
        return self._inside()

    def _fill(self, choose: Choose, text: str, what: str) -> None:
        self.hand.fill(self.page, self.find(choose, what), text)

    def _inside(self) -> DeveloperDashboard:
        seen = self.look()
        if seen.captcha:
            raise PersonNeeded(seen.url, "a captcha", self.screenshot())
        if any(words.asks_for_more(text) for text in _names(seen)) and not is_developer_dashboard(
            seen
        ):
            raise PersonNeeded(seen.url, "a second factor", self.screenshot())
        if seen.password is not None:
            raise SignInRefused(seen.url, " / ".join(seen.alerts), self.screenshot())
        if not is_developer_dashboard(seen):
            raise self.changed(["the Global Developer Dashboard behind the sign-in"])
        return self.turn_to(DeveloperDashboard)


def _email(seen: Look) -> Thing | None:
    named = seen.fields(words.EMAIL)
    typed = [field for field in seen.of("field") if "email" in field.names[-1].casefold()]
    return next(iter(named or typed), None)


def _log_in(seen: Look) -> Thing | None:
    """The button behind the fields: a link of the same words may lead elsewhere."""
    offered = [action for action in seen.actions(words.LOG_IN) if action.role != "a"]
    fields = seen.of("field")
    order = list(seen.things)
    behind = [a for a in offered if fields and order.index(a) > order.index(fields[0])]
    return next(iter(behind or offered), None)


def _door_or_inside(seen: Look) -> str | None:
    if seen.password is not None or (_email(seen) and _log_in(seen)):
        return "door"
    return "inside" if is_developer_dashboard(seen) else None


def _names(seen: Look) -> list[str]:
    return [*seen.texts, *(name for field in seen.of("field") for name in field.names)]
