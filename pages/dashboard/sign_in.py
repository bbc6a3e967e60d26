"""The dashboard's sign-in page."""

from time import monotonic

from pages.dashboard.navigation import DashboardNavigation, is_signed_in
from pages.dashboard.page import DashboardPage, first
from pages.errors import PersonNeeded, SignInExpired, SignInRefused
from pages.opening import open_page
from pages.snapshot import Action, Field, Snapshot
from pages.words import dashboard as words
from pages.words.matching import mentions

#: A password field that is still there after this time, without a message, was refused.
REFUSED_AFTER_S = 3.0
_BY_HAND = "sign in once by hand with `make dashboard-login`"


class SignInPage(DashboardPage):
    """The page that asks for e-mail address and password, together or one after the other."""

    name = "The dashboard's sign-in page"

    def open(self, url: str) -> "SignInPage":
        """Open the dashboard's address.

        Raises:
            PageDown: it could not be reached, or answered with a server error.
        """
        check = "check CLOVER_DASHBOARD_URL, and whether this machine may reach it"
        open_page(self.page, url, "The dashboard", check=check)
        return self

    def sign_in(self, email: str, password: str) -> DashboardNavigation:
        """Sign in with a password.

        Raises:
            SignInRefused: e-mail address or password are wrong.
            PersonNeeded: a captcha or a second factor is asked for.
            PageChanged: the fields or the button are missing.
        """
        self.input_method.fill(self.page, self.find(_email, "a field “Email”"), email)
        if _password(self.snapshot()) is None:  # some ask for the address first
            self.submit(self.find(_log_in, "a button “Next”"))
        self.input_method.fill(self.page, self.find(_password, "a field “Password”"), password)
        before = self.snapshot().texts
        self.submit(self.find(_log_in, "a button “Log in”"))
        deadline = monotonic() + REFUSED_AFTER_S

        def responded(seen: Snapshot) -> bool | None:
            refused = self.asks_for_password(seen) and (
                seen.texts != before or monotonic() > deadline
            )
            return (
                is_signed_in(seen)
                or refused
                or seen.captcha
                or _asks_for_second_factor(seen)
                or None
            )

        self.wait_for(responded)
        return self._signed_in()

    def try_password(self, email: str, password: str) -> str:
        """Sign in with a wrong password, and return the dashboard's message."""
        try:
            self.sign_in(email, password)
        except SignInRefused as refusal:
            return str(refusal)
        return ""

    def asks_for_password(self, seen: Snapshot | None = None) -> bool:
        """Whether the page shows a field for a password."""
        return _password(seen or self.snapshot()) is not None

    def enter(self, email: str, password: str) -> DashboardNavigation:
        """Sign in, unless this browser is signed in already.

        Raises:
            SignInRefused: e-mail address or password are wrong.
            PersonNeeded: a captcha or a second factor is asked for.
            PageChanged: this is neither the sign-in page nor the dashboard.
        """
        where, _ = self.wait_for(_where)
        return self._signed_in() if where == "dashboard" else self.sign_in(email, password)

    def already_inside(self, file: str) -> DashboardNavigation:
        """Continue with a sign-in that was saved in ``file``.

        Raises:
            SignInExpired: a password is asked for.
        """
        where, seen = self.wait_for(_where)
        if where == "sign-in":
            raise self.problem(
                SignInExpired,
                f"The sign-in saved in {file} has expired, since {seen.url} asks for a password "
                "again: run `make dashboard-login` once more.",
            )
        return self._signed_in()

    def _signed_in(self) -> DashboardNavigation:
        seen = self.snapshot()
        factor = not is_signed_in(seen) and _asks_for_second_factor(seen)
        if seen.captcha or factor:
            what = "a captcha" if seen.captcha else "a second factor"
            sentence = f"The dashboard at {seen.url} asks for {what}, which takes a person"
            raise self.problem(PersonNeeded, f"{sentence}: {_BY_HAND}.")
        if self.asks_for_password(seen):
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
    """The button behind the fields: a link with the same words may lead elsewhere."""
    offered = [action for action in seen.actions_called(words.LOG_IN) if action.role != "link"]
    order = list(seen.elements)
    behind = [a for a in offered if seen.fields and order.index(a) > order.index(seen.fields[0])]
    return first(behind or offered)


def _where(seen: Snapshot) -> str | None:
    if _password(seen) is not None or (_email(seen) and _log_in(seen)):
        return "sign-in"
    return "dashboard" if is_signed_in(seen) else None


def _asks_for_second_factor(seen: Snapshot) -> bool:
    names = [name for field in seen.fields for _, name in field.names]
    return any(mentions(text, words.SECOND_FACTOR) for text in [*seen.texts, *names])
