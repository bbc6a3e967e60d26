"""Redirects and notices over HTTP."""

import pytest

from standin import StandIn
from tests.standin.shopper import DECLINED, ORDER, open_new_page, switched


def test_give_up_button_appears_after_enough_declines(standin: StandIn) -> None:
    """After enough declines a button leads to the failure URL."""
    shopper = switched(standin, decline="button", declines_before_failure=2)
    first, early = shopper.pay(DECLINED).json(), shopper.get("/give-up")
    second, page = shopper.pay(DECLINED, key="second").json(), shopper.get("/give-up")

    assert (first["giveUp"], early.status_code) == ("", 404)
    assert second["giveUp"].endswith("/give-up")
    assert "https://merchant.example/failure?code=card_declined" in page.text


@pytest.mark.parametrize(("switch", "heading", "status"), [
    ("received", "Payment Received", 200), ("error", "This checkout has been paid", 410),
])  # fmt: skip
def test_paid_session_is_reopened(standin: StandIn, switch: str, heading: str, status: int) -> None:
    """A paid session shows no form and does not redirect again; its cancel link leads back."""
    shopper = switched(standin, paid_reopened=switch)
    shopper.pay()
    page, cancelled = shopper.get(), shopper.get("/cancel")

    assert (heading in page.text, page.status_code) == (True, status)
    assert standin.checkout(shopper.session_id).kinds.count("redirected") == 1
    assert cancelled.status_code == 303
    assert cancelled.headers["location"].startswith(standin.origins.page)


@pytest.mark.parametrize("redirect", ["302", "303"])
def test_http_redirect_carries_the_url_in_location(standin: StandIn, redirect: str) -> None:
    """The Location header is the configured URL, encoded for a header."""
    urls = {"cancel": "https://merchant.example/é?a=1+2&b={x}\r\n#f"}
    body = {**ORDER, "redirectUrls": urls}
    answer = open_new_page(standin, body, switches={"redirect": redirect}).get("/cancel")
    assert answer.status_code == int(redirect)
    assert answer.headers["location"] == "https://merchant.example/%C3%A9?a=1+2&b={x}#f"


def test_meta_refresh_names_the_url_and_escapes_it(standin: StandIn) -> None:
    """The meta refresh has the whole URL, escaped for HTML."""
    body = {**ORDER, "redirectUrls": {"cancel": 'https://merchant.example/c?a="b"&c=1#f'}}
    page = open_new_page(standin, body, switches={"redirect": "meta-refresh"}).get("/cancel").text
    assert 'content="0; url=https://merchant.example/c?a=&#34;b&#34;&amp;c=1#f"' in page


def test_form_leads_over_a_post_of_the_provider(standin: StandIn) -> None:
    """The form posts to the provider, which answers 303 to the merchant."""
    shopper = switched(standin, redirect="form")
    move = shopper.pay().json()["moves"][0]
    answer = shopper.visit(move["url"], "POST")
    assert (move["do"], answer.status_code) == ("post", 303)
    assert answer.headers["location"].startswith("https://merchant.example/success")


@pytest.mark.parametrize("redirect", ["script", "302", "303", "meta-refresh", "form"])
def test_interstitial_comes_before_any_redirect(standin: StandIn, redirect: str) -> None:
    """With an interstitial the shopper reaches a page with a Continue button first."""
    shopper = switched(standin, redirect=redirect, interstitial="click")
    location = shopper.get("/cancel").headers["location"]
    assert location.startswith(standin.origins.page + shopper.path)
    assert ">Continue</button>" in shopper.visit(location).text
