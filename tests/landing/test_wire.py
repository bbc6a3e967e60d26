"""HTTP requests and responses, byte for byte."""

import io

import pytest

from landing.wire import Request, read_request, write_response


def read(*lines: bytes) -> Request:
    """Read one request made of lines."""
    request = read_request(io.BytesIO(b"\r\n".join([*lines, b"", b""])))
    assert request is not None
    return request


def reply(request: Request, status: int, content: bytes = b"hello") -> bytes:
    """Return the bytes of a response."""
    stream = io.BytesIO()
    write_response(stream, request, status, {"Cache-Control": "no-store"}, content)
    return stream.getvalue()


@pytest.mark.parametrize("target", [
    "/", "/?", "//a//b", "/a/../b/./c", "/%2e%2E/%c3%bc?q=%20+%2B&q=&q", "/a?b?c#d",
    "/caf\xe9?\xff\x80", "/with blank", "*", "http://proxy.example/absolute",
    pytest.param("/" + "x" * 9000 + "?" + "y" * 9000, id="long"),
])  # fmt: skip
def test_target_is_kept_byte_for_byte(target: str) -> None:
    """A target is not decoded, joined, collapsed or truncated."""
    request = read(f"GET {target} HTTP/1.1".encode("latin-1"), b"Host: merchant.example")
    assert (request.method, request.target, request.fault) == ("GET", target, 0)


def test_headers_keep_order_repeats_and_odd_bytes() -> None:
    """Empty lines come before a request; names are lower case, values without outer blanks."""
    request = read(b"", b"GET /a HTTP/1.1", b"X-A: 1", b"x-a:2", b"Referer:  caf\xe9 ")
    assert request.target == "/a"
    assert request.headers == (("x-a", "1"), ("x-a", "2"), ("referer", "caf\xe9"))


def test_body_is_read_to_its_end() -> None:
    """The next request is read after a long body."""
    body = b"b" * 100_000
    head = b"POST /a HTTP/1.1\r\nContent-Length: %d\r\n\r\n" % len(body)
    stream = io.BytesIO(head + body + b"GET /b HTTP/1.1\r\n\r\n")

    first, second = read_request(stream), read_request(stream)

    assert first is not None
    assert second is not None
    assert (len(first.body), second.target) == (len(body), "/b")


@pytest.mark.parametrize("sent", [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: a"])
def test_a_cut_connection_is_no_request(sent: bytes) -> None:
    """A connection that closes before a complete request is no arrival."""
    assert read_request(io.BytesIO(sent)) is None


@pytest.mark.parametrize(("line", "header", "fault", "last"), [
    (b"GET / HTTP/1.1", b"Host: a", 0, False),
    (b"GET / HTTP/1.1", b"Connection: Close", 0, True),
    (b"GET / HTTP/1.0", b"Host: a", 0, True),
    (b"GET /", b"Host: a", 400, True),
    (b"nonsense", b"Host: a", 400, True),
    (b"GET / HTTP/1.1", b"Content-Length: -1", 400, True),
    (b"GET / HTTP/1.1", "Content-Length: \N{SUPERSCRIPT TWO}".encode("latin-1"), 400, True),
    (b"POST / HTTP/1.1", b"Transfer-Encoding: chunked", 411, True),
])  # fmt: skip
def test_connection_may_be_kept(line: bytes, header: bytes, fault: int, *, last: bool) -> None:
    """HTTP/1.1 keeps a connection; an invalid request ends it with the status that refuses it."""
    request = read(line, header)
    assert (request.fault, request.last) == (fault, last)
    assert (b"Connection: close" if last else b"Connection: keep-alive") in reply(request, 200)


@pytest.mark.parametrize(("method", "status", "length", "body"), [
    (b"GET", b"404 Not Found", b"Content-Length: 5", b"hello"),
    (b"HEAD", b"200 OK", b"Content-Length: 5", b""),
    (b"GET", b"204 No Content", b"", b""),
])  # fmt: skip
def test_response_is_complete(method: bytes, status: bytes, length: bytes, body: bytes) -> None:
    """A response to HEAD has a length and no body; status 204 has neither."""
    answer = reply(read(method + b" / HTTP/1.1"), int(status[:3]))

    head, _, content = answer.partition(b"\r\n\r\n")
    lines = head.splitlines()
    assert lines[0] == b"HTTP/1.1 " + status
    assert b"Cache-Control: no-store" in lines
    assert [line for line in lines if b"Length" in line] == ([length] if length else [])
    assert content == body
