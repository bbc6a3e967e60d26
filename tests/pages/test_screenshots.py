"""Screenshots show no secrets."""

import pytest
from playwright.sync_api import Page

from pages.screenshots import masked_screenshot

SECRETS = {
    "password": ('<input type="password" value="{}">', "secret", "secrets!"),
    "e-mail address": ('<input type="email" value="{}">', "me@shop.example", "you@shop.example"),
    "one-time code": ('<input autocomplete="one-time-code" value="{}">', "123456", "987654"),
    "editable text": ('<div role="textbox" contenteditable>{}</div>', "1111", "9999"),
    "note": ("<textarea>{}</textarea>", "1111", "9999"),
    "API token": ("<dd><code>{}</code></dd>", "a" * 36, "b" * 36),
    "token with dashes": (
        "<p>Private token: {}</p>",
        "12345678-1234-1234-1234-123456789012",
        "abcdefab-1234-1234-1234-abcdefabcdef",
    ),
    "signed-in address": ("<p>Signed in as {}</p>", "me@shop.example", "yo@shop.example"),
    "field in a frame": ('<iframe srcdoc="<input value={}>"></iframe>', "1111", "9999"),
}
STYLE = "<style>code, p { font-family: monospace; display: inline-block }</style>"


@pytest.mark.parametrize("name", SECRETS)
def test_secret_is_covered(page: Page, name: str) -> None:
    """Two values look different on the screen and the same in the screenshot."""
    markup, *values = SECRETS[name]
    screens, screenshots = [], []
    for value in values:
        page.set_content(STYLE + markup.format(value))
        screens.append(page.screenshot(animations="disabled"))
        screenshots.append(masked_screenshot(page))

    assert screens[0] != screens[1]
    assert screenshots[0] == screenshots[1] != b""


def test_words_and_buttons_stay_readable(page: Page) -> None:
    """Only secrets are covered."""
    shots = []
    for text in ("Save", "Sign"):
        page.set_content(f"<h1>Settings</h1><button>{text}</button>")
        shots.append(masked_screenshot(page))
    assert shots[0] != shots[1]


def test_closed_page_has_no_screenshot(page: Page) -> None:
    """A page that is gone costs the screenshot, and nothing else."""
    page.close()
    assert masked_screenshot(page) == b""
