"""Page that shows an arrival."""

import re

import pytest

from landing.journal import Journal
from landing.page import render
from records.observation import Arrival


def arrival(target: str = "/", body: str = "", **headers: str) -> Arrival:
    """Return an arrival with the parts that the page shows."""
    method, sent = "POST" if body else "GET", tuple(headers.items())
    return Journal().add(
        method=method, scheme="https", target=target, headers=sent, body=body, status=200
    )


@pytest.mark.parametrize(("target", "title"), [
    ("/success", "Payment went through"),
    ("/shop/payment-failure?x=success", "Payment did not go through"),
    ("/CANCEL/", "Payment was cancelled"),
    ("/unsuccessful", "Someone arrived"),
    ("/success/failure", "Someone arrived"),
    ("/", "Someone arrived"),
])  # fmt: skip
def test_page_takes_its_title_from_the_path(target: str, title: str) -> None:
    """Whole words of the path decide, unless they name two outcomes."""
    assert f"<h1>{title}</h1>" in render(arrival(target))


def test_page_shows_each_parameter_decoded_and_as_sent() -> None:
    """Repeated, empty and valueless parameters are shown too."""
    html = render(arrival("/a?n=a+b%20c&n=&bare&%C3%BC=%26"))
    rows = re.findall(r"<tr><td>(.*?)</td><td>(.*?)</td><td><code>(.*?)</code></td></tr>", html)
    assert rows == [
        ("n", "a b c", "n=a+b%20c"), ("n", "", "n="), ("bare", "", "bare"),
        ("ü", "&amp;", "%C3%BC=%26"),
    ]  # fmt: skip


@pytest.mark.parametrize(("made", "there", "not_there"), [
    (arrival("/a?"), "<th>Query</th><td><code>?</code></td>", "<h2>Body</h2>"),
    (arrival("/a"), "<th>Query</th><td>none</td>", "<h2>Body</h2>"),
    (arrival("/a", body="a=b&c"), "<pre>a=b&amp;c</pre>", "<th>Query</th><td><code>"),
    (arrival(referer="https://pay.example/", cookie="secret"), "https://pay.example/", "secret"),
])  # fmt: skip
def test_page_shows_what_there_is(made: Arrival, there: str, not_there: str) -> None:
    """An empty query is shown, a body if there is one, and the referrer, but no cookie."""
    html = render(made)
    assert there in html
    assert not_there not in html


def test_page_escapes_the_arrival() -> None:
    """Markup in path, parameters, headers, host and body is shown as text."""
    evil = "<script>alert(1)</script>\"'"
    headers = dict.fromkeys(("host", "referer", "origin"), evil)
    html = render(arrival(f"/{evil}?{evil}={evil}", body=evil, **headers))
    assert html.count("<script>") == 1
    assert "alert(1)</script>" not in html


def test_page_requests_nothing() -> None:
    """The page loads no style sheet, script, image or icon, so it causes no arrival."""
    html = render(arrival("/success?a=b"))
    assert re.findall(r"""(?:src|href|action)=["']?([^"'\s>]+)""", html) == ["data:,"]
    assert "url(" not in html
    assert "@import" not in html
