"""The dashboard's sign-in page."""

from time import monotonic
from typing import Self

from pages.dashboard.navigation import DashboardNavigation, is_signed_in
from pages.dashboard.page import DashboardPage, first
from pages.elements import Action, Field
from pages.errors import PersonNeeded, SignInExpired, SignInRefused
from pages.snapshot import Snapshot
from pages.words import dashboard as words
from pages.words.matching import mentions

#: A password field that is still there after this time, without a message, was refused.
REFUSED_AFTER_S = 3.0
_BY_HAND = "sign in once by hand with `make dashboard-login`"


class SignInPage(DashboardPage):
    """The page that asks for e-mail address and password, together or one after the other."""

    name = "The dashboard's sign-in page"

    def open(self, url: str) -> Self:
        """Open the dashboard's address.

        Raises:
            PageDown: it could not be reached, or answered with a server error.
        """
        check = "check CLOVER_DASHBOARD_URL, and whether this machine may reach it"
        return self.go(url, check=check)

    def enter(self, email: str, password: str, saved_in: str = "") -> DashboardNavigation:
        """Sign in, unless this browser is signed in already.

        Args:
            email: of an account with this merchant.
            password: its password.
            saved_in: the file with a sign-in made by hand, which takes the place of the password.

        Raises:
            SignInRefused: e-mail address or password are wrong.
            SignInExpired: the saved sign-in is no longer accepted.
            PersonNeeded: a captcha or a second factor is asked for.
            PageChanged: this is neither the sign-in page nor the dashboard.
        """
        where, seen = self.wait_for(_where)
        if where == "dashboard" or (saved_in and not where):
            return self._signed_in()
        if saved_in:
            raise self.problem(
                SignInExpired,
                f"The sign-in saved in {saved_in} has expired, since {seen.url} asks for a "
                "password again: run `make dashboard-login` once more.",
            )
        return self.sign_in(email, password)

    def sign_in(self, email: str, password: str) -> DashboardNavigation:
        """Type e-mail address and password and submit them; for errors see ``enter``."""
        self.input_method.fill(self.page, self.find(_email, "a field “Email”"), email)
        if not self.asks_for_password():  # some ask for the address first
            self.submit(self.find(_log_in, "a button “Next”"))
        self.input_method.fill(self.page, self.find(_password, "a field “Password”"), password)
        before = self.snapshot().texts
        self.submit(self.find(_log_in, "a button “Log in”"))
        deadline = monotonic() + REFUSED_AFTER_S

        def responded(seen: Snapshot) -> bool | None:
            late = seen.texts != before or monotonic() > deadline
            refused = late and _password(seen) is not None
            return is_signed_in(seen) or refused or bool(_wanted_of_a_person(seen)) or None

        self.wait_for(responded)
        return self._signed_in()

    def asks_for_password(self) -> bool:
        """Whether the page shows a field for a password."""
        return _password(self.snapshot()) is not None

    def _signed_in(self) -> DashboardNavigation:
        seen = self.snapshot()
        wanted = _wanted_of_a_person(seen)
        if wanted and (seen.captcha or not is_signed_in(seen)):
            sentence = f"The dashboard at {seen.url} asks for {wanted}, which takes a person"
            raise self.problem(PersonNeeded, f"{sentence}: {_BY_HAND}.")
        if _password(seen) is not None:
            says = f" and says “{' / '.join(seen.messages)}”" if seen.messages else ""
            raise self.problem(
                SignInRefused,
                f"The dashboard at {seen.url} refuses the sign-in{says}: check "
                f"CLOVER_DASHBOARD_EMAIL and CLOVER_DASHBOARD_PASSWORD, or {_BY_HAND}.",
            )
        if not is_signed_in(seen):
            raise self.changed("the Global Developer Dashboard after the sign-in", seen=seen)
        return self.next_page(DashboardNavigation)


def _password(seen: Snapshot) -> Field | None:
    return next((field for field in seen.fields if field.secret), None)


def _email(seen: Snapshot) -> Field | None:
    named = [field for field in seen.fields if field.is_called(words.EMAIL)]
    typed = [field for field in seen.fields if "email" in field.names_from("technical").casefold()]
    return next(iter(named or typed), None)


def _log_in(seen: Snapshot) -> Action | None:
    """The button after the fields: a link with the same words may lead elsewhere."""
    offered = [action for action in seen.actions_called(words.LOG_IN) if action.role != "link"]
    order = list(seen.elements)
    behind = [a for a in offered if seen.fields and order.index(a) > order.index(seen.fields[0])]
    return first(behind or offered)


def _where(seen: Snapshot) -> str | None:
    if _password(seen) is not None or (_email(seen) and _log_in(seen)):
        return "sign-in"
    return "dashboard" if is_signed_in(seen) else None


def _wanted_of_a_person(seen: Snapshot) -> str:
    """What only a person can give, or empty."""
    if seen.captcha:
        return "a captcha"
    texts = [*seen.texts, *(name for field in seen.fields for _, name in field.names)]
    factor = any(mentions(text, words.SECOND_FACTOR) for text in texts)
    return "a second factor" if factor else ""
