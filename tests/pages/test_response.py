"""How the page's response to Pay is recognised."""

from time import monotonic

import pytest
from playwright.sync_api import expect

from pages.checkout import CheckoutPage
from pages.errors import CaptchaInTheWay, UnknownMessage
from pages.response import PageResponse
from pages.words import checkout as words
from tests.pages.conftest import PAY, SHORT_S, Show

SENTENCE = "We could not take this payment. Please use another card."
UNKNOWN = "Paiement non abouti."


def respond(checkout: CheckoutPage, script: str, within_s: float = 5) -> PageResponse | None:
    """Press nothing, run a script a little later, and wait for the response."""
    before = checkout.ready().snapshot()
    checkout.page.evaluate("(script) => { setTimeout(script, 50) }", script)
    return checkout.wait_for_response(before, within_s=within_s)


def insert(markup: str) -> str:
    """A script that adds markup to the page."""
    return f"document.body.insertAdjacentHTML('beforeend', `{markup}`)"


@pytest.mark.parametrize("script", [
    insert(f'<p role="alert">{SENTENCE}</p>'),
    insert(f'<p aria-live="assertive">{SENTENCE}</p>'),
    insert(f'<p aria-live="polite">{SENTENCE}</p>'),
    insert(f'<p role="status">{SENTENCE}</p>'),
    insert(f"<p>{SENTENCE}</p>"),
    insert("<p>Votre carte a été refusée. Veuillez réessayer.</p>"),
    insert("<p>Autorisation refusée.</p>"),
    insert("<p>We could not take <b>this payment</b>. Please use another card.</p>"),
    insert(f'<iframe srcdoc="<p>{SENTENCE}</p>"></iframe>'),
    f"document.getElementById('pay').outerHTML = '<p>{SENTENCE}</p>'",
])  # fmt: skip
def test_decline_message_is_recognised_in_any_markup(show: Show, script: str) -> None:
    """A message, also in place of the form, is the response; its words tell about a decline."""
    response = respond(show(), script)
    assert response is not None
    assert response.says_declined
    assert not response.navigated


def test_other_heading_is_a_navigation(show: Show) -> None:
    """A page that shows another heading is another page."""
    response = respond(show(), "document.body.innerHTML = '<h1>Payment not completed</h1>'")
    assert response is not None
    assert response.navigated


@pytest.mark.parametrize("script", [
    "void 0",
    "document.getElementById('pay').innerHTML = '<span>One moment</span>'",
    insert('<p role="status">Processing your payment…</p>'),
    insert("<p>Taking you back to Shop…</p>"),
    insert("<p hidden>Declined</p>"),
    "document.body.innerHTML = ''",
    "left.textContent = '14:58 left'",
], ids=["nothing", "button", "status", "on the way", "hidden", "blank", "countdown"])  # fmt: skip
def test_page_that_shows_nothing_has_not_responded(show: Show, script: str) -> None:
    """Buttons, signs of progress, other digits and invisible texts are no response."""
    assert respond(show(f"{PAY}<p id='left'>14:59 left</p>"), script, within_s=0.3) is None


def test_text_during_a_payment_waits_for_its_end(show: Show) -> None:
    """A text without decline wording counts once the Pay button shows its amount again."""
    busy = insert("<p>Checking with your bank</p>") + "; document.getElementById('pay').append('…')"
    checkout = show()

    assert respond(checkout, busy, within_s=0.3) is None
    before = checkout.snapshot()
    checkout.page.evaluate(
        f"document.getElementById('pay').outerHTML = `{PAY}<p>Not this time</p>`"
    )

    assert checkout.wait_for_response(before, within_s=5) == PageResponse(("Not this time",))


def test_same_message_counts_again_after_a_request(show: Show) -> None:
    """The message of a second decline is a response if the page has asked its server again."""
    checkout = show()
    respond(checkout, insert(f"<p>{SENTENCE}</p>"))
    before = checkout.snapshot()
    assert checkout.wait_for_response(before, within_s=0.1) is None
    assert checkout.wait_for_response(before, within_s=0.1, sent=lambda: True)


def test_decline_may_follow_another_text(show: Show) -> None:
    """A message in other words is no error if one about the decline comes soon after."""
    checkout = show()
    before = checkout.ready().snapshot()
    checkout.page.evaluate("(script) => { setTimeout(script, 200) }", insert(f"<p>{SENTENCE}</p>"))
    checkout.expect_decline(PageResponse(("Asking your bank",)), before)


def test_landing_elsewhere_ends_the_wait(show: Show) -> None:
    """A shopper who has left is not waited for."""
    checkout = show()
    before, began = checkout.ready().snapshot(), monotonic()
    assert checkout.wait_for_response(before, within_s=20, left=lambda: True) is None
    assert monotonic() - began < 10


def test_captcha_in_place_of_a_response_is_named(show: Show) -> None:
    """A captcha that appears after Pay is a problem of the target."""
    script = "document.getElementById('pay').outerHTML = `<b>I'm not a robot</b>`"
    with pytest.raises(CaptchaInTheWay):
        respond(show(), script, within_s=0.3)


def test_unknown_message_is_named_at_once(show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    """A message in unknown words is an error that quotes it; the word list alone mends that."""
    checkout, began = show(within_s=SHORT_S), monotonic()
    before = checkout.ready().snapshot()
    response = respond(checkout, insert(f"<p>{UNKNOWN}</p>"), within_s=20)
    assert response is not None
    assert monotonic() - began < 10
    with pytest.raises(UnknownMessage, match=f"“{UNKNOWN}”.*DECLINED in pages/words/checkout.py"):
        checkout.expect_decline(response, before)

    monkeypatch.setattr(words, "DECLINED", ("non abouti",))

    checkout.expect_decline(response, before)
    expect(checkout.decline_message).to_have_text(UNKNOWN)
