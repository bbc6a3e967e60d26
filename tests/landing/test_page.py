"""Page that shows an arrival."""

import re

import pytest

from landing.journal import Journal
from landing.page import render
from records.observation import Arrival


def arrival(target: str = "/", body: str = "", **headers: str) -> Arrival:
    """Return an arrival with the parts that the page shows."""
    return Journal().add(
        method="POST" if body else "GET",
        scheme="https",
        target=target,
        headers=tuple(headers.items()),
        body=body,
        status=200,
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
        ("n", "a b c", "n=a+b%20c"),
        ("n", "", "n="),
        ("bare", "", "bare"),
        ("ü", "&amp;", "%C3%BC=%26"),
    ]


def test_page_shows_an_empty_query() -> None:
    """A question mark without a query is shown."""
    assert "<th>Query</th><td><code>?</code></td>" in render(arrival("/a?"))
    assert "<th>Query</th><td>none</td>" in render(arrival("/a"))


def test_page_escapes_the_arrival() -> None:
    """Markup in path, parameters, headers, host and body is shown as text."""
    evil = "<script>alert(1)</script>\"'"

    html = render(
        arrival(f"/{evil}?{evil}={evil}", body=evil, host=evil, referer=evil, origin=evil)
    )

    assert html.count("<script>") == 1
    assert "alert(1)</script>" not in html


def test_page_requests_nothing() -> None:
    """The page loads no style sheet, script, image or icon, so it causes no arrival."""
    html = render(arrival("/success?a=b"))
    assert re.findall(r"""(?:src|href|action)=["']?([^"'\s>]+)""", html) == ["data:,"]
    assert "url(" not in html
    assert "@import" not in html


def test_page_shows_the_body_of_a_post() -> None:
    """A body is shown if there is one."""
    assert "<pre>a=b&amp;c</pre>" in render(arrival("/a", body="a=b&c"))
    assert "<h2>Body</h2>" not in render(arrival("/a"))


def test_page_shows_navigation_headers_only() -> None:
    """The referrer is shown, cookies are not."""
    html = render(arrival("/", referer="https://pay.example/", cookie="secret"))
    assert "https://pay.example/" in html
    assert "secret" not in html
