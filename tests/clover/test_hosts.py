"""Allowed hosts."""

import pytest

from clover.hosts import AddressProblem, api_base, is_loopback, is_production, read_address


@pytest.mark.parametrize("url", [
    "https://api.clover.com", "https://www.clover.com", "https://api.eu.clover.com",
    "https://api.la.clover.com", "https://clover.com", "https://checkout.clover.com",
    "https://scl.clover.com", "https://API.Clover.COM", "https://api.clover.com.",
    "https://api.clover.com:443", "https://api.clover.com:8443/v1",
    "https://sandbox@api.clover.com", "https://apisandbox.dev.clover.com@api.clover.com",
    "https://apisandbox.dev.clover.com:x@www.clover.com",
    r"https://api.clover.com\@apisandbox.dev.clover.com", r"https:\\api.clover.com",
    "https:/api.clover.com", " https://api.clover.com", "https://api.clo\tver.com",
    "https://api%2Eclover%2Ecom", "https://api。clover。com", "https://ａｐｉ.clover.com",
    "https://api.clo\u00adver.com", "http://api.clover.com", "https://dev.clover.com.clover.com",
    "https://xdev.clover.com",
])  # fmt: skip
def test_production_is_refused_in_every_spelling(url: str) -> None:
    """No spelling hides a production host."""
    with pytest.raises(AddressProblem, match="production"):
        read_address(url, name="CLOVER_API_URL")


@pytest.mark.parametrize("host", [
    "apisandbox.dev.clover.com", "dev.clover.com", "clover.com.example", "notclover.com",
    "xn--clver-mqa.com",
])  # fmt: skip
def test_other_hosts_are_not_production(host: str) -> None:
    """The sandbox, and names that only resemble Clover's, are not production."""
    assert not is_production(host)


LOOPBACK = (
    "localhost", "localhost.", "LOCALHOST", "a.b.localhost", "a.localhost.", "127.9.9.9",
    "127.0.0.1.", "[::1]",
)  # fmt: skip
ELSEWHERE = (
    "", "0.0.0.0", "128.0.0.1", "10.0.0.1", "[::2]", "localhost.example", "apilocalhost",
    "apisandbox.dev.clover.com",
)  # fmt: skip


@pytest.mark.parametrize("host", [*LOOPBACK, *ELSEWHERE])
def test_loopback_is_this_machine_alone(host: str) -> None:
    """Localhost, names below it and the addresses of RFC 1122 and 4291 are this machine."""
    assert is_loopback(host) is (host in LOOPBACK)


@pytest.mark.parametrize(("url", "words"), [
    ("", "not a URL"),
    ("apisandbox.dev.clover.com", "beginning with https://"),
    ("https://", "not a URL"),
    ("https://a b/", "not a URL"),
    ("ftp://apisandbox.dev.clover.com", "not a web address"),
    ("javascript:alert(1)", "not a web address"),
    ("http://apisandbox.dev.clover.com", "plain HTTP"),
    ("http://localhost.example", "plain HTTP"),
    ("https://me:secret@sandbox.dev.clover.com", "user name or password"),
    ("https://sandbox.example/invoicingcheckoutservice/v1/checkouts", "leave out the query"),
    ("https://sandbox.example/?a=1", "leave out"),
    ("https://sandbox.example/#a", "leave out"),
])  # fmt: skip
def test_unusable_address_is_one_sentence(url: str, words: str) -> None:
    """An unusable address is refused under its own name, without its password."""
    with pytest.raises(AddressProblem, match=words) as caught:
        api_base(url)
    assert "CLOVER_API_URL" in str(caught.value)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(("text", "base"), [
    ("https://apisandbox.dev.clover.com", "https://apisandbox.dev.clover.com"),
    ("https://APIsandbox.dev.clover.com:443/", "https://apisandbox.dev.clover.com"),
    ("http://localhost:8080/clover/", "http://localhost:8080/clover"),
    ("http://LOCALHOST.:8080", "http://localhost.:8080"),
    ("http://2130706433", "http://127.0.0.1"),
    ("http://127.1", "http://127.0.0.1"),
    ("http://[::1]:8080", "http://[::1]:8080"),
])  # fmt: skip
def test_api_base_has_a_normal_form(text: str, base: str) -> None:
    """The base has no default port, upper case or last slash; loopback needs no TLS."""
    assert api_base(text) == base
