"""The main promise: each outcome leads to the URL that was configured for it."""

import pytest

from clover import cards
from clover.cards import Card
from e2e.outcome_params import EVERY_OUTCOME, with_each_outcome
from e2e.url_shapes import RICH
from records.outcome import Outcome
from suite.checkout.assertions import must_land
from suite.checkout.shopper import OpenCheckout, Shopper
from suite.merchant import Merchant
from suite.refusals import create_or_skip

pytestmark = pytest.mark.sandbox


@pytest.mark.core
@EVERY_OUTCOME
def test_shopper_lands_on_the_url_of_the_outcome(shopper: Shopper, outcome: Outcome) -> None:
    """Paying, being declined and cancelling lead to the success, failure and cancel URL."""
    shopper.finish(outcome)

    must_land(shopper, outcome)


@pytest.mark.parametrize(
    "card", cards.DECLINED_ALL, ids=lambda card: f"{card.brand} {card.last_four}"
)
def test_every_declined_card_lands_on_failure(shopper: Shopper, card: Card) -> None:
    """Each test card that Clover documents as declined leads to the failure URL, with its code."""
    shopper.pay(card)

    must_land(shopper, Outcome.FAILURE)


def test_nothing_follows_the_landing(merchant: Merchant, open_checkout: OpenCheckout) -> None:
    """Nothing follows the landing: no second landing, no way back, no pop-up."""
    shoppers: list[Shopper] = []
    for outcome in Outcome:
        shopper = open_checkout(merchant.create_checkout(merchant.urls(RICH)), alongside=shoppers)
        shoppers.append(shopper)
        shopper.finish(outcome)
        must_land(shopper, outcome)

    shoppers[-1].observer.watch(5.0)

    for shopper, outcome in zip(shoppers, Outcome, strict=True):
        must_land(shopper, outcome)


#: URLs with one path for all outcomes, which differ in something else.
SHARED = {
    "query": "{base}/return?was={outcome}&order=7",
    "fragment": "{base}/return?order=7#{outcome}",
    "nothing": "{base}/return?order=7",
}


@with_each_outcome("differs_in", SHARED)
def test_outcomes_may_share_a_path(
    merchant: Merchant, open_checkout: OpenCheckout, differs_in: str, outcome: Outcome
) -> None:
    """A shop with one return page for all outcomes gets each outcome's query or fragment."""
    base = merchant.urls()[Outcome.SUCCESS].removesuffix("/success")
    urls = {each: SHARED[differs_in].format(base=base, outcome=each) for each in Outcome}
    shopper = open_checkout(merchant.create_checkout(urls))

    shopper.finish(outcome)

    must_land(shopper, outcome)


#: Host names by outcome; the outcomes that are left out share one.
HOSTS = [{each: str(each) for each in Outcome}, {Outcome.CANCEL: "help"}]


@pytest.mark.needs_all_hosts
@pytest.mark.parametrize("hosts", HOSTS, ids=["three hosts", "two hosts"])
@EVERY_OUTCOME
def test_outcomes_may_have_different_hosts(
    merchant: Merchant, open_checkout: OpenCheckout, outcome: Outcome, hosts: dict[Outcome, str]
) -> None:
    """The three URLs may be on three hosts or on two."""
    path = merchant.urls()[Outcome.SUCCESS].split("/", 3)[3]
    urls = {
        each: f"https://{hosts.get(each, 'pay')}.shop.example/{path}/{each}" for each in Outcome
    }
    shopper = open_checkout(create_or_skip(merchant, urls))

    shopper.finish(outcome)

    must_land(shopper, outcome)
