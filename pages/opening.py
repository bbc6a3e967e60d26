"""Opening an address of the provider, with an error that says why it failed."""

from playwright.sync_api import Error, Page

from pages.errors import PageDown
from pages.screenshots import masked_screenshot

#: The browser's words, and what they mean to a person.
_CAUSES = {
    "ERR_INTERNET_DISCONNECTED": "this machine has no network",
    "ERR_NAME_NOT_RESOLVED": "no such host is known here; check the target and the network",
    "ERR_CONNECTION_REFUSED": "nothing listens there; is the target up?",
    "ERR_CERT": "its certificate is not trusted; is this the right host?",
    "Timeout": "it did not answer in time; is the target up?",
}


def open_page(page: Page, href: str, name: str, *, check: str = "") -> None:
    """Open ``href``.

    Args:
        page: the tab.
        href: the address.
        name: what lies there, for the error: "The hosted page".
        check: what a person should look at where the browser's words are not known.

    Raises:
        PageDown: it could not be reached, or answered with a server error.
    """
    try:
        answer = page.goto(href, wait_until="domcontentloaded")
    except Error as error:
        cause = error.message.splitlines()[0].removeprefix("Page.goto: ")
        known = (meaning for words, meaning in _CAUSES.items() if words in cause)
        why = check or next(known, "is the target up, and may this machine reach it?")
        raise PageDown(f"{name} at {href} could not be opened: {why} ({cause}).") from None
    if answer is not None and answer.status >= 500:
        raise PageDown(
            f"{name} at {href} answered with status {answer.status}: the provider is in trouble; "
            "try again when it has recovered.",
            masked_screenshot(page),
        )
