"""Pictures of a page that is not what it must be."""

from playwright.sync_api import Error, Page

#: Shows whatever is typed into a field, in any frame, as dots.
COVERED = "input, textarea { -webkit-text-security: disc !important; }"


def picture(page: Page) -> bytes:
    """A PNG of the whole page, with what was typed covered; empty if none can be taken."""
    try:
        return page.screenshot(full_page=True, timeout=5000, style=COVERED)
    except Error:
        return b""  # the sentence that goes with it stands without it
