"""URLs as a browser parses them."""

import pytest

from clover import address
from clover.address import Address, NotAUrl, parse, parse_or_none, without_fragment
from tests.clover.readings import READINGS, REFUSED


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    """Empty the cache of parsed URLs before each test."""
    address._parse_cached.cache_clear()


def href(parsed: Address) -> str:
    """Return the address as ``location.href`` shows it, without a lone hash."""
    user = f"{parsed.user}@" if parsed.user else ""
    return str(parsed).replace("://", f"://{user}", 1)


@pytest.mark.parametrize(("text", "expected"), READINGS)
def test_url_is_parsed_as_by_a_browser(text: str, expected: str) -> None:
    """Backslashes, tabs, wide letters and dot segments are parsed as in a browser."""
    assert href(parse(text)) == expected.removesuffix("#")


@pytest.mark.parametrize("text", REFUSED)
def test_text_that_a_browser_refuses_is_refused(text: str) -> None:
    """A text without a host or refused by browsers raises an error that quotes it."""
    with pytest.raises(NotAUrl) as refusal:
        parse(text)
    assert repr(text) in str(refusal.value)


def test_refusals_say_why() -> None:
    """An invalid URL and a URL without a host have different messages."""
    with pytest.raises(NotAUrl, match=r"^no browser reads 'https://\[' as a URL$"):
        parse("https://[")
    with pytest.raises(NotAUrl, match=r"^'data:,x' names no host$"):
        parse("data:,x")


def test_address_has_the_parts_of_the_url() -> None:
    """Every part is encoded as written and has no delimiter."""
    parsed = parse("https://me:pw@Merchant.example:8443/a%2Fb/?x=1&y=%20&#top%20")
    parts = ("https", "merchant.example", "8443", "/a%2Fb/", "x=1&y=%20&", "top%20", "me:pw")
    assert parsed == Address(*parts, has_query=True)
    assert (parsed.scheme, parsed.host, parsed.user) == ("https", "merchant.example", "me:pw")
    assert parsed.pieces == ("x=1", "y=%20", "")


@pytest.mark.parametrize(("url", "port", "origin"), [
    ("https://m.example/", "443", "https://m.example"),
    ("https://m.example:80/", "80", "https://m.example:80"),
    ("http://m.example/", "80", "http://m.example"),
    ("http://m.example:443/", "443", "http://m.example:443"),
    ("ftp://m.example/", "", "ftp://m.example"),
    ("custom://m.example/", "", "custom://m.example"),
])  # fmt: skip
def test_default_port_is_left_out_of_the_origin(url: str, port: str, origin: str) -> None:
    """The port is always set; the origin shows it only if it is not the default."""
    assert (parse(url).port, parse(url).origin) == (port, origin)


@pytest.mark.parametrize(("url", "has_query", "pieces"), [
    ("https://m.example/a", False, ()), ("https://m.example/a#?", False, ()),
    ("https://m.example/a?", True, ("",)), ("https://m.example/a?#top", True, ("",)),
    ("https://m.example/a?&", True, ("", "")),
])  # fmt: skip
def test_lone_question_mark_is_a_query(url: str, has_query: bool, pieces: tuple[str, ...]) -> None:
    """An empty query counts as a query; a question mark in the fragment does not."""
    parsed = parse(url)
    assert (parsed.has_query, parsed.pieces) == (has_query, pieces)
    assert str(parsed) == url


def test_server_receives_neither_fragment_nor_user() -> None:
    """A server receives neither fragment nor user name; an invalid URL is left as it is."""
    assert parse("https://me@m.example/a?b#c").without_fragment == "https://m.example/a?b"
    assert without_fragment("https://M.example:443/a?b#c") == "https://m.example/a?b"
    assert without_fragment("about:blank") == "about:blank"
    assert parse_or_none("about:blank") is None
    assert parse_or_none("https://m.example") == parse("https://m.example/")
