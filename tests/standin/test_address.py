"""Rules for redirect URLs."""

import pytest

from standin import StandIn
from standin.address import problem_with
from tests.standin.shopper import ORDER, post


@pytest.mark.parametrize("url", [
    "https://merchant.example",
    "https://merchant.example/s?a=%20+b&c&=d#/route?x={CHECKOUT_SESSION_ID}",
    "https://merchant.example:8443/",
    "HTTPS://MERCHANT.EXAMPLE/",
    "https://user:word@merchant.example/",
    "https://bücher.example/straße?ü=ß",
    "https://xn--bcher-kva.example/",
    "https://127.0.0.1:8000/",
    "https://[::1]/",
    r"https://merchant.example\@evil.example/",
    "https://merchant.example/a b\tc",
    "https://merchant.example/" + "x" * 7975,
])  # fmt: skip
def test_url_that_browsers_open_securely_is_accepted(url: str) -> None:
    """Unusual but valid HTTPS addresses are accepted."""
    assert not problem_with(url, plain_http=False)


@pytest.mark.parametrize("url", [
    "javascript:alert(1)", "data:text/html,<b>x</b>", "//merchant.example/", "/success",
    "merchant.example/success", "https://", "https:///", "https://?x=1",
    "https://exa mple.example/", "https://merchant.example:99999/", "ftp://merchant.example/",
    "not a url", "https://merchant.example/\ud800",
])  # fmt: skip
def test_url_that_browsers_do_not_open_securely_is_refused(url: str) -> None:
    """URLs that run scripts, depend on another page or have no host are refused."""
    assert problem_with(url, plain_http=True)


def test_plain_http_is_refused_unless_allowed() -> None:
    """Plain http is accepted only if it is allowed."""
    url = "http://merchant.example/"
    assert "https://" in problem_with(url, plain_http=False)
    assert not problem_with(url, plain_http=True)


@pytest.mark.parametrize(
    ("switch", "status"), [("reject", 400), ("never-redirect", 200), ("accept", 200)]
)
def test_plain_http_follows_the_behaviour(standin: StandIn, switch: str, status: int) -> None:
    """A rejected URL fails the create call, and the message names it."""
    merchant = standin.new_merchant(switches={"http_url": switch})
    urls = {"cancel": "http://merchant.example/"}
    answer = post(standin, merchant, {**ORDER, "redirectUrls": urls})
    assert answer.status_code == status
    assert status == 200 or "redirectUrls.cancel" in answer.json()["message"]
