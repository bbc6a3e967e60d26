"""A session's life: what the shopper may do in any order, and what must come of it."""

from dataclasses import replace

import pytest

from clover import cards
from clover.api_contract import expect_status
from clover.cards import Card
from e2e.outcome_params import CARD_FOR, ENDS
from e2e.url_shapes import RICH
from records.outcome import Outcome
from suite.checkout.shopper import OpenCheckout, Shopper
from suite.checkout.witnesses import Provider
from suite.merchant import Checkout, Merchant, MerchantFactory

#: Documented and measured: a session lives for 15 minutes.
LIFE_S = 15 * 60
#: A minute would be truer and is too long to wait for in every run.
LOOKING_FOR_A_CARD_S = 6.0


@pytest.fixture
def checkout(merchant: Merchant) -> Checkout:
    """A session with a URL for each outcome."""
    return merchant.create_checkout(merchant.urls(RICH))


@pytest.mark.standin_only
def test_expired_session_can_no_longer_be_paid(
    checkout: Checkout, begin_checkout: OpenCheckout, provider: Provider
) -> None:
    """A link opened after 15 minutes shows no card form and sends the shopper nowhere."""
    provider.clock.advance(LIFE_S + 1)
    shopper = begin_checkout(checkout)

    shopper.press(lambda: shopper.hosted_page.go(checkout.session.href))

    shopper.must_stay(Outcome.SUCCESS)
    assert not shopper.shows_a_form()


@pytest.mark.standin_only
def test_session_is_open_until_its_last_second(
    checkout: Checkout, open_checkout: OpenCheckout, provider: Provider
) -> None:
    """A payment just before the 15 minutes are over still leads to success."""
    provider.clock.advance(LIFE_S - 60)
    shopper = open_checkout(checkout)

    shopper.pay(cards.APPROVED)

    shopper.must_land(Outcome.SUCCESS)


@pytest.mark.standin_only
def test_session_that_expires_while_typing_takes_no_payment(
    checkout: Checkout, open_checkout: OpenCheckout, provider: Provider
) -> None:
    """Pay pressed after the session's end charges nothing and leads to no URL."""
    shopper = open_checkout(checkout)
    shopper.hosted_page.type(cards.APPROVED.details())
    provider.clock.advance(LIFE_S + 1)

    shopper.press(shopper.hosted_page.press_pay)

    shopper.must_stay(Outcome.SUCCESS)


@pytest.mark.standin_only
@pytest.mark.parametrize("outcome", [Outcome.FAILURE, Outcome.CANCEL])
def test_expired_session_leads_on_where_the_behaviour_says_so(
    new_merchant: MerchantFactory,
    begin_checkout: OpenCheckout,
    provider: Provider,
    outcome: Outcome,
) -> None:
    """Where an expired link leads to a redirect URL, it is that of the named outcome."""
    merchant = new_merchant(expired_page=str(outcome))
    checkout = merchant.create_checkout()
    provider.clock.advance(LIFE_S + 1)
    shopper = begin_checkout(checkout)

    shopper.press(lambda: shopper.hosted_page.go(checkout.session.href))

    shopper.must_land(outcome)


@pytest.mark.sandbox
@ENDS
def test_reload_before_the_end_changes_nothing(
    checkout: Checkout, open_checkout: OpenCheckout, outcome: Outcome, card: Card
) -> None:
    """A reloaded page can be paid, declined and left like a fresh one."""
    shopper = open_checkout(checkout)
    shopper.page.reload(wait_until="domcontentloaded")
    assert shopper.can_go_on()

    shopper.finish(outcome, card)

    shopper.must_land(outcome)


@pytest.mark.sandbox
def test_page_that_is_left_alone_stays(checkout: Checkout, open_checkout: OpenCheckout) -> None:
    """A shopper who looks for a card for some seconds is still on the page."""
    shopper = open_checkout(checkout)

    shopper.must_stay(Outcome.CANCEL, silently=True, watch_s=LOOKING_FOR_A_CARD_S)

    assert shopper.can_go_on()


@pytest.mark.sandbox
def test_back_and_forward_before_paying_change_nothing(
    checkout: Checkout, open_checkout: OpenCheckout
) -> None:
    """A shopper who wandered off and came back by the browser's buttons can pay."""
    shopper = open_checkout(checkout)
    shopper.page.goto("about:blank")
    # Each step to its end: between two processes of the browser its history cannot be asked for.
    shopper.page.go_back(wait_until="load")
    shopper.page.go_forward(wait_until="load")
    shopper.page.go_back(wait_until="load")
    assert shopper.can_go_on()

    shopper.pay(cards.APPROVED)

    shopper.must_land(Outcome.SUCCESS)


@pytest.mark.sandbox
def test_reloaded_landing_is_the_same_landing(
    checkout: Checkout, open_checkout: OpenCheckout
) -> None:
    """Reloading the merchant's page asks for the same URL again and pays nothing."""
    shopper = open_checkout(checkout).pay(cards.APPROVED)
    shopper.must_land(Outcome.SUCCESS)

    shopper.page.reload()

    shopper.must_land(Outcome.SUCCESS, times=2)


@pytest.mark.sandbox
def test_back_after_paying_does_not_pay_again(
    checkout: Checkout, open_checkout: OpenCheckout
) -> None:
    """Going back from the merchant's page shows no form that could be paid a second time."""
    shopper = open_checkout(checkout).pay(cards.APPROVED)
    shopper.must_land(Outcome.SUCCESS)

    shopper.press(lambda: shopper.page.go_back(wait_until="load"))

    assert not shopper.shows_a_form()
    assert shopper.payments() in {1, None}


