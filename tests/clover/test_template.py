"""Configured URLs, their placeholders and values."""

import pytest

from clover.address import Address, NotAUrl, parse
from clover.template import (
    ERROR_CODE,
    SESSION_ID,
    Pattern,
    Slot,
    literal_placeholders,
    parse_template,
    split_at_placeholders,
)

A, B = Slot(SESSION_ID), Slot(ERROR_CODE)
Tokens = tuple[str | Slot, ...]
S, E = "zq4session8qz", "zq4error8qz"


@pytest.mark.parametrize(("marked", "tokens"), [
    ("", ()),
    ("text", ("text",)),
    (S, (A,)),
    (f"a{S}b{E}c", ("a", A, "b", B, "c")),
    (f"{E}{S}", (B, A)),
    (f"{S}{S}x", (A, A, "x")),
    (f"x{E}", ("x", B)),
])  # fmt: skip
def test_text_is_split_at_its_markers(marked: str, tokens: Tokens) -> None:
    """Literals and slots keep their order, and no literal is empty."""
    assert split_at_placeholders(marked) == tokens


@pytest.mark.parametrize(("tokens", "text", "values"), [
    ((), "", []),
    ((), "x", None),
    (("a",), "a", []),
    (("a",), "ab", None),
    (("a",), "ba", None),
    ((A,), "", [""]),
    ((A,), "x", ["x"]),
    (("a", A), "abc", ["bc"]),
    (("a", A), "ba", None),
    ((A, "a"), "xa", ["x"]),
    ((A, "a"), "aa", ["a"]),
    ((A, "a"), "ax", None),
    (("ab", A, "ba"), "aba", None),
    (("ab", A, "ba"), "abba", [""]),
    ((A, "-", B), "x-y-z", ["x", "y-z"]),
    ((A, "-", B, "-"), "x-y-z-", ["x", "y-z"]),
    ((A, "-", B), "xy", None),
    ((A, "-", B), "-y", ["", "y"]),
    ((A, B), "xy", ["", "xy"]),
    ((A, B, "z", A), "xyz1", ["1", "xy"]),
    ((A, "-", A), "x-y", ["xy"]),
    (("a", A, "b"), "ab", [""]),
])  # fmt: skip
def test_values_are_read_from_a_text(tokens: Tokens, text: str, values: list[str] | None) -> None:
    """A text with the pattern's literals yields the value of each placeholder."""
    found = Pattern(tokens, {}).values_in(text)
    assert (found if found is None else list(found.values())) == values
    assert Pattern(tokens, {}).resembles(text) is (values is not None)


def test_value_contains_nothing_that_is_barred() -> None:
    """A value in a path ends at the slash."""
    inner = ("/", A, "/x")
    assert Pattern(inner, {}, "/").resembles("/a/x")
    assert not Pattern(inner, {}, "/").resembles("/a/b/x")
    assert Pattern(inner, {}).resembles("/a/b/x")
    assert Pattern(("/a/",), {}, "/").resembles("/a/")
    assert not Pattern(("/", A, "/", B), {SESSION_ID: "1"}, "/").matches("/1/a/b")


@pytest.mark.parametrize(("tokens", "leave", "values", "substituted"), [
    (("a", A, "b", B, A, "c"), "", ("1", None), ("a1b", B, "1c")),
    (("a", A, "b", B, A, "c"), "", ("", "2"), ("ab2c",)),
    ((A, B), "", ("1", None), ("1", B)),
    ((A, "x"), "", ("1", None), ("1x",)),
    ((), "", (None, None), ()),
    ((A, B), SESSION_ID, ("1", "2"), (A, "2")),
])  # fmt: skip
def test_known_values_become_text(
    tokens: Tokens, leave: str, values: tuple[str | None, ...], substituted: Tokens
) -> None:
    """Known values join their neighbours; unknown and excepted ones leave their slots open."""
    pattern = Pattern(tokens, dict(zip((SESSION_ID, ERROR_CODE), values, strict=True)), "/")
    found = pattern.substitute_known(leave=leave)
    assert (found.tokens, found.barred) == (substituted, "/")


def test_unknown_values_are_shown_as_an_ellipsis() -> None:
    """An unknown value is shown as "…", an empty one as nothing."""
    pattern = Pattern(("a=", A, "&b=", B), {SESSION_ID: "", ERROR_CODE: None})

    assert pattern.expected == "a=&b=…"
    assert pattern.known is None
    assert Pattern(("a=", A), {SESSION_ID: "1"}).known == "a=1"
    assert pattern.matches("a=&b=anything")
    assert not pattern.matches("a=1&b=")


@pytest.mark.parametrize(("text", "count"), [
    ("", 0), ("CHECKOUT_SESSION_ID", 0),
    ("{CHECKOUT_SESSION}", 0), ("{CHECKOUT_SESSION_ID}", 1),
    ("{checkout_session_id}{Error_Code}", 2), ("%7BCHECKOUT_SESSION_ID%7D", 1),
    ("%7bERROR_CODE%7d", 1), ("%257BERROR_CODE%257D", 1),
    ("%25257BERROR_CODE%25257D", 1), ("%2525257BERROR_CODE%2525257D", 0),
    ("{ERROR_CODE}{ERROR_CODE}%7BERROR_CODE}", 3),
])  # fmt: skip
def test_literal_placeholders_are_counted_in_any_encoding(text: str, count: int) -> None:
    """Placeholders count in either case and encoded up to three times."""
    assert literal_placeholders(text) == count


@pytest.mark.parametrize(("raw", "appended", "url"), [
    ("s", ("x=1",), "s?x=1"),
    ("s?", ("x=1",), "s?x=1"),
    ("s?a", ("x=1", "y=2"), "s?a&x=1&y=2"),
    ("s?a&", ("x=1",), "s?a&x=1"),
    ("s#?a", ("x=1",), "s?x=1#?a"),
    ("s?a#b#c", ("x=1",), "s?a&x=1#b#c"),
    ("s?a#", (), "s?a"),
])  # fmt: skip
def test_appended_parameters_join_the_query(raw: str, appended: tuple[str, ...], url: str) -> None:
    """Appended parameters are the last ones of the query."""
    template = parse_template(f"https://m.example/{raw}", {}, appended)
    assert str(template.expected()) == f"https://m.example/{url}"


def test_values_are_written_as_in_their_part() -> None:
    """Values are lower case in a host and encoded in a path."""
    read = parse_template(
        f"https://u:p@{SESSION_ID}.example:8443/{SESSION_ID}?{SESSION_ID}&{ERROR_CODE}#{SESSION_ID}",
        {SESSION_ID: "{A b}", ERROR_CODE: None},
    )
    parts = ("https", "{a b}.example", "8443", "/%7BA%20b%7D", "{A%20b}&…", "{A b}", "u:p")

    assert read.expected() == Address(*parts, has_query=True)
    assert read.host.values == {SESSION_ID: "{a b}", ERROR_CODE: None}
    assert read.path.values == {SESSION_ID: "%7BA%20b%7D", ERROR_CODE: None}


def test_template_without_placeholders_is_the_parsed_url() -> None:
    """A merchant's own %7B and a misspelt placeholder are ordinary text; the URL must be valid."""
    raw = "https://M.example/%7BERROR_CODE%7D?{error_code}#{CHECKOUT_SESSION}"
    assert parse_template(raw, {}).expected() == parse(raw)
    assert not parse_template("https://m.example/a", {}).expected().has_query
    with pytest.raises(NotAUrl):
        parse_template(f"/only/{SESSION_ID}", {})
