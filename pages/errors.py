"""Errors of page objects: a page is not what it must be."""

from collections.abc import Sequence


class PageProblem(Exception):
    """The page could not be used; ``screenshot`` holds a PNG of it, or nothing."""

    category = "page changed"

    def __init__(self, sentence: str, screenshot: bytes = b"") -> None:
        super().__init__(sentence)
        self.screenshot = screenshot


class PageChanged(PageProblem):
    """The page does not show what the page object knows it by."""

    def __init__(
        self,
        page_name: str,
        url: str,
        *,
        missing: Sequence[str],
        found: Sequence[str],
        screenshot: bytes = b"",
    ) -> None:
        shown = "; ".join(found) if found else "nothing that a shopper could use"
        super().__init__(
            f"{page_name} has changed. Not found: {', '.join(missing)}. Found instead: {shown}. "
            f"Address: {url}. Look at the screenshot, and correct the word list in pages/words/ "
            "if the page is right.",
            screenshot,
        )


class UnknownMessage(PageProblem):
    """The page answered a decline with text that no word list recognises."""


class TargetProblem(PageProblem):
    """The target, or its settings, keep the page from being used."""

    category = "target problem"


class PageDown(TargetProblem):
    """The provider did not serve the page."""


class CaptchaInTheWay(TargetProblem):
    """A captcha asks for a person.

    Source: https://docs.clover.com/dev/docs/hosted-checkout-now-includes-recaptcha
    """


class SignInRefused(TargetProblem):
    """The dashboard refuses the e-mail address and password."""


class PersonNeeded(TargetProblem):
    """The dashboard asks for a captcha or a second factor after the password."""


class SignInExpired(TargetProblem):
    """The dashboard no longer accepts the saved sign-in."""


class StepFailed(PageProblem):
    """A shop's page does not offer what a step of a case needs."""


class DeadControl(PageProblem):
    """A control of a shop's page is there and cannot be pressed."""

    category = "shop page bug"
