"""Pictures of a page, fit to be shown to anybody."""

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
    try:
        fields = [frame.locator(_FIELDS) for frame in page.frames]
        return page.screenshot(
            full_page=full_page,
            timeout=TIMEOUT_MS,
            animations="disabled",
            mask=fields,
            mask_color="#b9c0c7",
        )
    except Error:
        return b""  # a page that crashed or hangs has no picture; the rest stands without it
