"""Ownership of hosts: the merchant's, the provider's and foreign ones."""

import pytest

from clover.host_ownership import HostOwnership, site

REAL = HostOwnership(
    "https://sandbox.dev.clover.com/pay-checkout/x", frozenset({"shop.test", ".example"})
)
LOCAL = HostOwnership("https://checkout.localhost:8443/pay-checkout/x", frozenset({".example"}))
PLAIN = HostOwnership("http://localhost:8000/pay-checkout/x", frozenset({"localhost"}))
DOTTED = HostOwnership("https://checkout.localhost.:8443/pay-checkout/x", frozenset())
BY_NUMBER = HostOwnership("https://10.0.0.1/pay-checkout/x", frozenset())


@pytest.mark.parametrize(
    ("ownership", "url", "owner"),
    [
        (REAL, "https://shop.test/a", "merchant"),
        (REAL, "http://shop.test:8080/a", "merchant"),
        (REAL, "HTTPS://SHOP.TEST/a", "merchant"),
        (REAL, "https://www.shop.test/a", "foreign"),
        (REAL, "https://shop.test.evil.org/", "foreign"),
        (REAL, "https://evilshop.test/", "foreign"),
        (REAL, "https://any.name.example/", "merchant"),
        (REAL, "https://example/", "foreign"),
        (REAL, "https://clover.com.evil.example/", "merchant"),
        (REAL, "https://sandbox.dev.clover.com/x", "provider"),
        (REAL, "https://www.clover.com/x", "provider"),
        (REAL, "https://clover.com./x", "provider"),
        (REAL, "http://clover.com/x", "provider"),
        (REAL, "https://evilclover.com/", "foreign"),
        (REAL, "https://clover.com.evil.org/", "foreign"),
        (REAL, "https://clover.co/", "foreign"),
        (REAL, "https://com/", "foreign"),
        (REAL, "https://localhost/", "foreign"),
        (REAL, "https://evil.org/?u=https://shop.test/", "foreign"),
        (REAL, "https://shop.test@evil.org/", "foreign"),
        (LOCAL, "https://localhost:1/x", "provider"),
        (LOCAL, "https://fields.localhost:8443/x", "provider"),
        (LOCAL, "https://localhost./x", "provider"),
        (DOTTED, "https://127.0.0.1/x", "provider"),
        (LOCAL, "https://127.0.0.1/x", "provider"),
        (LOCAL, "https://[::1]:8443/x", "provider"),
        (LOCAL, "https://localhost.:8443/x", "provider"),
        (LOCAL, "https://127.1/x", "provider"),
        (LOCAL, "https://localhost.evil.org/x", "foreign"),
        (LOCAL, "https://notlocalhost/x", "foreign"),
        (LOCAL, "https://10.0.0.1/x", "foreign"),
        (PLAIN, "http://localhost:8000/next", "provider"),
        (PLAIN, "http://localhost:3000/success", "merchant"),
        (PLAIN, "https://localhost:8000/success", "merchant"),
        (BY_NUMBER, "https://10.0.0.1:8443/x", "provider"),
        (BY_NUMBER, "https://10.9.0.1/x", "foreign"),
        (BY_NUMBER, "https://[::1]/x", "foreign"),
        *((REAL, url, "none") for url in (
            "about:blank", "chrome-error://chromewebdata/", "data:text/html,x", "javascript:0",
            "ftp://shop.test/", "blob:https://shop.test/x", "", "https://",
        )),
    ],
)  # fmt: skip
def test_host_has_one_owner(ownership: HostOwnership, url: str, owner: str) -> None:
    """The whole host name decides, not a part of it or of the URL."""
    owners = {
        "merchant": ownership.is_merchant(url),
        "foreign": ownership.is_foreign(url),
        "provider": ownership.is_provider(url) and not ownership.is_merchant(url),
    }

    assert [name for name, is_so in owners.items() if is_so] == ([] if owner == "none" else [owner])
    assert ownership.is_web(url) is (owner != "none")


@pytest.mark.parametrize(
    ("ownership", "url", "plain"),
    [
        (PLAIN, "http://localhost:8000/a", True),
        (PLAIN, "http://127.0.0.1:9000/a", True),
        (PLAIN, "http://merchant.example/a", False),
        (PLAIN, "about:blank", False),
        (PLAIN, "http://localhost.:9000/a", True),
        (LOCAL, "http://localhost:8443/a", False),
        (HostOwnership("http://sandbox.dev.clover.com/", frozenset()), "http://localhost/", False),
    ],
)
def test_plain_http_is_allowed_inside_plain_loopback_targets(
    ownership: HostOwnership, url: str, plain: bool
) -> None:
    """Plain HTTP is allowed on loopback if the checkout page uses it on loopback."""
    assert ownership.allows_plain_http(url) is plain


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("clover.com", "clover.com"),
        ("a.b.clover.com", "clover.com"),
        ("a.clover.com.", "clover.com"),
        ("intranet", "intranet"),
        ("10.0.0.1", "10.0.0.1"),
        ("[::1]", "[::1]"),
    ],
)
def test_site_is_the_last_two_labels(host: str, expected: str) -> None:
    """Sub-domains belong to one site; an IP address is a site."""
    assert site(host) == expected


def test_host_with_a_port_leaves_out_other_ports() -> None:
    """A shop on loopback owns its port alone, because the provider may be on another."""
    ownership = HostOwnership("https://localhost:4000/", frozenset({"localhost:5000"}))

    assert ownership.is_merchant("https://localhost:5000/thanks")
    assert not ownership.is_merchant("https://localhost:5001/thanks")
