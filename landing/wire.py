"""HTTP/1.1 requests and responses, byte for byte.

Application servers normalise requests: uvicorn's ASGI scope cannot tell ``/landed?`` from
``/landed``, and it answers a target with a byte above 0x7F with 400 before the application runs.

Reading and writing raise OSError if the connection breaks.
"""

from dataclasses import dataclass
from http import HTTPStatus
from http.client import responses
from typing import BinaryIO

LINE_LIMIT = 4 * 1024 * 1024  # bytes; browsers send at most 2 MB of URL
HEADERS_LIMIT = 500


@dataclass(frozen=True, slots=True)
class Request:
    """One request, in Latin-1 so that each byte stays one character.

    Attributes:
        last: the connection closes after the answer.
        fault: 0, or the status for a request that is not valid HTTP.
    """

    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    body: str
    last: bool
    fault: int


def read_request(stream: BinaryIO) -> Request | None:
    """Read the next request; return None if the client closed or cut the connection."""
    line = stream.readline(LINE_LIMIT)
    while line in {b"\r\n", b"\n"}:
        line = stream.readline(LINE_LIMIT)
    if not line.endswith(b"\n"):
        return None
    method, _, rest = _text(line).partition(" ")
    target, _, version = rest.rpartition(" ")
    headers = _headers(stream)
    if headers is None:
        return None
    fault = 0 if target and version.startswith("HTTP/1.") else HTTPStatus.BAD_REQUEST.value
    named = dict(headers)
    if "transfer-encoding" in named:  # browsers do not send navigations in chunks
        fault = fault or HTTPStatus.LENGTH_REQUIRED.value
    length = named.get("content-length", "0")
    if not (length.isascii() and length.isdigit()):
        fault = fault or HTTPStatus.BAD_REQUEST.value
    body = b"" if fault else stream.read(int(length))
    last = bool(fault) or version != "HTTP/1.1" or named.get("connection", "").lower() == "close"
    return Request(method, target or rest, headers, body.decode("latin-1"), last, fault)


def accept_tunnel(stream: BinaryIO) -> None:
    """Accept a ``CONNECT`` request."""
    stream.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
    stream.flush()


def write_response(
    stream: BinaryIO, request: Request, status: int, headers: dict[str, str], content: bytes
) -> None:
    """Send one response, without a body if the method or the status forbids it."""
    bodiless = status in {HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED}
    fields = {} if bodiless else {"Content-Length": str(len(content))}
    fields |= headers
    fields["Connection"] = "close" if request.last else "keep-alive"
    lines = [
        f"HTTP/1.1 {status} {responses.get(status, '')}",
        *(f"{name}: {fields[name]}" for name in fields),
    ]
    head = "\r\n".join([*lines, "", ""]).encode("latin-1")
    stream.write(head if bodiless or request.method == "HEAD" else head + content)
    stream.flush()


def _text(line: bytes) -> str:
    return line.rstrip(b"\r\n").decode("latin-1")


def _headers(stream: BinaryIO) -> tuple[tuple[str, str], ...] | None:
    headers: list[tuple[str, str]] = []
    while len(headers) < HEADERS_LIMIT:
        line = stream.readline(LINE_LIMIT)
        if line in {b"\r\n", b"\n"}:
            return tuple(headers)
        if not line.endswith(b"\n"):
            return None
        name, _, value = _text(line).partition(":")
        headers.append((name.strip().lower(), value.strip(" \t")))
    return None
