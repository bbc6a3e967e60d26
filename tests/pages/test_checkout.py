"""The checkout page object on small pages."""

from dataclasses import asdict, replace

import pytest
from playwright.sync_api import expect

from clover import cards
from pages.errors import CaptchaInTheWay, PageChanged
from pages.words import checkout as words
from tests.pages.conftest import CANCEL, CARD_FRAMES, FLAT_FIELDS, PAY, SHORT_S, Show

CARD = cards.APPROVED.details()
PRESSED = "document.body.append('pressed')"


@pytest.mark.parametrize("fields", [CARD_FRAMES, FLAT_FIELDS], ids=["in frames", "in the page"])
def test_card_is_typed_into_its_fields(show: Show, fields: str) -> None:
    """Each locator of the card form holds what was typed last, in whichever frame it is."""
    checkout = show(fields=fields).type(CARD)
    for name, text in asdict(CARD).items():
        expect(getattr(checkout.card_form, name)).to_have_value(text)
    checkout.type(replace(CARD, cvv="9876"))
    expect(checkout.card_form.cvv).to_have_value("9876")


def test_french_page_is_found_by_its_words(show: Show) -> None:
    """A page in the language of a Canadian merchant needs no other page object."""
    labels = ("Numéro de carte", "MM/AA", "Code de sécurité", "Code postal")
    fields = "".join(f'<input placeholder="{label}">' for label in labels)
    pay = f'<button onclick="{PRESSED}">Payer 1 234,50 $</button>'
    checkout = show(f"{pay}<a href='#x'>Retour à la boutique</a>", fields=fields)
    checkout.pay(CARD)
    assert checkout.total == "1234.50"
    expect(checkout.card_form.number).to_have_value(CARD.number)
    expect(checkout.page.get_by_text("pressed")).to_be_visible()
    expect(checkout.cancel_link).to_have_text("Retour à la boutique")


@pytest.mark.parametrize("pay", [
    f'<button onclick="{PRESSED}">Pay $12.00</button>',
    f'<input type="submit" value="Pay $12.00" onclick="{PRESSED}">',
    f'<div onclick="{PRESSED}"><span>PAY US$12.00</span></div>',
    f'<iframe srcdoc="<button onclick=&quot;top.{PRESSED}&quot;>Pay $12.00</button>"></iframe>',
], ids=["button", "submit", "box", "frame"])  # fmt: skip
def test_pay_button_is_found_in_any_markup(show: Show, pay: str) -> None:
    """A button, an input, a box with a handler or a frame: Pay is pressed."""
    checkout = show(pay)
    checkout.pay(CARD)
    expect(checkout.page.get_by_text("pressed")).to_be_visible()


