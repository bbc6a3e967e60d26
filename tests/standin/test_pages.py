"""Content and security headers of the hosted pages."""

import pytest

from standin import StandIn
from standin.server import SKINS
from tests.standin.shopper import ORDER, HostedPage, line, open_page

TAX = {"name": "VAT", "rate": 625000}
NASTY = "</script><script>alert(1)</script>'\"&{{7*7}}"


@pytest.mark.parametrize("skin", SKINS)
def test_page_escapes_every_value(standin: StandIn, skin: str) -> None:
    """Markup in names, notes, taxes and customers is escaped."""
    body = {
        **line(name=NASTY, note=NASTY, taxRates=[{"name": NASTY, "rate": 1}]),
        "customer": {"firstName": NASTY, "lastName": NASTY, "email": "a'b&c@example.com"},
    }
    shopper = open_page(standin, standin.new_merchant(name=NASTY, skin=skin), body)

    page = shopper.get().text

    assert "alert(1)" in page
    assert "<script>alert" not in page
    assert "{{7*7}}" in page


def test_page_survives_half_a_surrogate_pair(standin: StandIn) -> None:
    """A lone surrogate from JSON becomes a question mark."""
    page = open_page(standin, standin.new_merchant(), line(name="x\ud800y")).get()
    assert (page.status_code, "x?y" in page.text) == (200, True)


@pytest.mark.parametrize("skin", SKINS)
def test_page_shows_order_customer_and_total(standin: StandIn, skin: str) -> None:
    """The page shows each line and tax, the totals and the customer."""
    items = [
        {"name": "Apple", "price": 100, "unitQty": 1},
        {"name": "Orange", "price": 75, "unitQty": 2, "note": "ripe", "taxRates": [TAX]},
    ]
    body = {**ORDER, "shoppingCart": {"lineItems": items}}

    page = open_page(standin, standin.new_merchant(skin=skin), body).get().text

    order = ("Apple", "Orange × 2", "ripe", "$1.50", "Subtotal", "$2.50", "VAT", "6.25%", "$0.09")
    for text in (*order, "Pay $2.59", "Alex", "Doe", "By paying, you agree to Clover"):
        assert text in page


@pytest.mark.parametrize("skin", SKINS)
def test_page_has_headers_of_a_payment_page(standin: StandIn, skin: str) -> None:
    """The page cannot be framed, runs only its own scripts and hides its address."""
    headers = open_page(standin, standin.new_merchant(skin=skin)).get().headers

    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert f"frame-src https://fields.localhost:{standin.port}" in policy
    assert "unsafe" not in policy
    assert headers["referrer-policy"] == "strict-origin"
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert "set-cookie" not in headers


@pytest.mark.parametrize(
    ("kind", "text"),
    [("number", "Card Number"), ("expiry", "MM/YY"), ("cvv", "CVV"), ("zip", "Zip")],
)
@pytest.mark.parametrize("skin", SKINS)
def test_field_shows_the_known_wording(standin: StandIn, skin: str, kind: str, text: str) -> None:
    """In every skin the fields have the measured wording."""
    shopper = open_page(standin, standin.new_merchant(skin=skin))

    frame = shopper.ask("GET", f"/card/{shopper.session_id}/{kind}", host="fields")

    body = frame.text.split("<body>")[1].split("<script")[0]
    assert f'placeholder="{text}"' in body or f">{text}</label>" in body
    assert f"frame-ancestors {standin.origins.page}" in frame.headers["content-security-policy"]


@pytest.mark.parametrize(("switches", "there", "not_there"), [
    ({"cancel": "none"}, "Pay $5.00", '/cancel">'),
    ({"cancel": "link"}, '/cancel">', "captcha-challenge"),
    ({"captcha": "blocking"}, "captcha-challenge", "wallet-button"),
    ({"wallets": True}, "wallet-button", "Add a Tip"),
    ({"tips": True}, "Add a Tip", "captcha-challenge"),
])  # fmt: skip
def test_page_has_the_parts_of_the_behaviour(
    standin: StandIn, switches: dict[str, object], there: str, not_there: str
) -> None:
    """Each optional part appears only under its switch."""
    page = open_page(standin, standin.new_merchant(switches=switches)).get().text
    assert there in page
    assert not_there not in page


def test_captcha_does_not_block_where_the_merchant_switched_it_off(standin: StandIn) -> None:
    """The dashboard's reCAPTCHA switch outranks the behaviour."""
    merchant = standin.new_merchant(switches={"captcha": "blocking"})
    merchant.recaptcha = False
    assert "captcha-challenge" not in open_page(standin, merchant).get().text


@pytest.mark.parametrize("host", ["checkout", "fields", "nowhere"])
@pytest.mark.parametrize("path", ["/", "/pay-checkout/17", "/card/17/number", "/decoy/x", "/a/b/c"])
def test_unknown_address_is_not_found(standin: StandIn, host: str, path: str) -> None:
    """An address that was never issued is answered with 404."""
    shopper = HostedPage(standin, standin.origins.page + "/pay-checkout/17")
    assert shopper.ask("GET", path, host=host).status_code == 404


def test_session_is_found_only_under_its_own_path(standin: StandIn) -> None:
    """A session is not found under another path."""
    shopper = open_page(standin, standin.new_merchant())
    assert shopper.ask("GET", f"/checkout/{shopper.session_id}", host="checkout").status_code == 404


def test_redirect_of_another_session_is_not_found(standin: StandIn) -> None:
    """The address of a redirect works for its own session only."""
    merchant = standin.new_merchant(switches={"redirect": "302"})
    mine, other = open_page(standin, merchant), open_page(standin, merchant)
    delivery = mine.pay().json()["moves"][0]["url"].removeprefix(standin.origins.page + mine.path)

    assert mine.get(delivery).status_code == 302
    assert other.get(delivery).status_code == 404
