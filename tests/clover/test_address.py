"""URLs are read as a browser reads them."""

import pytest

from clover import address
from clover.address import Address, NotAUrl, parse, parse_or_none, without_fragment
from tests.clover.readings import READINGS


@pytest.fixture(autouse=True)
def nothing_read_yet() -> None:
    """Each test reads afresh what tests before it may have read."""
    address._parse_cached.cache_clear()


def href(parsed: Address) -> str:
    """The address as ``location.href`` shows it, but for a lone hash."""
    user = f"{parsed.user}@" if parsed.user else ""
    return str(parsed).replace("://", f"://{user}", 1)


@pytest.mark.parametrize(("text", "expected"), [pair for pair in READINGS if pair[1]])
def test_text_is_read_as_a_browser_reads_it(text: str, expected: str) -> None:
    """Backslashes, tabs, wide letters, dot segments: the browser's reading is the one."""
    assert href(parse(text)) == expected.removesuffix("#")


@pytest.mark.parametrize("text", [text for text, expected in READINGS if expected is None])
def test_text_that_a_browser_refuses_is_no_address(text: str) -> None:
    """What no browser opens as a page of some host is refused, in words that quote it."""
    with pytest.raises(NotAUrl) as refusal:
        parse(text)

    assert repr(text) in str(refusal.value)


def test_refusals_say_why() -> None:
    """A text that is no URL is told apart from a URL without a host."""
    with pytest.raises(NotAUrl, match=r"^no browser reads 'https://\[' as a URL$"):
        parse("https://[")
    with pytest.raises(NotAUrl, match=r"^'data:,x' names no host$"):
        parse("data:,x")


def test_address_is_cut_into_its_parts() -> None:
    """Every part is there, encoded as written, without its mark."""
    parsed = parse("https://me:pw@Merchant.example:8443/a%2Fb/?x=1&y=%20&#top%20")

    assert parsed == Address(
        scheme="https",
        host="merchant.example",
        port="8443",
        path="/a%2Fb/",
        query="x=1&y=%20&",
        fragment="top%20",
        user="me:pw",
        has_query=True,
    )
    assert parsed.pieces == ("x=1", "y=%20", "")


@pytest.mark.parametrize(
    ("url", "port", "origin"),
    [
        ("https://m.example/", "443", "https://m.example"),
        ("https://m.example:80/", "80", "https://m.example:80"),
        ("http://m.example/", "80", "http://m.example"),
        ("http://m.example:443/", "443", "http://m.example:443"),
        ("ftp://m.example/", "", "ftp://m.example"),
        ("custom://m.example/", "", "custom://m.example"),
    ],
)
def test_default_port_is_known_and_not_shown(url: str, port: str, origin: str) -> None:
    """The port is always there to compare, and in the origin only where it is not the default."""
    assert parse(url).port == port
    assert parse(url).origin == origin


@pytest.mark.parametrize(
    ("url", "has_query", "pieces"),
    [
        ("https://m.example/a", False, ()),
        ("https://m.example/a#?", False, ()),
        ("https://m.example/a?", True, ("",)),
        ("https://m.example/a?#top", True, ("",)),
        ("https://m.example/a?&", True, ("", "")),
    ],
)
def test_lone_question_mark_is_a_query(url: str, has_query: bool, pieces: tuple[str, ...]) -> None:
    """A server sees a question mark with nothing behind it; a fragment's it does not see."""
    parsed = parse(url)

    assert (parsed.has_query, parsed.pieces) == (has_query, pieces)
    assert str(parsed) == url


def test_what_a_server_gets_has_neither_fragment_nor_user() -> None:
    """Fragment and user name stay in the browser."""
    assert parse("https://me@m.example/a?b#c").without_fragment == "https://m.example/a?b"
    assert without_fragment("https://M.example:443/a?b#c") == "https://m.example/a?b"


def test_text_that_is_no_url_is_left_as_it_is() -> None:
    """Where no browser reads a text as a URL, there is nothing to normalise."""
    assert parse_or_none("about:blank") is None
    assert without_fragment("about:blank") == "about:blank"
    assert parse_or_none("https://m.example") == parse("https://m.example/")
