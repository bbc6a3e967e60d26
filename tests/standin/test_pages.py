"""Content and security headers of the hosted pages."""

import pytest

from standin import StandIn
from standin.server import SKINS
from tests.standin.shopper import ORDER, line, open_new_page, open_page, switched

TAX = {"name": "VAT", "rate": 625000}
TEST_PAGE = 'class="test-page">Test page, no real payment</p>'
NASTY = "</script><script>alert(1)</script>'\"&{{7*7}}"


@pytest.mark.parametrize("skin", SKINS)
def test_page_escapes_every_value(standin: StandIn, skin: str) -> None:
    """Markup in names, notes, taxes and customers is escaped."""
    order = line(name=NASTY, note=NASTY, taxRates=[{"name": NASTY, "rate": 1}])
    customer = {"firstName": NASTY, "lastName": NASTY, "email": "a'b&c@example.com"}
    body = {**order, "customer": customer}

    page = open_new_page(standin, body, name=NASTY, skin=skin).get().text

    assert "alert(1)" in page
    assert "<script>alert" not in page
    assert "{{7*7}}" in page


def test_page_survives_half_a_surrogate_pair(standin: StandIn) -> None:
    """A lone surrogate from JSON becomes a question mark."""
    page = open_new_page(standin, line(name="x\ud800y")).get()
    assert (page.status_code, "x?y" in page.text) == (200, True)


@pytest.mark.parametrize("skin", SKINS)
def test_page_shows_order_customer_and_total(standin: StandIn, skin: str) -> None:
    """The page shows each line and tax, the totals and the customer."""
    items = [
        {"name": "Apple", "price": 100, "unitQty": 1},
        {"name": "Orange", "price": 75, "unitQty": 2, "note": "ripe", "taxRates": [TAX]},
    ]
    page = open_new_page(standin, {**ORDER, "shoppingCart": {"lineItems": items}}, skin=skin).get()

    order = ("Apple", "Orange × 2", "ripe", "$1.50", "Subtotal", "$2.50", "VAT", "6.25%", "$0.09")
    for text in (*order, "Pay $2.59", "Alex", "Doe", "By paying, you agree to Clover"):
        assert text in page.text


@pytest.mark.parametrize("skin", SKINS)
def test_every_page_says_that_no_payment_is_real(standin: StandIn, skin: str) -> None:
    """The payment form, the receipt and the dashboard begin with the same line."""
    shopper = open_new_page(standin, {**ORDER, "redirectUrls": {}}, skin=skin)
    form = shopper.get()
    shopper.pay()
    receipt, dashboard = shopper.get(), shopper.ask("GET", "/login", host="dashboard")

    assert "Payment Received" in receipt.text
    for page in (form, receipt, dashboard):
        assert page.text.split("<body>")[1].lstrip().startswith(f"<p {TEST_PAGE}")


@pytest.mark.parametrize("skin", SKINS)
def test_page_has_headers_of_a_payment_page(standin: StandIn, skin: str) -> None:
    """The page cannot be framed, runs only its own scripts and hides its address."""
    headers = open_new_page(standin, skin=skin).get().headers
    policy = headers["content-security-policy"]
    frames = f"frame-src https://fields.localhost:{standin.port}"

    for part in ("default-src 'none'", "frame-ancestors 'none'", frames):
        assert part in policy
    assert "unsafe" not in policy
    assert headers["referrer-policy"] == "strict-origin"
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert "set-cookie" not in headers


@pytest.mark.parametrize(
    ("kind", "text"),
    [("number", "Card Number"), ("expiry", "MM/YY"), ("cvv", "CVV"), ("zip", "Zip")],
)
@pytest.mark.parametrize("skin", sorted({*SKINS} - {"plain"}))
def test_field_shows_the_known_wording(standin: StandIn, skin: str, kind: str, text: str) -> None:
    """In every skin with frames the fields have the measured wording."""
    shopper = open_new_page(standin, skin=skin)
    frame = shopper.ask("GET", f"/card/{shopper.session_id}/{kind}", host="fields")
    body = frame.text.split("<body>")[1].split("<script")[0]
    assert f'placeholder="{text}"' in body or f">{text}</label>" in body
    assert f"frame-ancestors {standin.origins.page}" in frame.headers["content-security-policy"]


def test_page_without_frames_has_its_own_fields(standin: StandIn) -> None:
    """The plain skin labels its fields with the same words, and alone may send their values."""
    shopper = open_new_page(standin, skin="plain")
    path, other, value = f"{shopper.path}/card/cvv", standin.origins.fields, {"value": "123"}

    page = shopper.get().text
    assert "<iframe" not in page
    for text in ("Card Number", "MM/YY", "CVV", "Zip"):
        assert f">{text}</label>" in page
    assert "token" in shopper.ask("POST", path, json=value).json()
    assert shopper.ask("POST", path, origin=other, json=value).status_code == 404


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
    page = switched(standin, **switches).get().text
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
    """An address that was never issued, and a session's under another path, are not found."""
    shopper = open_new_page(standin)
    assert shopper.ask("GET", path, host=host).status_code == 404
    assert shopper.ask("GET", f"/checkout/{shopper.session_id}", host=host).status_code == 404


def test_redirect_of_another_session_is_not_found(standin: StandIn) -> None:
    """The address of a redirect works for its own session only."""
    merchant = standin.new_merchant(switches={"redirect": "302"})
    mine, other = open_page(standin, merchant), open_page(standin, merchant)
    delivery = mine.pay().json()["moves"][0]["url"].removeprefix(standin.origins.page + mine.path)
    assert mine.get(delivery).status_code == 302
    assert other.get(delivery).status_code == 404
