"""The dashboard over HTTP: login, access control, saving and content."""

import re

import pytest

from standin import Merchant, Outcome, RedirectUrls, StandIn
from tests.standin.dashboard_visitor import Visitor, settings_of
from tests.standin.shopper import ORDER, open_page

URLS = {"success": "https://a.example/ok", "failure": "https://a.example/no", "cancel": ""}


@pytest.fixture
def merchant(standin: StandIn) -> Merchant:
    """A merchant for one test."""
    return standin.new_merchant(name="Corner <Shop>")


@pytest.fixture
def visitor(standin: StandIn) -> Visitor:
    """A browser without a login."""
    return Visitor(standin)


@pytest.fixture
def inside(visitor: Visitor, merchant: Merchant) -> Visitor:
    """A browser with a login of ``merchant``."""
    visitor.sign_in(merchant)
    return visitor


def test_right_password_opens_the_dashboard(visitor: Visitor, merchant: Merchant) -> None:
    """The password opens the dashboard; the cookie is HttpOnly, Secure, strict and host-bound."""
    answer = visitor.sign_in(merchant)
    name, _, attributes = answer.headers["set-cookie"].partition("=")

    assert (answer.status_code, answer.headers["location"]) == (303, "/developer")
    assert visitor.get("/developer").status_code == 200
    assert name.startswith("__Host-")
    assert {"HttpOnly", "Secure", "SameSite=strict", "Path=/"} <= set(attributes.split("; "))


@pytest.mark.parametrize("password", ["", "wrong", "é" * 12])
def test_wrong_password_opens_nothing(visitor: Visitor, merchant: Merchant, password: str) -> None:
    """A wrong password shows an error and does not sign in."""
    assert visitor.sign_in(merchant, password).status_code == 401
    assert visitor.get(settings_of(merchant)).headers["location"] == "/login"


def test_email_is_read_without_regard_to_case(visitor: Visitor, merchant: Merchant) -> None:
    """An email address in capitals opens the same account."""
    form = {"email": f" {merchant.email.upper()} ", "password": merchant.password}
    assert visitor.post("/login", form).status_code == 303


def test_sign_out_ends_the_session_itself(inside: Visitor, merchant: Merchant) -> None:
    """After signing out a copy of the cookie does not work either."""
    copied = dict(inside.web.cookies)
    inside.post("/logout", {})
    inside.web.cookies.update(copied)
    assert inside.get(settings_of(merchant)).headers["location"] == "/login"


@pytest.mark.parametrize(("seconds", "status"), [(29 * 60, 200), (31 * 60, 303)])
def test_idle_session_ends(seconds: int, status: int) -> None:
    """A login ends after half an hour without a request."""
    with StandIn() as own:
        visitor = Visitor(own)
        visitor.sign_in(own.merchant)
        own.clock.advance(seconds)
        assert visitor.get("/developer").status_code == status


@pytest.mark.parametrize(("headers", "status"), [
    ({"Origin": "https://evil.example"}, 403), ({"Content-Type": "application/json"}, 415),
])  # fmt: skip
def test_form_of_another_site_or_kind_changes_nothing(
    inside: Visitor, merchant: Merchant, headers: dict[str, str], status: int
) -> None:
    """A form from another origin, and a body that is no form, are refused."""
    assert inside.post(settings_of(merchant), URLS, **headers).status_code == status
    assert merchant.urls == RedirectUrls()


def test_urls_are_saved(inside: Visitor, merchant: Merchant) -> None:
    """Saved URLs apply to the merchant; an empty field is no URL."""
    assert inside.post(settings_of(merchant), URLS).status_code == 303
    assert merchant.urls == RedirectUrls(URLS["success"], URLS["failure"], None)


@pytest.mark.parametrize("outcome", Outcome)
@pytest.mark.parametrize("url", [
    "http://a.example/", "javascript:alert(1)", "//a.example/", "a.example", "https://",
])  # fmt: skip
def test_url_must_be_https(inside: Visitor, merchant: Merchant, outcome: Outcome, url: str) -> None:
    """A URL that the API refuses shows an error at its field, and nothing is saved."""
    answer = inside.post(settings_of(merchant), {**URLS, outcome.value: url})
    assert answer.status_code == 422
    assert answer.text.count('aria-invalid="true"') == 1
    assert f"The {outcome} URL must" in answer.text or "is not a valid URL" in answer.text
    assert merchant.urls == RedirectUrls()


def test_plain_url_is_taken_where_the_api_takes_it(standin: StandIn, visitor: Visitor) -> None:
    """The switch for http:// applies to the dashboard as well."""
    merchant = standin.new_merchant(switches={"http_url": "accept"})
    visitor.sign_in(merchant)
    visitor.post(settings_of(merchant), {"success": "http://a.example/"})
    assert merchant.urls.success == "http://a.example/"


def test_settings_of_another_account_are_out_of_reach(standin: StandIn, inside: Visitor) -> None:
    """Another account's settings are answered like a missing page, and a form changes nothing."""
    other = standin.new_merchant(name="Secret Store")
    pages = [inside.get(path) for path in (settings_of(other), "/m/NEVERTHERE123")]
    texts = {re.sub(r'nonce="[^"]+"', "", page.text) for page in pages}

    assert [page.status_code for page in pages] == [404, 404]
    assert len(texts) == 1
    assert inside.post(settings_of(other), URLS).status_code == 404
    assert other.urls == RedirectUrls()


def test_merchants_of_one_account_are_all_listed(standin: StandIn, visitor: Visitor) -> None:
    """A login that two merchants share lists both, and no third, while the Sandbox is on."""
    first, second, third = (standin.new_merchant(name=name) for name in ("A", "B", "C"))
    second.email, second.password = first.email, first.password
    visitor.sign_in(first)

    assert visitor.get("/developer/test-merchants").headers["location"] == "/developer"
    visitor.post("/developer/sandbox", {"sandbox": "on"})
    listed = visitor.get("/developer/test-merchants").text
    assert [each.id in listed for each in (first, second, third)] == [True, True, False]


def test_everything_typed_is_escaped(inside: Visitor, merchant: Merchant) -> None:
    """Markup in URLs and names is escaped, and the policy forbids scripts and frames."""
    url = 'https://a.example/"><script>alert(1)</script>'
    inside.post(settings_of(merchant), {"success": url})
    page = inside.get(settings_of(merchant))
    policy = page.headers["content-security-policy"].split("; ")

    assert "<script" not in page.text
    assert "<Shop>" not in page.text
    assert merchant.urls.success == url
    assert {"default-src 'none'", "frame-ancestors 'none'", "form-action 'self'"} <= {*policy}


def test_recaptcha_can_be_switched_off(inside: Visitor, merchant: Merchant) -> None:
    """The reCAPTCHA switch changes nothing else."""
    inside.post(f"{settings_of(merchant)}/recaptcha", {"recaptcha": "off"})
    assert merchant.recaptcha is False
    assert merchant.urls == RedirectUrls()


def test_sessions_have_their_outcome(standin: StandIn, inside: Visitor, merchant: Merchant) -> None:
    """The list shows the outcome of each checkout and the URL of its redirect."""
    urls = {"cancel": "https://a.example/left?x=<b>"}
    shopper = open_page(standin, merchant, {**ORDER, "redirectUrls": urls})
    shopper.get("/cancel")

    page = inside.get(f"/m/{merchant.id}/checkouts").text

    for text in (shopper.session_id, ">Cancel<", "https://a.example/left?x=&lt;b&gt;", "$5.00"):
        assert text in page
