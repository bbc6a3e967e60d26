"""HTTP requests and responses, byte for byte."""

import io

import pytest

from landing.journal import BODY_LIMIT
from landing.wire import Request, read_request, write_response


def read(*lines: bytes, body: bytes = b"") -> Request | None:
    """Read one request made of lines and a body."""
    return read_request(io.BytesIO(b"\r\n".join([*lines, b"", b""]) + body))


def reply(request: Request, status: int, content: bytes = b"hello") -> bytes:
    """Return the bytes of a response."""
    stream = io.BytesIO()
    write_response(stream, request, status, {"Cache-Control": "no-store"}, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    "target",
    [
        "/",
        "/?",
        "//a//b",
        "/a/../b/./c",
        "/%2e%2E/%c3%bc?q=%20+%2B&q=&q",
        "/a?b?c#d",
        "/caf\xe9?\xff\x80",
        "/with blank",
        "*",
        "http://proxy.example/absolute",
        "/" + "x" * 9000 + "?" + "y" * 9000,
    ],
    ids=lambda target: target[:24],
)
def test_target_is_kept_byte_for_byte(target: str) -> None:
    """A target is not decoded, joined, collapsed or truncated."""
    request = read(f"GET {target} HTTP/1.1".encode("latin-1"), b"Host: merchant.example")

    assert request is not None
    assert (request.method, request.target, request.fault) == ("GET", target, 0)


def test_headers_keep_order_repeats_and_odd_bytes() -> None:
    """Names are lower case, values as sent without surrounding blanks."""
    request = read(b"GET / HTTP/1.1", b"X-A: 1", b"x-a:2", b"Referer:  caf\xe9 ")

    assert request is not None
    assert request.headers == (("x-a", "1"), ("x-a", "2"), ("referer", "caf\xe9"))


def test_body_is_read_to_its_end_and_kept_in_part() -> None:
    """A long body is truncated and the next request is read after it."""
    body = b"b" * (BODY_LIMIT + 5)
    head = b"POST /a HTTP/1.1\r\nContent-Length: %d\r\n\r\n" % len(body)
    stream = io.BytesIO(head + body + b"GET /b HTTP/1.1\r\n\r\n")

    first, second = read_request(stream), read_request(stream)

    assert first is not None
    assert second is not None
    assert (len(first.body), second.target) == (BODY_LIMIT, "/b")


@pytest.mark.parametrize(
    ("line", "header", "fault"),
    [
        (b"GET /", b"Host: a", 400),
        (b"nonsense", b"Host: a", 400),
        (b"GET / HTTP/1.1", b"Content-Length: -1", 400),
        (b"GET / HTTP/1.1", "Content-Length: \N{SUPERSCRIPT TWO}".encode("latin-1"), 400),
        (b"POST / HTTP/1.1", b"Transfer-Encoding: chunked", 411),
    ],
)
def test_invalid_request_is_returned_with_its_fault(line: bytes, header: bytes, fault: int) -> None:
    """An invalid request is returned with the status that refuses it."""
    request = read(line, header)

    assert request is not None
    assert (request.fault, request.last) == (fault, True)


@pytest.mark.parametrize("sent", [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: a"])
def test_a_cut_connection_is_no_request(sent: bytes) -> None:
    """A connection that closes before a complete request is no arrival."""
    assert read_request(io.BytesIO(sent)) is None


def test_blank_lines_between_requests_are_skipped() -> None:
    """RFC 9112 requires servers to skip empty lines."""
    request = read(b"", b"GET /a HTTP/1.1")

    assert request is not None
    assert request.target == "/a"


@pytest.mark.parametrize(
    ("line", "header", "last"),
    [
        (b"GET / HTTP/1.1", b"Host: a", False),
        (b"GET / HTTP/1.1", b"Connection: Close", True),
        (b"GET / HTTP/1.0", b"Host: a", True),
    ],
)
def test_connection_is_kept_unless_the_request_ends_it(
    line: bytes, header: bytes, *, last: bool
) -> None:
    """HTTP/1.1 keeps a connection by default, and the response says so."""
    request = read(line, header)

    assert request is not None
    assert request.last is last
    assert (b"Connection: close" if last else b"Connection: keep-alive") in reply(request, 200)


def test_answer_carries_status_headers_and_length() -> None:
    """A response has status line, headers and length."""
    request = read(b"GET / HTTP/1.1")
    assert request is not None

    head, _, content = reply(request, 404).partition(b"\r\n\r\n")

    assert head.splitlines()[0] == b"HTTP/1.1 404 Not Found"
    assert b"Cache-Control: no-store" in head
    assert b"Content-Length: 5" in head
    assert content == b"hello"


@pytest.mark.parametrize(
    ("method", "status", "has_length"), [(b"HEAD", 200, True), (b"GET", 204, False)]
)
def test_response_without_a_body(method: bytes, status: int, *, has_length: bool) -> None:
    """A response to HEAD has a length and no body; status 204 has neither."""
    request = read(method + b" / HTTP/1.1")
    assert request is not None

    head, _, content = reply(request, status).partition(b"\r\n\r\n")

    assert (b"Content-Length: 5" in head) is has_length
    assert content == b""
