"""A session's life: what the shopper may do in any order, and what must come of it."""

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from clover import cards
from clover.cards import Card
from clover.outcome import Outcome
from e2e.ends import CARD_FOR, ENDS
from e2e.journey import Journey, Opener
from e2e.shapes import RICH
from e2e.shop import NewShop, Sale, Shop
from e2e.witnesses import Provider

#: Documented and measured: a session lives for 15 minutes.
LIFE_S = 15 * 60
#: A minute would be truer and is too long to wait for in every run.
LOOKING_FOR_A_CARD_S = 6.0


@pytest.fixture
def sale(shop: Shop) -> Sale:
    """A session with a URL for each outcome."""
    return shop.sell(shop.urls(RICH))


@pytest.mark.standin_only
@pytest.mark.killed_by("expired-as-success", "expired-as-failure")
def test_expired_session_can_no_longer_be_paid(
    sale: Sale, begin_checkout: Opener, provider: Provider
) -> None:
    """A link opened after 15 minutes shows no card form and sends the shopper nowhere."""
    provider.clock.advance(LIFE_S + 1)
    journey = begin_checkout(sale)

    journey.press(lambda: journey.checkout.go(sale.session.href))

    journey.must_stay(Outcome.SUCCESS)
    assert not journey.shows_a_form()


@pytest.mark.standin_only
@pytest.mark.killed_by("old-session-loses-its-urls")
def test_session_is_open_until_its_last_second(
    sale: Sale, open_checkout: Opener, provider: Provider
) -> None:
    """A payment just before the 15 minutes are over still leads to success."""
    provider.clock.advance(LIFE_S - 60)
    journey = open_checkout(sale)

    journey.pay(cards.APPROVED)

    journey.must_end(Outcome.SUCCESS)


@pytest.mark.standin_only
@pytest.mark.killed_by("expired-link-can-be-paid")
def test_session_that_expires_while_typing_takes_no_payment(
    sale: Sale, open_checkout: Opener, provider: Provider
) -> None:
    """Pay pressed after the session's end charges nothing and leads to no URL."""
    journey = open_checkout(sale)
    journey.checkout.type(cards.APPROVED.details())
    provider.clock.advance(LIFE_S + 1)

    journey.press(journey.checkout.press_pay)

    journey.must_stay(Outcome.SUCCESS)


@pytest.mark.standin_only
@pytest.mark.killed_by("expired-as-success")
@pytest.mark.parametrize("outcome", [Outcome.FAILURE, Outcome.CANCEL])
def test_expired_session_leads_on_where_the_behaviour_says_so(
    new_shop: NewShop, begin_checkout: Opener, provider: Provider, outcome: Outcome
) -> None:
    """Where an expired link leads to a redirect URL, it is that of the named outcome."""
    shop = new_shop(expired_page=str(outcome))
    sale = shop.sell()
    provider.clock.advance(LIFE_S + 1)
    journey = begin_checkout(sale)

    journey.press(lambda: journey.checkout.go(sale.session.href))

    journey.must_end(outcome)


@pytest.mark.sandbox
@pytest.mark.killed_by(
    "opened-twice-loses-the-path", "reload-loses-the-cancel-url", "page-shown-once"
)
@ENDS
def test_reload_before_the_end_changes_nothing(
    sale: Sale, open_checkout: Opener, outcome: Outcome, card: Card
) -> None:
    """A reloaded page can be paid, declined and left like a fresh one."""
    journey = open_checkout(sale)
    journey.page.reload(wait_until="domcontentloaded")
    assert journey.can_go_on()

    journey.finish(outcome, card)

    journey.must_end(outcome)


@pytest.mark.sandbox
@pytest.mark.killed_by("left-alone-as-cancel", "left-alone-goes-home")
def test_page_that_is_left_alone_stays(sale: Sale, open_checkout: Opener) -> None:
    """A shopper who looks for a card for some seconds is still on the page."""
    journey = open_checkout(sale)

    journey.must_stay(Outcome.CANCEL, silently=True, watch_s=LOOKING_FOR_A_CARD_S)

    assert journey.can_go_on()


