"""The main promise: each outcome leads to the URL that was configured for it."""

import pytest

from clover import cards
from clover.cards import Card
from e2e.outcome_params import CARD_FOR, ENDS, ends_in_turn
from e2e.url_shapes import RICH
from records.outcome import Outcome
from suite.checkout.assertions import must_land
from suite.checkout.shopper import OpenCheckout, Shopper
from suite.merchant import Merchant

pytestmark = pytest.mark.sandbox


@pytest.mark.core
@ENDS
def test_shopper_lands_on_the_url_of_the_outcome(
    merchant: Merchant, open_checkout: OpenCheckout, outcome: Outcome, card: Card
) -> None:
    """Paying, being declined and cancelling lead to the success, failure and cancel URL."""
    shopper = open_checkout(merchant.create_checkout(merchant.urls(RICH)))

    shopper.finish(outcome, card)

    must_land(shopper, outcome)


@pytest.mark.parametrize(
    "card", cards.DECLINED_ALL, ids=lambda card: f"{card.brand} {card.last_four}"
)
def test_every_declined_card_lands_on_failure(
    merchant: Merchant, open_checkout: OpenCheckout, card: Card
) -> None:
    """Each test card that Clover documents as declined leads to the failure URL, with its code."""
    shopper = open_checkout(merchant.create_checkout(merchant.urls("?error_code={ERROR_CODE}")))

    shopper.pay(card)

    must_land(shopper, Outcome.FAILURE)


@pytest.mark.sandbox
def test_nothing_follows_the_landing(merchant: Merchant, open_checkout: OpenCheckout) -> None:
    """Once landed, shoppers are left in peace: no second landing, no way back, no pop-up."""
    shoppers: list[Shopper] = []
    for outcome, card in CARD_FOR.items():
        shopper = open_checkout(merchant.create_checkout(merchant.urls(RICH)), alongside=shoppers)
        shoppers.append(shopper)
        shopper.finish(outcome, card)
        must_land(shopper, outcome)

    shoppers[-1].observer.watch(5.0)  # the browser tells of every tab meanwhile

    for shopper, outcome in zip(shoppers, CARD_FOR, strict=True):
        must_land(shopper, outcome)


#: URLs of one path each, told apart by something else.
SHARED = {
    "query": "{base}/return?was={outcome}&order=7",
    "fragment": "{base}/return?order=7#{outcome}",
    "nothing": "{base}/return?order=7",
}


@pytest.mark.sandbox
@ends_in_turn("told_by", SHARED)
def test_outcomes_may_share_a_path(
    merchant: Merchant, open_checkout: OpenCheckout, told_by: str, outcome: Outcome, card: Card
) -> None:
    """A shop with one return page for all outcomes gets each outcome's own query or fragment."""
    base = merchant.urls()[Outcome.SUCCESS].removesuffix("/success")
    urls = {each: SHARED[told_by].format(base=base, outcome=each) for each in Outcome}
    shopper = open_checkout(merchant.create_checkout(urls))

    shopper.finish(outcome, card)

    must_land(shopper, outcome)


#: Names of hosts: each outcome has one of its own, or those not named here share one.
HOSTS = [{each: str(each) for each in Outcome}, {Outcome.CANCEL: "help"}]


@pytest.mark.sandbox
@pytest.mark.only_browser("chromium")
@pytest.mark.parametrize("hosts", HOSTS, ids=["three hosts", "two hosts"])
@ENDS
def test_outcomes_may_have_hosts_of_their_own(
    merchant: Merchant,
    open_checkout: OpenCheckout,
    outcome: Outcome,
    card: Card,
    hosts: dict[Outcome, str],
) -> None:
    """The three URLs need not be on one host; two of them may share one."""
    path = merchant.urls()[Outcome.SUCCESS].split("/", 3)[3]
    urls = {
        each: f"https://{hosts.get(each, 'pay')}.shop.example/{path}/{each}" for each in Outcome
    }
    shopper = open_checkout(merchant.create_checkout(urls))

    shopper.finish(outcome, card)

    must_land(shopper, outcome)
