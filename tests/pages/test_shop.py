"""Pages of a foreign shop: controls by role, label and text, and what is said if one is missing."""

import pytest
from playwright.sync_api import Page, expect

from pages.errors import DeadControl, StepFailed
from pages.shop import ShopPage
from tests.pages.conftest import SHORT_S

CAKES = """<ul>
<li>Chocolate cake <button onclick="out.value += 'chocolate '">Add</button></li>
<li>Lemon cake <button onclick="out.value += 'lemon '">Add</button></li></ul>
<div>Box of nut cake and lemon cake <button onclick="out.value += 'box '">Add</button></div>
<div><b>Nut cake</b><div><span><button onclick="out.value += 'nut '">Add</button></span></div></div>
<label>E-mail * <input name="mail"></label>
<label>Size <select><option>Small</option><option>Large</option></select></label>
<label><input type="checkbox"> I accept the terms</label>
<p>Order <b>42</b>
   confirmed</p><output id="out"></output>"""


@pytest.fixture
def shop(page: Page) -> ShopPage:
    """The page of a shop with three cakes."""
    page.set_content(f"<main>{CAKES}</main>")
    page.evaluate("window.out = document.getElementById('out')")
    return ShopPage(page, within_s=5)


@pytest.mark.parametrize("cake", ["chocolate", "lemon", "nut"])
def test_button_near_a_text_is_pressed(shop: ShopPage, cake: str) -> None:
    """Of several buttons with one name, that in the row or box of the text is pressed."""
    shop.click("Add", near=f"{cake} cake")

    expect(shop.page.locator("output")).to_have_text(f"{cake} ".strip())


def test_double_click_presses_twice(shop: ShopPage) -> None:
    """A double click presses the button two times."""
    shop.click("Add", near="Lemon", twice=True)

    expect(shop.page.locator("output")).to_have_text("lemon lemon")


def test_click_waits_for_the_page_that_it_leads_to(page: Page) -> None:
    """A step after the click finds the new page, and cannot cut its request off."""
    link = '<a href="/basket">Basket</a>'
    page.route(
        "https://shop.example/**",
        lambda route: route.fulfill(body=link, status=200, content_type="text/html"),
    )
    page.goto("https://shop.example/")

    ShopPage(page, within_s=SHORT_S).click("Basket", waits=True)

    assert page.url == "https://shop.example/basket"


def test_fields_lists_and_boxes_are_found_by_their_labels(shop: ShopPage) -> None:
    """Stars and case in a label do not count; a box that is on stays on."""
    shop.fill("e-mail", "a@b.example")
    shop.select("Size", "Large")
    shop.check("I accept the terms")
    shop.check("I accept the terms")

    expect(shop.page.get_by_role("textbox")).to_have_value("a@b.example")
    expect(shop.page.get_by_role("combobox")).to_have_value("Large")
    expect(shop.page.get_by_role("checkbox")).to_be_checked()


def test_text_across_elements_is_seen(shop: ShopPage) -> None:
    """A text is seen with its white space and case aside, across inline elements."""
    shop.see("order 42 CONFIRMED")

    assert shop.wait_for_texts(["Order 42", "Order 43"], within_s=SHORT_S) == ["Order 43"]


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (lambda shop: shop.click("Buy"), "has no button or link “Buy”: correct the step"),
        (lambda shop: shop.click("Add"), 'shows the button or link “Add” 4 times: add in = "…"'),
        (lambda shop: shop.click("Add", near="Pie"), "no button or link “Add” near “Pie”"),
        (lambda shop: shop.fill("Name", "x"), "has no text field “Name”"),
        (lambda shop: shop.check("Gift"), "has no box or choice “Gift”"),
        (lambda shop: shop.select("Colour", "red"), "has no list “Colour”"),
        (lambda shop: shop.select("Size", "Huge"), "it offers “Small”, “Large”"),
        (lambda shop: shop.see("Order 43"), "has no text “Order 43”"),
    ],
)
def test_step_that_finds_nothing_or_two_things_says_what_is_there(
    shop: ShopPage, step: object, said: str
) -> None:
    """The error names what was looked for, and lists the page's controls."""
    shop.within_s = SHORT_S
    assert callable(step)
    with pytest.raises(StepFailed) as caught:
        step(shop)

    assert said in str(caught.value)
    assert "button “Add”" in str(caught.value) or "it offers" in str(caught.value)


def test_optional_control_may_be_missing(shop: ShopPage) -> None:
    """A cookie banner that does not appear is left out."""
    shop.click("Accept all cookies", optional=True)
    shop.see("Welcome", optional=True)

    expect(shop.page.locator("output")).to_have_text("")


def test_disabled_button_is_a_bug_of_the_shop(page: Page) -> None:
    """A button that stays disabled is the shop's bug, not a changed page."""
    page.set_content("<button disabled>Redirecting…</button>")

    with pytest.raises(DeadControl, match="“Redirecting…” cannot be pressed: it is disabled"):
        ShopPage(page, within_s=SHORT_S).click("Redirecting…")


def test_list_that_is_there_twice_needs_its_row(page: Page) -> None:
    """Two lists with one label are told apart by a text beside them, as other controls are."""
    row = "<p>{} <label>Size <select><option>S</option><option>L</option></select></label></p>"
    page.set_content(row.format("Cake") + row.format("Pie"))
    shop = ShopPage(page, within_s=SHORT_S)

    with pytest.raises(StepFailed, match="shows the list “Size” 2 times: add in ="):
        shop.select("Size", "L")
    shop.select("Size", "L", near="Pie")

    assert [each.input_value() for each in page.get_by_role("combobox").all()] == ["S", "L"]
