"""Which redirect URLs a merchant may configure."""

import pytest

from standin import Merchant, StandIn
from standin.address import problem_with
from tests.standin.shopper import ORDER, post


@pytest.mark.parametrize(
    "url",
    [
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
    ],
)
def test_url_that_browsers_open_securely_is_taken(url: str) -> None:
    """Odd but valid HTTPS addresses are the merchant's own affair."""
    assert not problem_with(url, plain_http=False)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,<b>x</b>",
        "//merchant.example/",
        "/success",
        "merchant.example/success",
        "https://",
        "https:///",
        "https://?x=1",
        "https://exa mple.example/",
        "https://merchant.example:99999/",
        "ftp://merchant.example/",
        "not a url",
        "https://merchant.example/\ud800",
    ],
)
def test_url_that_browsers_do_not_open_securely_is_refused(url: str) -> None:
    """Nothing that runs a script, depends on another page or names no host is taken."""
    assert problem_with(url, plain_http=True)


def test_plain_http_is_refused_unless_allowed() -> None:
    """The switch decides about http, and about nothing else."""
    url = "http://merchant.example/"

    assert "https://" in problem_with(url, plain_http=False)
    assert not problem_with(url, plain_http=True)


@pytest.mark.parametrize(
    ("switch", "status"), [("reject", 400), ("never-redirect", 200), ("accept", 200)]
)
def test_create_treats_plain_http_as_the_behaviour_says(
    standin: StandIn, switch: str, status: int
) -> None:
    """A rejected URL fails the whole create call and is named in the message."""
    merchant = standin.new_merchant(switches={"http_url": switch})
    body = {**ORDER, "redirectUrls": {"cancel": "http://merchant.example/"}}

    answer = post(standin, merchant, body)

    assert answer.status_code == status
    assert status == 200 or "redirectUrls.cancel" in answer.json()["message"]


def test_create_refuses_a_script_as_redirect_url(standin: StandIn, merchant: Merchant) -> None:
    """A javascript: URL never gets as far as a page."""
    body = {**ORDER, "redirectUrls": {"success": "javascript:alert(document.domain)"}}

    assert post(standin, merchant, body).status_code == 400