@pytest.mark.sandbox
@pytest.mark.killed_by("opened-twice-loses-the-path", "page-shown-once")
def test_back_and_forward_before_paying_change_nothing(sale: Sale, open_checkout: Opener) -> None:
    """A shopper who wandered off and came back by the browser's buttons can pay."""
    journey = open_checkout(sale)
    journey.page.goto("about:blank")
    # Each step to its end: between two processes of the browser its history cannot be asked for.
    journey.page.go_back(wait_until="load")
    journey.page.go_forward(wait_until="load")
    journey.page.go_back(wait_until="load")
    assert journey.can_go_on()

    journey.pay(cards.APPROVED)

    journey.must_end(Outcome.SUCCESS)


@pytest.mark.sandbox
@pytest.mark.killed_by("fragment-lost")
def test_reloaded_landing_is_the_same_landing(sale: Sale, open_checkout: Opener) -> None:
    """Reloading the merchant's page asks for the same URL again and pays nothing."""
    journey = open_checkout(sale).pay(cards.APPROVED)
    journey.must_end(Outcome.SUCCESS)

    journey.page.reload()

    journey.must_end(Outcome.SUCCESS, times=2)


@pytest.mark.sandbox
@pytest.mark.killed_by("paid-twice")
def test_back_after_paying_does_not_pay_again(sale: Sale, open_checkout: Opener) -> None:
    """Going back from the merchant's page shows no form that could be paid a second time."""
    journey = open_checkout(sale).pay(cards.APPROVED)
    journey.must_end(Outcome.SUCCESS)

    journey.press(lambda: journey.page.go_back(wait_until="load"))

    assert not journey.shows_a_form()
    assert journey.payments() in {1, None}


@pytest.mark.sandbox
@pytest.mark.killed_by("lands-twice")
def test_forward_after_back_lands_again(sale: Sale, open_checkout: Opener) -> None:
    """Back and forward again end on the merchant's page, which is asked for a second time."""
    journey = open_checkout(sale).pay(cards.APPROVED)
    journey.must_end(Outcome.SUCCESS)

    journey.page.go_back(wait_until="load")
    journey.page.go_forward(wait_until="load")

    journey.must_end(Outcome.SUCCESS, times=2)


@pytest.mark.sandbox
@pytest.mark.killed_by("lands-again-on-reload", "session-can-be-read-back")
def test_paid_session_cannot_be_paid_again(
    sale: Sale, open_checkout: Opener, begin_checkout: Opener
) -> None:
    """A paid link that is opened again shows the receipt: no second payment or landing."""
    first = open_checkout(sale).pay(cards.APPROVED)
    first.must_end(Outcome.SUCCESS)
    again = begin_checkout(sale, beside=[first])

    again.press(lambda: again.checkout.go(sale.session.href))

    again.must_stay(Outcome.SUCCESS, payments=1)
    assert not again.shows_a_form()
    assert sale.shop.client.read_back(sale.session.session_id).status == 404


@pytest.mark.standin_only
@pytest.mark.killed_by("lands-again-on-reload")
def test_link_reused_after_its_time_leads_nowhere(
    sale: Sale, open_checkout: Opener, begin_checkout: Opener, provider: Provider
) -> None:
    """A paid link from an old e-mail neither charges nor redirects."""
    first = open_checkout(sale).pay(cards.APPROVED)
    first.must_end(Outcome.SUCCESS)
    provider.clock.advance(LIFE_S + 1)
    again = begin_checkout(sale, beside=[first])

    again.press(lambda: again.checkout.go(sale.session.href))

    again.must_stay(Outcome.SUCCESS, payments=1)


@pytest.mark.sandbox
@pytest.mark.killed_by("paid-twice")
def test_double_click_on_pay_pays_once(sale: Sale, open_checkout: Opener) -> None:
    """Two fast clicks make one payment and one landing."""
    journey = open_checkout(sale)
    journey.cards.append(cards.APPROVED)
    journey.checkout.type(cards.APPROVED.details())

    journey.press(journey.checkout.double_click_pay)

    journey.must_end(Outcome.SUCCESS)


