"""Signs of a page in a browser: what it showed for a moment only."""

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page

from landing.signs import Signs
from records.observation import Interruption

PASSING = """<title>First</title><script>
setTimeout(() => {
  document.title = "Secret";
  setTimeout(() => { document.title = "Last"; console.log("a line"); });
  setTimeout(() => setTimeout(() => alert("Stop")));
});
</script>"""


@pytest.fixture
def page(own_browser: Browser) -> Iterator[Page]:
    """An empty tab."""
    with own_browser.new_context() as context:
        yield context.new_page()


@pytest.fixture
def signs(page: Page) -> Signs:
    """The signs of a tab, from its next page on."""
    signs = Signs(lambda: 7.0)
    session = page.context.new_cdp_session(page)
    session.send("Page.enable")
    for event, handler in signs.handlers:
        session.on(event, handler)
    signs.begin(session)
    session.send("Runtime.addBinding", {"name": "tellOther"})
    page.on("console", signs.note_console)
    return signs


def test_passing_titles_dialogs_and_lines_are_kept(page: Page, signs: Signs) -> None:
    """A title of a moment, a dialog and a line of the console are known after the page is calm."""
    with page.expect_event("dialog") as dialog:
        page.goto(f"data:text/html,{quote(PASSING)}", wait_until="commit")
    dialog.value.dismiss()
    page.evaluate("0")  # its answer comes after the events

    assert signs.titles == ["First", "Secret", "Last"]
    assert signs.dialogs == [Interruption("alert", "Stop", 7.0)]
    assert [(line.kind, line.text) for line in signs.console] == [("log", "a line")]


def test_page_can_neither_see_nor_forge_signs(page: Page, signs: Signs) -> None:
    """The page does not have the function that tells titles, and another one tells none."""
    page.goto("data:text/html,<title>Mine</title>")
    assert page.evaluate("[typeof tellTitle, typeof tellOther]") == ["undefined", "function"]
    page.evaluate("tellOther('forged')")
    assert signs.titles == ["Mine"]
