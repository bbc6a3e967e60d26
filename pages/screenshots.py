"""Screenshots that show no secrets."""

import re
from contextlib import suppress

from playwright.sync_api import Error, Frame, Locator, Page

TIMEOUT_MS = 5_000
#: Everything that a person can type into: card data, passwords, e-mail addresses, codes.
_FIELDS = (
    "input:not([type=submit], [type=button], [type=reset], [type=checkbox], [type=radio]), "
    "textarea, [role=textbox], [contenteditable]:not([contenteditable=false])"
)
#: API tokens and e-mail addresses among the texts of a page.
_SECRET_TEXTS = re.compile(
    r"[0-9a-f]{24,}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[\w.+-]+@[\w-]+(\.[\w-]+)+",
    re.IGNORECASE,
)


def masked_screenshot(page: Page, *, full_page: bool = True) -> bytes:
    """Return a PNG of the page with secrets covered in every frame; empty if none can be taken.

    Boxes cover the fields: the page's content security policy could block a style sheet.
    """
    for _ in range(2):  # a frame that goes away meanwhile spoils the first try
        with suppress(Error):
            return page.screenshot(
                full_page=full_page,
                timeout=TIMEOUT_MS,
                animations="disabled",
                mask=[secret for frame in page.frames for secret in _secrets(frame)],
                mask_color="#b9c0c7",
            )
    return b""  # the page crashed or hangs; the rest of the evidence stands without a screenshot


def _secrets(frame: Frame) -> list[Locator]:
    return [frame.locator(_FIELDS), frame.get_by_text(_SECRET_TEXTS)]