@pytest.mark.sandbox
@pytest.mark.killed_by("paid-link-can-be-paid-again")
def test_two_tabs_pay_once(sale: Sale, open_checkout: Opener) -> None:
    """One session open in two tabs is paid once; both shoppers end at the success URL at most."""
    first = open_checkout(sale)
    second = open_checkout(sale, beside=[first])
    second.checkout.type(cards.APPROVED.details())

    first.pay(cards.APPROVED)
    first.must_end(Outcome.SUCCESS)
    second.press(second.checkout.press_pay)

    second.must_stay(Outcome.SUCCESS, payments=1)


@pytest.mark.sandbox
@pytest.mark.killed_by("cancel-as-failure")
def test_cancel_with_a_typed_card_is_a_cancel(sale: Sale, open_checkout: Opener) -> None:
    """A shopper who has typed the card and leaves all the same lands on cancel."""
    journey = open_checkout(sale)
    journey.checkout.type(cards.APPROVED.details())

    journey.cancel()

    journey.must_end(Outcome.CANCEL)


@pytest.mark.standin_only
@pytest.mark.killed_by("cancel-after-decline-as-failure")
def test_cancel_after_a_decline_lands_on_cancel(new_shop: NewShop, open_checkout: Opener) -> None:
    """A shopper who gives up after a decline is one who cancelled."""
    shop = new_shop(declines_before_failure=3)
    journey = open_checkout(shop.sell(shop.urls(RICH)))

    journey.pay(cards.DECLINED)
    journey.must_stay(Outcome.FAILURE)
    journey.cancel()

    journey.must_end(Outcome.CANCEL)


@pytest.mark.sandbox
@pytest.mark.killed_by(
    "cancel-sticks",
    "failure-sticks",
    "lost-after-decline",
    "page-shown-once",
    "second-cancel-as-failure",
    "declined-link-shows-a-receipt",
)
@pytest.mark.parametrize("outcome", Outcome)
@pytest.mark.parametrize("before", [Outcome.FAILURE, Outcome.CANCEL])
def test_last_visit_decides(
    sale: Sale,
    open_checkout: Opener,
    begin_checkout: Opener,
    before: Outcome,
    outcome: Outcome,
) -> None:
    """Who was declined or left, and comes back by the link, lands as the last visit ends.

    A provider may close such a session, but not call it paid.
    """
    first = open_checkout(sale).finish(before, CARD_FOR[before])
    first.must_end(before)
    again = begin_checkout(sale, beside=[first])
    again.checkout.go(sale.session.href)
    if not again.can_go_on():
        again.must_stay(before, silently=True)
        assert again.provider is None
        pytest.skip("the provider takes no second visit, which nobody has promised")

    again.finish(outcome, CARD_FOR[outcome])

    again.must_end(outcome)


@pytest.mark.standin_only
@pytest.mark.killed_by("success-visited-when-the-page-opens")
@pytest.mark.parametrize(
    ("part", "wrong", "message"),
    [
        ("number", "4242424242424241", "Card number is invalid."),
        ("number", "4242", "Card number is invalid."),
        ("expiry", "0120", "Card expiry is invalid."),
        ("expiry", "1399", "Card expiry is invalid."),
        ("cvv", "1", "Card CVV is invalid."),
    ],
    ids=["wrong check digit", "too short", "past", "no such month", "too short a CVV"],
)
def test_invalid_card_stays_on_the_page(
    sale: Sale, open_checkout: Opener, part: str, wrong: str, message: str
) -> None:
    """A card that cannot be right is told so beside the field, and cannot be paid with."""
    journey = open_checkout(sale)
    card = replace(cards.APPROVED.details(), **{part: wrong})

    journey.press(lambda: journey.checkout.type(card).blur())

    journey.must_stay(Outcome.SUCCESS, silently=True)
    expect(journey.page.get_by_text(message, exact=True)).to_be_visible()
    expect(journey.checkout.pay_button).to_be_disabled()


@pytest.mark.sandbox
@pytest.mark.killed_by("success-visited-when-the-page-opens")
def test_closed_tab_lands_nowhere(sale: Sale, open_checkout: Opener) -> None:
    """A shopper who closes the tab before paying is not reported to the merchant by a visit."""
    journey: Journey = open_checkout(sale)
    journey.checkout.type(cards.APPROVED.details())

    journey.page.close()

    assert journey.arrived() == []
    assert journey.payments() in {0, None}
