"""Snapshots of small pages."""

import pytest
from playwright.sync_api import Page

from pages.snapshot import Snapshot, take_snapshot, wait_for

SHADOW = """<div id="host"></div><script>
  document.getElementById("host").attachShadow({ mode: "open" }).innerHTML =
    '<label>Zip <input></label><button>Pay $5.00</button><p role="alert">Declined</p>';
</script>"""


def snapshot(page: Page, markup: str) -> Snapshot:
    """Show the markup and take a snapshot of it."""
    page.set_content(markup)
    return take_snapshot(page)


@pytest.mark.parametrize("markup", [
    '<input placeholder="Zip code">', '<input aria-label="ZIP CODE *">',
    "<label>Zip code <input></label>", '<label for="z">Zip code</label><input id="z">',
    '<b id="z">Zip code</b><input aria-labelledby="z">', '<input title="Zip code">',
    '<input autocomplete="billing postal-code">',
    '<iframe title="Zip code" srcdoc="<input>"></iframe>',
    "<iframe srcdoc=\"<input placeholder='Zip code'>\"></iframe>",
])  # fmt: skip
def test_field_is_found_by_whatever_names_it(page: Page, markup: str) -> None:
    """Placeholder, label, title, frame or autocomplete: the locator types into that field."""
    seen = snapshot(page, markup)
    (field,) = seen.fields_labelled(["Zip code"], "postal-code")
    field.locator().fill("94085")
    assert [field.value for field in take_snapshot(page).fields] == ["94085"]


def test_shadow_dom_is_read(page: Page) -> None:
    """Fields, buttons and messages in an open shadow root are found like any others."""
    seen = snapshot(page, SHADOW)
    assert [field.name for field in seen.fields_labelled(["Zip"])] == ["Zip"]
    assert [action.name for action in seen.actions] == ["Pay $5.00"]
    assert seen.messages == ["Declined"]


@pytest.mark.parametrize("style", [
    "display: none", "visibility: hidden", "opacity: 0", "position: absolute; left: -9999px",
    "width: 1px; height: 1px; overflow: hidden; position: absolute; padding: 0; border: 0",
])  # fmt: skip
def test_invisible_field_is_left_out(page: Page, style: str) -> None:
    """A trap for robots that no shopper sees is no field."""
    assert snapshot(page, f'<input placeholder="Card Number" style="{style}">').fields == ()


def test_live_region_is_a_message(page: Page) -> None:
    """Every kind of live region is a message, once, unless it only says that the page is busy."""
    markup = """<p role="alert">1</p> <p role="status">2</p> <output>3</output>
        <p role="alert">1</p> <p aria-live="assertive">4</p> <p aria-live="polite">5</p>
        <h2 role="alert">6</h2> <div role="alert"><b>7</b></div>
        <p role="status">Processing your payment…</p>"""
    assert snapshot(page, markup).messages == list("1234567")


def test_heading_is_the_first_unless_the_payment_was_received(page: Page) -> None:
    """“Payment Received” is the heading wherever it stands as a line."""
    first = snapshot(page, "<h1>Shop</h1><h2>Order</h2>")
    paid = snapshot(page, "<h1>Shop</h1><div>Payment Received</div>")
    assert (first.heading, paid.heading) == ("Shop", "Payment Received")


@pytest.mark.parametrize("markup", [
    "<span>I'm not a robot</span>",
    '<div role="checkbox" aria-label="I\'m not a robot" style="width: 9px; height: 9px"></div>',
    '<iframe srcdoc="<p>Verify you are human</p>"></iframe>',
])  # fmt: skip
def test_captcha_is_recognised(page: Page, markup: str) -> None:
    """A captcha is known by its words, in any frame."""
    assert snapshot(page, markup).captcha
    assert not snapshot(page, "<p>protected by reCAPTCHA</p>").captcha


@pytest.mark.parametrize(("markup", "role"), [
    ("<button>Go</button>", "button"),
    ('<input type="submit" value="Go">', "button"),
    ('<a href="#x">Go</a>', "link"),
    ('<div role="button">Go</div>', "button"),
    ('<div onclick="document.title = 1">Go</div>', "text"),
    ('<div style="cursor: pointer">Go</div>', "text"),
    ("<a>Go</a>", "text"),
    ('<a href="#x"><img alt="Go" width="9" height="9"></a>', "link"),
    ('<button aria-label="Go">→</button>', "button"),
    ('<div style="cursor: pointer" onclick="1"><button>Go</button></div>', "button"),
])  # fmt: skip
def test_action_is_found_in_any_markup(page: Page, markup: str, role: str) -> None:
    """What can be pressed is found once, with a role and a locator, whatever element it is."""
    (action,) = snapshot(page, markup).actions_called(["Go"])
    assert action.role == role
    assert action.locator().count() == 1


def test_native_switch_behind_its_label_is_seen(page: Page) -> None:
    """A hidden checkbox with a visible label is a switch; a password's value stays on the page."""
    box = '<label><input type="checkbox" style="opacity: 0"> Sandbox</label>'
    seen = snapshot(page, f'{box}<input type="password" value="secret">')
    (switch,), (field,) = seen.actions_called(["Sandbox"]), seen.fields
    assert switch.checked is False
    assert (field.secret, field.filled, field.value) == (True, True, "")


def test_inventory_names_everything_usable(page: Page) -> None:
    """The list for a person has headings, messages, fields and actions, without plain text."""
    markup = "<h1>Shop</h1><p>Hi</p><p role=alert>No</p><input title=Zip><a href=#>Go</a>"
    named = ["heading “Shop”", "message “No”", "field “Zip”", "link “Go”"]
    assert snapshot(page, markup).inventory() == named


def test_wait_sees_what_comes_late(page: Page) -> None:
    """A change of the page ends the wait; without one the last snapshot is returned."""
    late = "<script>setTimeout(() => { p.textContent = 'after' }, 50)</script>"
    page.set_content(f"<p id=p>before</p>{late}")
    found, _ = wait_for(page, lambda seen: "after" in seen.lines or None, within_s=5)
    missing, last = wait_for(page, lambda seen: "never" in seen.lines or None, within_s=0.1)
    assert (found, missing, last.lines) == (True, None, ("after",))
