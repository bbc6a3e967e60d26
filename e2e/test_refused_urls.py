"""Dangerous redirect URLs, which would run a script or leave HTTPS and must be refused."""

import pytest

from clover import cards
from clover.api_contract import expect_refusal
from clover.errors import Refused
from e2e.api_bodies import body
from records.outcome import Outcome
from suite.checkout.assertions import must_stay
from suite.checkout.shopper import OpenCheckout
from suite.merchant import Merchant

DANGEROUS = {
    "javascript": "javascript:alert(document.domain)//https://merchant.example/",
    "javascript, oddly written": "JaVaScRiPt:location='https://evil.example/'",
    "javascript behind a tab": "java\tscript:alert(1)",
    "javascript behind blanks": "  javascript:alert(1)",
    "javascript behind a control character": "\x01javascript:alert(1)",
    "data": "data:text/html,<script>alert(1)</script>",
    "vbscript": "vbscript:msgbox(1)",
    "file": "file:///etc/passwd",
    "blob": "blob:https://merchant.example/1",
    "about": "about:blank",
    "ftp": "ftp://merchant.example/",
    "websocket": "wss://merchant.example/",
    "mail": "mailto:shop@merchant.example",
    "app link": "myshop://done",
    "no scheme": "merchant.example/success",
    "protocol-relative": "//merchant.example/success",
    "relative path": "/success",
    "dots": "../success",
    "empty host": "https://",
    "only a query": "?paid=1",
    "only a fragment": "#paid",
    "blank in the host": "https://merchant .example/",
    "bad port": "https://merchant.example:99999/",
    "port that is a word": "https://merchant.example:https/",
    "bad address": "https://[::1/",
    "host with a bracket": "https://mer<chant.example/",
    "one slash, which is a path on the page it is opened from": "https:/merchant.example/s",
    "no slash": "https:merchant.example/s",
    "plain text": "thank you page",
    "plain HTTP, upper case": "HTTP://merchant.example/success",
    "plain HTTP on localhost": "http://localhost:3000/success",
}

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