@pytest.mark.sandbox
def test_forward_after_back_lands_again(checkout: Checkout, open_checkout: OpenCheckout) -> None:
    """Back and forward again end on the merchant's page, which is asked for a second time."""
    shopper = open_checkout(checkout).pay(cards.APPROVED)
    shopper.must_land(Outcome.SUCCESS)

    shopper.page.go_back(wait_until="load")
    shopper.page.go_forward(wait_until="load")

    shopper.must_land(Outcome.SUCCESS, times=2)


@pytest.mark.sandbox
def test_paid_session_cannot_be_paid_again(
    checkout: Checkout, open_checkout: OpenCheckout, begin_checkout: OpenCheckout
) -> None:
    """A paid link that is opened again shows the receipt: no second payment or landing."""
    first = open_checkout(checkout).pay(cards.APPROVED)
    first.must_land(Outcome.SUCCESS)
    again = begin_checkout(checkout, beside=[first])

    again.press(lambda: again.hosted_page.go(checkout.session.href))

    again.must_stay(Outcome.SUCCESS, payments=1)
    assert not again.shows_a_form()
    expect_status(checkout.merchant.client.read_back(checkout.session.session_id), 404)


@pytest.mark.standin_only
def test_link_reused_after_its_time_leads_nowhere(
    checkout: Checkout,
    open_checkout: OpenCheckout,
    begin_checkout: OpenCheckout,
    provider: Provider,
) -> None:
    """A paid link from an old e-mail neither charges nor redirects."""
    first = open_checkout(checkout).pay(cards.APPROVED)
    first.must_land(Outcome.SUCCESS)
    provider.clock.advance(LIFE_S + 1)
    again = begin_checkout(checkout, beside=[first])

    again.press(lambda: again.hosted_page.go(checkout.session.href))

    again.must_stay(Outcome.SUCCESS, payments=1)


@pytest.mark.sandbox
def test_double_click_on_pay_pays_once(checkout: Checkout, open_checkout: OpenCheckout) -> None:
    """Two fast clicks make one payment and one landing."""
    shopper = open_checkout(checkout)
    shopper.cards.append(cards.APPROVED)
    shopper.hosted_page.type(cards.APPROVED.details())

    shopper.press(shopper.hosted_page.double_press_pay)

    shopper.must_land(Outcome.SUCCESS)


@pytest.mark.sandbox
def test_two_tabs_pay_once(checkout: Checkout, open_checkout: OpenCheckout) -> None:
    """One session open in two tabs is paid once; both shoppers end at the success URL at most."""
    first = open_checkout(checkout)
    second = open_checkout(checkout, beside=[first])
    second.hosted_page.type(cards.APPROVED.details())

    first.pay(cards.APPROVED)
    first.must_land(Outcome.SUCCESS)
    second.press(second.hosted_page.press_pay)

    second.must_stay(Outcome.SUCCESS, payments=1)


@pytest.mark.sandbox
def test_cancel_with_a_typed_card_is_a_cancel(
    checkout: Checkout, open_checkout: OpenCheckout
) -> None:
    """A shopper who has typed the card and leaves all the same lands on cancel."""
    shopper = open_checkout(checkout)
    shopper.hosted_page.type(cards.APPROVED.details())

    shopper.cancel()

    shopper.must_land(Outcome.CANCEL)


@pytest.mark.standin_only
def test_cancel_after_a_decline_lands_on_cancel(
    new_merchant: MerchantFactory, open_checkout: OpenCheckout
) -> None:
    """A shopper who gives up after a decline is one who cancelled."""
    merchant = new_merchant(declines_before_failure=3)
    shopper = open_checkout(merchant.create_checkout(merchant.urls(RICH)))

    shopper.pay(cards.DECLINED)
    shopper.must_stay(Outcome.FAILURE)
    shopper.cancel()

    shopper.must_land(Outcome.CANCEL)


@pytest.mark.sandbox
@pytest.mark.parametrize("outcome", Outcome)
@pytest.mark.parametrize("before", [Outcome.FAILURE, Outcome.CANCEL])
def test_last_visit_decides(
    checkout: Checkout,
    open_checkout: OpenCheckout,
    begin_checkout: OpenCheckout,
    before: Outcome,
    outcome: Outcome,
) -> None:
    """Who was declined or left, and comes back by the link, lands as the last visit ends.

    A provider may close such a session, but not call it paid.
    """
    first = open_checkout(checkout).finish(before, CARD_FOR[before])
    first.must_land(before)
    again = begin_checkout(checkout, beside=[first])
    again.hosted_page.go(checkout.session.href)
    if not again.can_go_on():
        again.must_stay(before, silently=True)
        assert again.provider is None
        pytest.skip("the provider takes no second visit, which nobody has promised")

    again.finish(outcome, CARD_FOR[outcome])

    again.must_land(outcome)


@pytest.mark.standin_only
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
    checkout: Checkout, open_checkout: OpenCheckout, part: str, wrong: str, message: str
) -> None:
    """A card that cannot be right is told so beside the field, and cannot be paid with."""
    shopper = open_checkout(checkout)
    card = replace(cards.APPROVED.details(), **{part: wrong})

    shopper.press(lambda: shopper.hosted_page.type(card).leave_the_fields())

    shopper.must_stay(Outcome.SUCCESS, silently=True)
    assert shopper.hosted_page.wait_for_line(message) == message
    assert not shopper.hosted_page.can_be_paid()


@pytest.mark.sandbox
def test_closed_tab_lands_nowhere(checkout: Checkout, open_checkout: OpenCheckout) -> None:
    """A shopper who closes the tab before paying is not reported to the merchant by a visit."""
    shopper: Shopper = open_checkout(checkout)
    shopper.hosted_page.type(cards.APPROVED.details())

    shopper.page.close()

    assert shopper.arrived() == []
    assert shopper.payments() in {0, None}