def test_renamed_controls_need_only_a_word(show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error for a renamed control repeats the word list, and a new word there mends it."""
    renamed = '<button>Complete order $12.00</button><a href="#x">Abort</a>'
    checkout = show(renamed, within_s=SHORT_S)
    with pytest.raises(PageChanged, match=r"button “Pay \$…”.*button “Complete order \$12.00”"):
        checkout.ready()

    monkeypatch.setattr(words, "PAY", ("Complete order",))
    monkeypatch.setattr(words, "CANCEL", ("Abort",))

    assert checkout.ready().pay_button.inner_text() == "Complete order $12.00"
    assert checkout.cancel_link.inner_text() == "Abort"
    former = show(PAY, within_s=SHORT_S)
    with pytest.raises(PageChanged, match=r"a button “Complete order \$…”"):
        former.ready()
    with pytest.raises(PageChanged, match="a link or button “Abort”"):
        former.cancel()


def test_disabled_pay_button_is_reported(show: Show) -> None:
    """A button that stays disabled ends the wait with an error, after the card was typed again."""
    late = '<button disabled>Pay $12.00</button><input placeholder="First name">'
    checkout = show(late, within_s=SHORT_S)
    with pytest.raises(PageChanged, match="enabled once the card is typed"):
        checkout.pay(CARD)
    expect(checkout.page.get_by_placeholder("First name")).to_have_value("Alex")
    with pytest.raises(PageChanged, match="enabled once the card is typed"):
        checkout.double_click_pay()


def test_choices_are_no_buttons(show: Show) -> None:
    """A way to pay that is chosen, and a text that is unfolded, do not make a control ambiguous."""
    choice = '<label><input type="radio" name="plan"> Pay $12.00</label>'
    fold = "<details><summary>Cancel policy</summary></details>"
    checkout = show(PAY + CANCEL + choice + fold)
    expect(checkout.ready().pay_button).to_have_text("Pay $12.00")
    expect(checkout.cancel_link).to_have_text("Cancel")


@pytest.mark.parametrize("cancel", [
    pytest.param('<a href="#x">Cancel</a>', id="link"),
    pytest.param("<button>‹ Back to the shop</button>", id="button"),
    pytest.param('<a href="#x" aria-label="Cancel payment">✕</a>', id="icon"),
    pytest.param("<iframe srcdoc=\"<a href='#x'>Cancel</a>\"></iframe>", id="frame"),
    pytest.param('<a href="#x">Cancel</a><button>Return to store</button>', id="one says cancel"),
])  # fmt: skip
def test_cancel_is_found_in_any_markup(show: Show, cancel: str) -> None:
    """The one way out is found as a link, a button or an icon, also in a frame."""
    checkout = show(PAY + cancel)
    expect(checkout.cancel_link).to_be_visible()
    checkout.cancel()


def test_cancel_confirms_a_dialog(show: Show) -> None:
    """A question after Cancel is answered with yes."""
    dialog = f'<dialog><button onclick="{PRESSED}">Yes, leave</button></dialog>'
    opens = "document.querySelector('dialog').showModal()"
    checkout = show(f'{PAY}<a href="#x" onclick="{opens}">Cancel</a>{dialog}')
    checkout.cancel()
    expect(checkout.page.get_by_text("pressed")).to_have_count(1)


def test_missing_cancel_names_what_is_there(show: Show) -> None:
    """The error for a missing control lists the page's controls."""
    words = r"Not found: .*“Cancel”\. Found instead: .*“CVV”.*“Pay \$12.00”"
    with pytest.raises(PageChanged, match=words):
        show(PAY, within_s=SHORT_S).cancel()


def test_ambiguous_controls_are_counted_and_named(show: Show) -> None:
    """Two things that fit are an error that says what they are; none is chosen."""
    two = "<button>Back</button><button>Return to store</button>"

    with pytest.raises(PageChanged, match=r"there are 2 .*button “Back”; button “Return to store”"):
        show(PAY + two, within_s=SHORT_S).cancel()
    with pytest.raises(PageChanged, match=r"Pay \$…”, of which there are 2"):
        show(PAY + PAY, within_s=SHORT_S).ready()
    with pytest.raises(PageChanged, match="field “CVV”, of which there are 2"):
        show(PAY, FLAT_FIELDS + '<input placeholder="CVV">', within_s=SHORT_S).ready()


def test_captcha_is_a_problem_of_the_target(show: Show) -> None:
    """A page that shows a captcha in place of its form has not changed."""
    with pytest.raises(CaptchaInTheWay, match="Switch reCAPTCHA off"):
        show("<p>I'm not a robot</p>", within_s=SHORT_S).ready()


def test_keyboard_reaches_everything(show: Show) -> None:
    """The card is typed and Pay is pressed with the keyboard alone."""
    checkout = show(f'<button onclick="{PRESSED}">Pay $12.00</button>')
    checkout.pay_by_keyboard(CARD)
    expect(checkout.card_form.number).to_have_value(CARD.number)
    expect(checkout.page.get_by_text("pressed")).to_be_visible()


def test_cookie_banner_is_closed(show: Show) -> None:
    """A cookie banner is closed before anything is typed."""
    banner = '<div><button onclick="this.parentElement.remove()">Accept all</button></div>'
    checkout = show(PAY + banner).ready()
    expect(checkout.page.get_by_text("Accept all")).to_have_count(0)


def test_options_to_cancel_are_listed(show: Show) -> None:
    """Everything that looks like a way out is listed."""
    assert show(PAY + CANCEL + "<button>Back</button>").cancel_options() == ["Cancel", "Back"]
