"""Ownership of hosts: the merchant's, the provider's and foreign ones."""

import pytest

from clover.host_ownership import HostOwnership, site

REAL = HostOwnership(
    "https://sandbox.dev.clover.com/pay-checkout/x", frozenset({"shop.test", ".example"})
)
LOCAL = HostOwnership(
    "https://checkout.localhost:8443/pay-checkout/x", frozenset({".example"}), frozenset({"9000"})
)
PLAIN = HostOwnership("http://localhost:8000/pay-checkout/x", frozenset({"localhost"}))
DOTTED = HostOwnership("https://checkout.localhost.:8443/pay-checkout/x", frozenset())
BY_NUMBER = HostOwnership("https://10.0.0.1/pay-checkout/x", frozenset())


OWNERS = {
    (REAL, "merchant"): (
        "https://shop.test/a", "http://shop.test:8080/a", "HTTPS://SHOP.TEST/a",
        "https://any.name.example/", "https://clover.com.evil.example/",
    ),
    (REAL, "foreign"): (
        "https://www.shop.test/a", "https://shop.test.evil.org/", "https://evilshop.test/",
        "https://example/", "https://evilclover.com/", "https://clover.com.evil.org/",
        "https://clover.co/", "https://com/", "https://localhost/",
        "https://evil.org/?u=https://shop.test/", "https://shop.test@evil.org/",
    ),
    (REAL, "provider"): (
        "https://sandbox.dev.clover.com/x", "https://www.clover.com/x", "https://clover.com./x",
        "http://clover.com/x",
    ),
    (REAL, "none"): (
        "about:blank", "chrome-error://chromewebdata/", "data:text/html,x", "javascript:0",
        "ftp://shop.test/", "blob:https://shop.test/x", "", "https://",
    ),
    (LOCAL, "provider"): (
        "https://fields.localhost:8443/x", "https://[::1]:8443/x", "https://localhost.:8443/x",
        "https://127.1:8443/x", "http://127.0.0.1:9000/x",
    ),
    (LOCAL, "foreign"): (
        "https://localhost/x", "https://localhost:1/x", "https://checkout.localhost:8444/x",
        "https://localhost.evil.org/x", "https://notlocalhost/x", "https://10.0.0.1/x",
    ),
    (DOTTED, "provider"): ("https://127.0.0.1:8443/x",),
    (PLAIN, "provider"): ("http://localhost:8000/next",),
    (PLAIN, "merchant"): ("http://localhost:3000/success", "https://localhost:8000/success"),
    (BY_NUMBER, "provider"): ("https://10.0.0.1:8443/x",),
    (BY_NUMBER, "foreign"): ("https://10.9.0.1/x", "https://[::1]/x"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("ownership", "url", "owner"),
    [(ownership, url, owner) for (ownership, owner), urls in OWNERS.items() for url in urls],
)
def test_host_has_one_owner(ownership: HostOwnership, url: str, owner: str) -> None:
    """The whole host name decides, on loopback the port too, not a part of the name or the URL."""
    assert ownership.is_merchant(url) is (owner == "merchant")
    assert ownership.is_foreign(url) is (owner == "foreign")
    assert (ownership.is_provider(url) and owner != "merchant") is (owner == "provider")
    assert ownership.is_web(url) is (owner != "none")


@pytest.mark.parametrize(("ownership", "url", "plain"), [
    (PLAIN, "http://localhost:8000/a", True),
    (PLAIN, "http://127.0.0.1:9000/a", True),
    (PLAIN, "http://merchant.example/a", False),
    (PLAIN, "about:blank", False),
    (PLAIN, "http://localhost.:9000/a", True),
    (LOCAL, "http://localhost:8443/a", False),
    (HostOwnership("http://sandbox.dev.clover.com/", frozenset()), "http://localhost/", False),
])  # fmt: skip
def test_plain_http_needs_loopback(ownership: HostOwnership, url: str, plain: bool) -> None:
    """Plain HTTP is allowed on loopback if the checkout page uses it on loopback."""
    assert ownership.allows_plain_http(url) is plain


@pytest.mark.parametrize(("host", "expected"), [
    ("clover.com", "clover.com"), ("a.b.clover.com", "clover.com"),
    ("a.clover.com.", "clover.com"), ("intranet", "intranet"),
    ("10.0.0.1", "10.0.0.1"), ("[::1]", "[::1]"),
])  # fmt: skip
def test_site_is_the_last_two_labels(host: str, expected: str) -> None:
    """Sub-domains belong to one site; an IP address is a site."""
    assert site(host) == expected


def test_host_with_a_port_leaves_out_other_ports() -> None:
    """A shop on loopback owns its port alone, because the provider may be on another."""
    ownership = HostOwnership("https://localhost:4000/", frozenset({"localhost:5000"}))

    assert ownership.is_merchant("https://localhost:5000/thanks")
    assert not ownership.is_merchant("https://localhost:5001/thanks")
