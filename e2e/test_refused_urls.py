"""Dangerous redirect URLs, which would run a script or leave HTTPS and must be refused."""

import tomllib
from pathlib import Path

import pytest

from clover import cards
from clover.api_contract import expect_refusal
from clover.errors import Refused
from e2e.api_bodies import body
from records.outcome import Outcome
from suite.checkout.assertions import must_stay
from suite.checkout.shopper import OpenCheckout
from suite.merchant import Merchant

DANGEROUS = tomllib.loads(Path(__file__).with_name("refused_urls.toml").read_text("utf-8"))

#: Whether Clover refuses these is not measured: a sandbox may accept them, but not use them.
HARMFUL = ("javascript, oddly written", "plain HTTP, upper case")


@pytest.mark.sandbox
@pytest.mark.parametrize("outcome", Outcome)
def test_plain_http_url_is_refused(merchant: Merchant, outcome: Outcome) -> None:
    """A create call with one http:// URL is refused with 400 and creates no session.

    Source: https://docs.clover.com/dev/docs/redirecting-customers says that HTTP will not work;
    one integrator stated that the whole call is refused.
    """
    urls = merchant.urls()
    urls[outcome] = urls[outcome].replace("https://", "http://", 1)

    answer = merchant.client.post(body(redirectUrls=urls))

    expect_refusal(answer, 400)


@pytest.mark.standin_only
@pytest.mark.parametrize("outcome", Outcome)
@pytest.mark.parametrize("name", DANGEROUS)
def test_url_that_no_browser_should_be_sent_to_is_refused(
    merchant: Merchant, name: str, outcome: Outcome
) -> None:
    """A redirect URL that is not HTTPS on some host is refused with 400 when it is sent."""
    urls = {**merchant.urls(), outcome: DANGEROUS[name]}

    answer = merchant.client.post(body(redirectUrls=urls))

    expect_refusal(answer, 400)


@pytest.mark.sandbox
@pytest.mark.parametrize("name", HARMFUL)
def test_harmful_url_is_refused_or_leads_nowhere(
    merchant: Merchant, open_checkout: OpenCheckout, name: str
) -> None:
    """A redirect URL that runs a script or leaves HTTPS is refused, or never followed."""
    try:
        checkout = merchant.create_checkout({**merchant.urls(), Outcome.SUCCESS: DANGEROUS[name]})
    except Refused as refusal:
        if refusal.status != 400:
            raise  # a wrong key or a dead target refuses everything, with its own message
        return
    shopper = open_checkout(checkout)

    shopper.pay(cards.APPROVED)

    must_stay(shopper, Outcome.SUCCESS, payments=1)
