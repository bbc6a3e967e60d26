"""Redirects and notices over HTTP."""

import pytest

from standin import StandIn
from tests.standin.shopper import DECLINED, ORDER, open_page


def test_give_up_button_appears_after_enough_declines(standin: StandIn) -> None:
    """After enough declines a button leads to the failure URL."""
    switches = {"decline": "button", "declines_before_failure": 2}
    shopper = open_page(standin, standin.new_merchant(switches=switches))

    first = shopper.pay(DECLINED).json()
    early = shopper.get("/give-up")
    second = shopper.pay(DECLINED, key="second").json()
    page = shopper.get("/give-up")

    assert (first["giveUp"], early.status_code) == ("", 404)
    assert second["giveUp"].endswith("/give-up")
    assert "https://merchant.example/failure?code=card_declined" in page.text


@pytest.mark.parametrize(("switch", "heading", "status"), [
    ("received", "Payment Received", 200),
    ("error", "This checkout has been paid", 410),
])  # fmt: skip
def test_paid_session_is_reopened(standin: StandIn, switch: str, heading: str, status: int) -> None:
    """A paid session shows no form and does not redirect again."""
    shopper = open_page(standin, standin.new_merchant(switches={"paid_reopened": switch}))
    shopper.pay()

    page = shopper.get()

    assert (heading in page.text, page.status_code) == (True, status)
    assert standin.checkout(shopper.session_id).kinds.count("redirected") == 1


def test_cancelling_a_paid_session_leads_back_to_it(standin: StandIn) -> None:
    """The cancel link of a paid session leads back to the session."""
    shopper = open_page(standin, standin.new_merchant())
    shopper.pay()

    answer = shopper.get("/cancel")

    assert answer.status_code == 303
    assert answer.headers["location"].startswith(standin.origins.page)


@pytest.mark.parametrize("redirect", ["302", "303"])
def test_http_redirect_carries_the_url_in_location(standin: StandIn, redirect: str) -> None:
    """The Location header is the configured URL, encoded for a header."""
    body = {**ORDER, "redirectUrls": {"cancel": "https://merchant.example/é?a=1+2&b={x}\r\n#f"}}
    shopper = open_page(standin, standin.new_merchant(switches={"redirect": redirect}), body)

    answer = shopper.get("/cancel")

    assert answer.status_code == int(redirect)
    assert answer.headers["location"] == "https://merchant.example/%C3%A9?a=1+2&b={x}#f"


def test_meta_refresh_names_the_url_and_escapes_it(standin: StandIn) -> None:
    """The meta refresh has the whole URL, escaped for HTML."""
    merchant = standin.new_merchant(switches={"redirect": "meta-refresh"})
    body = {**ORDER, "redirectUrls": {"cancel": 'https://merchant.example/c?a="b"&c=1#f'}}
    page = open_page(standin, merchant, body).get("/cancel").text
    assert 'content="0; url=https://merchant.example/c?a=&#34;b&#34;&amp;c=1#f"' in page


def test_form_leads_over_a_post_of_the_provider(standin: StandIn) -> None:
    """The form posts to the provider, which answers 303 to the merchant."""
    shopper = open_page(standin, standin.new_merchant(switches={"redirect": "form"}))

    move = shopper.pay().json()["moves"][0]
    answer = shopper.visit(move["url"], "POST")

    assert move["do"] == "post"
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("https://merchant.example/success")


@pytest.mark.parametrize("redirect", ["script", "302", "303", "meta-refresh", "form"])
def test_interstitial_comes_before_any_redirect(standin: StandIn, redirect: str) -> None:
    """With an interstitial the shopper reaches a page with a Continue button first."""
    switches = {"redirect": redirect, "interstitial": "click"}
    shopper = open_page(standin, standin.new_merchant(switches=switches))

    answer = shopper.get("/cancel")
    page = shopper.visit(answer.headers["location"])

    assert answer.headers["location"].startswith(standin.origins.page + shopper.path)
    assert ">Continue</button>" in page.text
