"""Pictures of a page, fit to be shown to anybody."""

from contextlib import suppress

from playwright.sync_api import Error, Page

TIMEOUT_MS = 5_000
#: Whatever a shopper can type into.
_FIELDS = (
    "input:not([type=submit], [type=button], [type=reset], [type=checkbox], [type=radio]), textarea"
)


def picture(page: Page, *, full_page: bool = True) -> bytes:
    """A PNG of the page, with what was typed covered in every frame; empty if none can be taken.

    Boxes cover the fields, since a style sheet of ours would be at the mercy of the page's own
    content security policy.

    Args:
        page: what to photograph.
        full_page: also what has to be scrolled to.
    """
    for _ in range(2):  # a frame that goes away meanwhile spoils the first try
        with suppress(Error):
            fields = [frame.locator(_FIELDS) for frame in page.frames]
            return page.screenshot(
                full_page=full_page,
                timeout=TIMEOUT_MS,
                animations="disabled",
                mask=fields,
                mask_color="#b9c0c7",
            )
    return b""  # it crashed or hangs; the rest of the evidence stands without a picture
