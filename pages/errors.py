"""What a page object says when the page is not what it must be."""

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
            f"Address: {url}. Look at the screenshot, and mend the wording in pages/ if the page "
            "is right.",
            screenshot,
        )


class PageDown(PageProblem):
    """The provider did not serve the page."""

    category = "target problem"


class CaptchaInTheWay(PageProblem):
    """A captcha wants a person.

    Source: https://docs.clover.com/dev/docs/hosted-checkout-now-includes-recaptcha
    """

    category = "target problem"

    def __init__(self, url: str, screenshot: bytes = b"") -> None:
        super().__init__(
            f"A captcha stands in the way at {url}. Switch reCAPTCHA off for this test merchant: "
            "Account & Setup > Ecommerce > Hosted Checkout > ReCAPTCHA.",
            screenshot,
        )
