"""Errors of the sign-in to the dashboard."""

from pages.errors import PageProblem

BY_HAND = "sign in once by hand with `make dashboard-login`"


class SignInRefused(PageProblem):
    """The dashboard refuses the e-mail address and password."""

    triage = "target problem"

    def __init__(self, url: str, said: str, screenshot: bytes = b"") -> None:
        words = f" and says “{said}”" if said else ""
        super().__init__(
            f"The dashboard at {url} refuses the sign-in{words}: check CLOVER_DASHBOARD_EMAIL and "
            f"CLOVER_DASHBOARD_PASSWORD, or {BY_HAND}.",
            screenshot,
        )


class PersonNeeded(PageProblem):
    """The dashboard asks for a captcha or a second factor after the password."""

    triage = "target problem"

    def __init__(self, url: str, what: str, screenshot: bytes = b"") -> None:
        super().__init__(
            f"The dashboard at {url} asks for {what}, which takes a person: {BY_HAND}.", screenshot
        )


class SignInExpired(PageProblem):
    """The dashboard no longer accepts the saved sign-in."""

    triage = "target problem"

    def __init__(self, url: str, file: str, screenshot: bytes = b"") -> None:
        super().__init__(
            f"The sign-in saved in {file} has expired, since {url} asks for a password again: "
            "run `make dashboard-login` once more.",
            screenshot,
        )
