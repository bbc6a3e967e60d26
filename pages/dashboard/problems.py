"""What keeps a person out of the dashboard, or their changes from being saved."""

from pages.errors import PageProblem

BY_HAND = "sign in once by hand with `make dashboard-login`"


class SignInRefused(PageProblem):
    """The dashboard does not take the e-mail address and password."""

    category = "target problem"

    def __init__(self, url: str, said: str, screenshot: bytes = b"") -> None:
        words = f" and says “{said}”" if said else ""
        super().__init__(
            f"The dashboard at {url} refuses the sign-in{words}: check CLOVER_DASHBOARD_EMAIL and "
            f"CLOVER_DASHBOARD_PASSWORD, or {BY_HAND}.",
            screenshot,
        )


class PersonNeeded(PageProblem):
    """A captcha or a second factor stands between the password and the dashboard."""

    category = "target problem"

    def __init__(self, url: str, what: str, screenshot: bytes = b"") -> None:
        super().__init__(
            f"The dashboard at {url} asks for {what}, which takes a person: {BY_HAND}.", screenshot
        )


class SignInExpired(PageProblem):
    """The saved sign-in is no longer taken."""

    category = "target problem"

    def __init__(self, url: str, file: str, screenshot: bytes = b"") -> None:
        super().__init__(
            f"The sign-in saved in {file} has expired, since {url} asks for a password again: "
            "run `make dashboard-login` once more.",
            screenshot,
        )
