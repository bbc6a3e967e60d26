"""Alignment of an expected and a landed URL, and the difference that a violation carries."""

import pytest

from clover.address import parse
from clover.template import ERROR_CODE, SESSION_ID, parse_template
from clover.url_comparison import align
from records.outcome import Outcome
from records.verdict import UrlDifference
from tests.clover.checkouts import OTHER_SESSION, SESSION, Checkout, landed

BASE = "https://merchant.example/r1/done"

Part = tuple[str, int | None, str | None, str | None]


def aligned(configured: str, came: str) -> tuple[UrlDifference, ...]:
    """Align both URLs with a known session id and an unknown error code."""
    return align(parse_template(configured, {SESSION_ID: SESSION, ERROR_CODE: None}), parse(came))


def differences(configured: str, came: str) -> list[Part]:
    """Return part, index, expected and came of the parts that differ."""
    parts = aligned(configured, came)
    return [(p.part, p.index, p.expected, p.came) for p in parts if not p.same]


def test_equal_parts_are_aligned_too() -> None:
    """Equal URLs align in every part, and absent parts are left out."""
    parts = {
        ("scheme", None): "https", ("user", None): "me:pw", ("host", None): "a.example",
        ("port", None): "443", ("path", None): "/s", ("query", 0): "x=1", ("query", 1): "y",
        ("fragment", None): "f",
    }  # fmt: skip
    url = "https://me:pw@a.example/s?x=1&y#f"

    assert aligned(url, url) == tuple(
        UrlDifference(part, index, text, text, same=True) for (part, index), text in parts.items()
    )
    bare = [part.part for part in aligned("https://a.example/", "https://a.example/")]
    assert bare == ["scheme", "host", "port", "path"]


@pytest.mark.parametrize("came", ["", "none", ERROR_CODE, "%7BERROR_CODE%7D"])
def test_unknown_value_counts_as_the_same(came: str) -> None:
    """The unknown value of {ERROR_CODE} in a success URL is shown as "…" and is no change."""
    configured = f"{BASE}?s={SESSION_ID}&code={ERROR_CODE}#{ERROR_CODE}"
    query, fragment = aligned(configured, f"{BASE}?s={SESSION}&code={came}#{came}")[-2:]
    assert query == UrlDifference("query", 1, "code=…", f"code={came}", same=True)
    assert (fragment.expected, fragment.came, fragment.same) == ("…", came or None, True)


@pytest.mark.parametrize(("configured", "came", "different"), [
    ("https://a.example/", "http://a.example/",
     [("scheme", None, "https", "http"), ("port", None, "443", "80")]),
    ("https://a.example/", "https://a.example:443/", []),
    ("https://a.example/", "https://a.example:4443/", [("port", None, "443", "4443")]),
    ("https://a.example/", "https://b.example/", [("host", None, "a.example", "b.example")]),
    ("https://a.example/", "https://me@a.example/", [("user", None, None, "me")]),
    ("https://me@a.example/", "https://a.example/", []),
    # an unknown value excuses no other text of its part
    (f"{BASE}?e=a{ERROR_CODE}b", f"{BASE}?e=a1c", [("query", 0, "e=a…b", "e=a1c")]),
    (f"{BASE}/{ERROR_CODE}/x", f"{BASE}/a/b/x", [("path", None, "/r1/done/…/x", "/r1/done/a/b/x")]),
    (f"{BASE}#a", f"{BASE}#b", [("fragment", None, "a", "b")]),
    (f"{BASE}#a", BASE, [("fragment", None, "a", None)]),
    (BASE, f"{BASE}#a", [("fragment", None, None, "a")]),
    (BASE, f"{BASE}?", [("query", 0, None, "")]),
    (f"{BASE}?", BASE, [("query", 0, "", None)]),
    (f"{BASE}?x=1&n=a%20b", f"{BASE}?x=1&n=a+b", [("query", 1, "n=a%20b", "n=a+b")]),
    (f"{BASE}?x=1&x=", f"{BASE}?utm=z&x=1",
     [("query", 1, "x=", None), ("query", 0, None, "utm=z")]),
    (f"{BASE}?a&b&c", f"{BASE}?c&x&y",
     [("query", 0, "a", None), ("query", 1, "b", None),
      ("query", 1, None, "x"), ("query", 2, None, "y")]),
    (f"{BASE}?a=1&b=2&c=3", f"{BASE}?a=1&c=3&b=2", [("query", None, "a=1&b=2&c=3", "a=1&c=3&b=2")]),
    (f"{BASE}?s={SESSION_ID}", f"{BASE}?s={OTHER_SESSION}",
     [("query", 0, f"s={SESSION}", f"s={OTHER_SESSION}")]),
    (f"{BASE}?x={ERROR_CODE}&x=1", f"{BASE}?x=1&x=2", [("query", None, "x=…&x=1", "x=1&x=2")]),
    (f"{BASE}?{SESSION_ID}=1&a=1", f"{BASE}?a=2&x=1",
     [("query", 0, f"{SESSION}=1", "x=1"), ("query", 1, "a=1", "a=2")]),
    (f"{BASE}?a={SESSION_ID}x&b=1", f"{BASE}?a=2&a=1x",
     [("query", 0, f"a={SESSION}x", "a=1x"), ("query", 1, "b=1", None), ("query", 0, None, "a=2")]),
])  # fmt: skip
def test_difference_has_part_and_index(configured: str, came: str, different: list[Part]) -> None:
    """A parameter keeps its partner of the same text or name; lost and added ones have none."""
    assert differences(configured, came) == different


def test_violations_carry_the_part_that_they_are_about() -> None:
    """Each violation about a part of the landing URL holds that part, the others hold none."""
    raw = f"{BASE}?x=1&s={SESSION_ID}&e={ERROR_CODE}#top"
    checkout = Checkout({Outcome.SUCCESS: raw})

    found = checkout.broken(landed(f"http://u@other.example/r1/end?x=2&x=3&s={SESSION_ID}&e=0"))

    parts = {(v.clause, d and (d.part, d.index)) for v in found for d in [v.difference]}
    assert parts == {
        ("secure", None),
        ("same-origin", ("scheme", None)),
        ("same-origin", ("user", None)),
        ("same-path", ("path", None)),
        ("keeps-query", ("query", 0)),
        ("no-extra-params", ("query", 1)),
        ("no-literal-placeholder", ("query", 1)),
        ("keeps-fragment", ("fragment", None)),
    }
    assert not any(v.difference.same for v in found if v.difference)


@pytest.mark.parametrize(("came", "part"), [
    ("https://merchant.example:1/r1/done?a&b", "port"),
    ("https://other.example/r1/done?a&b", "host"),
    (f"{BASE}?b&a", "query"),
    (f"{BASE}?a", "query"),
])  # fmt: skip
def test_difference_of_a_violation_is_one_of_the_aligned_parts(came: str, part: str) -> None:
    """The difference of a violation is one of the aligned parts."""
    [violation] = Checkout({Outcome.SUCCESS: f"{BASE}?a&b"}).broken(landed(came))
    assert violation.difference is not None
    assert violation.difference.part == part
    assert violation.difference in aligned(f"{BASE}?a&b", came)


def test_lost_duplicates_are_one_violation() -> None:
    """Violations that read alike are reported once."""
    [violation] = Checkout({Outcome.SUCCESS: f"{BASE}?a&a&b"}).broken(landed(f"{BASE}?b"))
    assert (violation.clause, violation.expected, violation.came) == ("keeps-query", "a", "nothing")
