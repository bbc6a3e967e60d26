"""Templates: what stands in a configured URL's placeholders, and what has to."""

import pytest

from clover.address import NotAUrl, parse
from clover.template import (
    ERROR_CODE,
    SESSION_ID,
    Hole,
    Parts,
    cut,
    fill,
    literal_placeholders,
    render,
    settle,
    template,
)

A, B = Hole(SESSION_ID), Hole(ERROR_CODE)
S, E = "zq4session8qz", "zq4error8qz"


@pytest.mark.parametrize(
    ("marked", "parts"),
    [
        ("", ()),
        ("text", ("text",)),
        (S, (A,)),
        (f"a{S}b{E}c", ("a", A, "b", B, "c")),
        (f"{E}{S}", (B, A)),
        (f"{S}{S}x", (A, A, "x")),
        (f"x{E}", ("x", B)),
    ],
)
def test_marked_text_is_cut_at_its_holes(marked: str, parts: Parts) -> None:
    """Literals and holes alternate as they stood, and no empty literal is left over."""
    assert cut(marked) == parts


@pytest.mark.parametrize(
    ("parts", "text", "contents"),
    [
        ((), "", ()),
        ((), "x", None),
        (("a",), "a", ()),
        (("a",), "ab", None),
        (("a",), "ba", None),
        ((A,), "", ("",)),
        ((A,), "x", ("x",)),
        (("a", A), "abc", ("bc",)),
        (("a", A), "ba", None),
        ((A, "a"), "xa", ("x",)),
        ((A, "a"), "aa", ("a",)),
        ((A, "a"), "ax", None),
        (("ab", A, "ba"), "aba", None),
        (("ab", A, "ba"), "abba", ("",)),
        ((A, "-", B), "x-y-z", ("x", "y-z")),
        ((A, "-", B, "-"), "x-y-z-", ("x", "y-z")),
        ((A, "-", B), "xy", None),
        ((A, "-", B), "-y", ("", "y")),
        ((A, B), "xy", ("", "xy")),
        ((A, B, "z", A), "xyz1", ("", "xy", "1")),
        (("a", A, "b"), "ab", ("",)),
    ],
)
def test_contents_of_holes_are_read_back(
    parts: Parts, text: str, contents: tuple[str, ...] | None
) -> None:
    """Literals are found at their places, or the text is not of this template."""
    assert fill(parts, text) == contents


def test_hole_holds_nothing_that_is_barred() -> None:
    """What a segment holds ends at the slash."""
    assert fill(("/", A, "/x"), "/a/x", barred="/") == ("a",)
    assert fill(("/", A, "/x"), "/a/b/x", barred="/") is None
    assert fill(("/", A, "/x"), "/a/b/x") == ("a/b",)
    assert fill(("/a/",), "/a/", barred="/") == ()


def test_known_holes_become_text() -> None:
    """Settling joins known values with their neighbours and leaves the others open."""
    parts: Parts = ("a", A, "b", B, A, "c")

    assert settle(parts, {SESSION_ID: "1", ERROR_CODE: None}) == ("a1b", B, "1c")
    assert settle(parts, {SESSION_ID: "", ERROR_CODE: "2"}) == ("ab2c",)
    assert settle((A, B), {SESSION_ID: "1"}) == ("1", B)
    assert settle((A, "x"), {SESSION_ID: "1"}) == ("1x",)
    assert settle((), {}) == ()


def test_unknown_values_are_shown_as_dots() -> None:
    """What nobody knows is seen to be unknown; an empty value is seen to be empty."""
    parts: Parts = ("a=", A, "&b=", B)

    assert render(parts, {SESSION_ID: "", ERROR_CODE: None}) == "a=&b=…"
    assert render(parts, {}, "?") == "a=?&b=?"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("CHECKOUT_SESSION_ID", 0),
        ("{CHECKOUT_SESSION}", 0),
        ("{CHECKOUT_SESSION_ID}", 1),
        ("{checkout_session_id}{Error_Code}", 2),
        ("%7BCHECKOUT_SESSION_ID%7D", 1),
        ("%7bERROR_CODE%7d", 1),
        ("%257BERROR_CODE%257D", 1),
        ("%25257BERROR_CODE%25257D", 1),
        ("%2525257BERROR_CODE%2525257D", 0),
        ("{ERROR_CODE}{ERROR_CODE}%7BERROR_CODE}", 3),
    ],
)
def test_placeholders_are_counted_in_any_writing(text: str, count: int) -> None:
    """Encoded up to three times, and in either case."""
    assert literal_placeholders(text) == count


@pytest.mark.parametrize(
    ("raw", "appended", "url"),
    [
        ("https://m.example/s", ("x=1",), "https://m.example/s?x=1"),
        ("https://m.example/s?", ("x=1",), "https://m.example/s?x=1"),
        ("https://m.example/s?a", ("x=1", "y=2"), "https://m.example/s?a&x=1&y=2"),
        ("https://m.example/s?a&", ("x=1",), "https://m.example/s?a&x=1"),
        ("https://m.example/s#?a", ("x=1",), "https://m.example/s?x=1#?a"),
        ("https://m.example/s?a#b#c", ("x=1",), "https://m.example/s?a&x=1#b#c"),
        ("https://m.example/s?a#", (), "https://m.example/s?a"),
    ],
)
def test_appended_pieces_join_the_query(raw: str, appended: tuple[str, ...], url: str) -> None:
    """They stand last, after one question mark or ampersand, before the hash."""
    assert str(template(raw, {}, appended).expected()) == url


def test_every_part_is_filled_as_its_place_writes_it() -> None:
    """Lower case in a host, encoded in a path, as it is in query and fragment."""
    read = template(
        f"https://u:p@{SESSION_ID}.example:8443/{SESSION_ID}?{SESSION_ID}&{ERROR_CODE}#{SESSION_ID}",
        {SESSION_ID: "{A b}", ERROR_CODE: None},
    )

    expected = read.expected()

    assert (expected.scheme, expected.user, expected.port) == ("https", "u:p", "8443")
    assert expected.host == "{a b}.example"
    assert expected.path == "/%7BA%20b%7D"
    assert expected.query == "{A b}&…"
    assert expected.fragment == "{A b}"
    assert expected.asks
    assert read.host_values == {SESSION_ID: "{a b}", ERROR_CODE: None}
    assert read.path_values == {SESSION_ID: "%7BA%20b%7D", ERROR_CODE: None}


def test_template_without_placeholders_is_the_browsers_reading() -> None:
    """A merchant's own %7B and a misspelt placeholder are text like any other."""
    raw = "https://M.example/%7BERROR_CODE%7D?{error_code}#{CHECKOUT_SESSION}"

    assert template(raw, {}).expected() == parse(raw)
    assert not template("https://m.example/a", {}).expected().asks


def test_text_that_is_no_url_makes_no_template() -> None:
    """A configured text that no browser opens is refused at once."""
    with pytest.raises(NotAUrl):
        template(f"/only/{SESSION_ID}", {})
