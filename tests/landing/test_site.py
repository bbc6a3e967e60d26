"""The merchant's site over real sockets."""

import contextlib
import http.client
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from unittest.mock import Mock

import pytest

from landing import page
from landing.journal import SiteBroken
from landing.site import LandingSite

WAIT_S = 5.0


@pytest.fixture
def site() -> Iterator[LandingSite]:
    """A running site."""
    with LandingSite() as running:
        yield running


def trusting() -> ssl.SSLContext:
    """Return a client context that accepts any certificate; e2e tests the browser's pin."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def connect(site: LandingSite, *, secure: bool = True) -> http.client.HTTPConnection:
    """Return a connection for several requests."""
    where = ("127.0.0.1", site.port)
    if secure:
        return http.client.HTTPSConnection(*where, context=trusting(), timeout=WAIT_S)
    return http.client.HTTPConnection(*where, timeout=WAIT_S)


def ask(site: LandingSite, target: str = "/", *, secure: bool = True) -> http.client.HTTPResponse:
    """Send one request on a new connection and read the whole response."""
    with contextlib.closing(connect(site, secure=secure)) as connection:
        connection.request("GET", target, headers={"Host": "merchant.example"})
        answer = connection.getresponse()
        answer.read()
    return answer


@pytest.mark.parametrize("scheme", ["https", "http"])
def test_site_journals_both_schemes_on_one_port(site: LandingSite, scheme: str) -> None:
    """An arrival has method, URL and status; a downgrade is recorded as http."""
    ask(site, "/success?a=b+c&a=%20&x", secure=scheme == "https")
    (arrival,) = site.journal.since(0)
    url = f"{scheme}://merchant.example/success?a=b+c&a=%20&x"
    assert (arrival.method, arrival.url, arrival.status) == ("GET", url, 200)


@pytest.mark.parametrize("target", [
    "/?", "//a//b", "/a/../b", "/%2e?%41", "/" + "x" * 8000 + "?" + "y" * 8000,
])  # fmt: skip
def test_site_keeps_the_target_as_on_the_wire(site: LandingSite, target: str) -> None:
    """Targets are not normalised."""
    ask(site, target)
    assert site.journal.since(0)[0].target == target


@pytest.mark.parametrize(("line", "status", "target"), [
    (b"GET /caf\xe9 HTTP/1.0", 200, "/caf\xe9"), (b"nonsense", 400, ""),
])  # fmt: skip
def test_odd_request_arrives(site: LandingSite, line: bytes, status: int, target: str) -> None:
    """A byte above 0x7F and a request that is not HTTP are arrivals."""
    with socket.create_connection(("127.0.0.1", site.port), timeout=WAIT_S) as connection:
        connection.sendall(line + b"\r\n\r\n")
        answer = connection.makefile("rb").read()
    assert answer.startswith(f"HTTP/1.1 {status} ".encode())
    assert [(one.status, one.target) for one in site.journal.since(0)] == [(status, target)]


def test_site_answers_several_requests_on_one_connection(site: LandingSite) -> None:
    """A connection is kept for the next request."""
    with contextlib.closing(connect(site)) as connection:
        for target in ("/a", "/b"):
            connection.request("POST", target, body=f"x={target}")
            connection.getresponse().read()

    arrived = [(one.target, one.body) for one in site.journal.since(0)]
    assert arrived == [("/a", "x=/a"), ("/b", "x=/b")]


def test_page_is_never_cached(site: LandingSite) -> None:
    """Headers forbid caching and foreign scripts, and leave the referrer policy alone."""
    answer = ask(site)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "script-src 'sha256-" in answer.headers["Content-Security-Policy"]
    assert "Referrer-Policy" not in answer.headers


def test_answer_with_changes_the_status_inside_its_block(site: LandingSite) -> None:
    """Of several answers that fit a path the inner block's is given; other paths answer 200."""
    with site.answer_with("/a", status=503), site.answer_with("/a/b", status=404):
        statuses = [ask(site, target).status for target in ("/a/b/c", "/a", "/fine")]
    statuses.append(ask(site, "/a/b/c").status)
    assert statuses == [404, 503, 200, 200]
    assert [one.status for one in site.journal.since(0)] == statuses


def test_site_that_is_down_cuts_connections(site: LandingSite) -> None:
    """New and open connections are cut; afterwards the site serves on the same port."""
    kept = connect(site)

    def ask_again(target: str) -> None:
        kept.request("GET", target)
        kept.getresponse().read()

    ask_again("/before")
    with site.down():
        with pytest.raises(OSError, match=r"(?i)reset|eof|closed|aborted|broken"):
            ask(site, "/during")
        with pytest.raises((OSError, http.client.HTTPException)):
            ask_again("/during")
    kept.close()
    ask(site, "/after")

    assert [one.target for one in site.journal.since(0)] == ["/before", "/after"]


def test_stop_ends_every_thread_and_frees_the_port() -> None:
    """Idle connections and incomplete requests do not delay the stop."""
    before = set(threading.enumerate())
    with LandingSite() as site:
        port = site.port
        idle = socket.create_connection(("127.0.0.1", port))
        partial = socket.create_connection(("127.0.0.1", port))
        partial.sendall(b"GET /slow HTTP/1.1\r\n")
        ask(site)
        began = time.monotonic()

    assert time.monotonic() - began < WAIT_S / 2
    assert {one for one in threading.enumerate() if one.is_alive()} <= before
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=WAIT_S)
    idle.close()
    partial.close()


def test_failure_of_the_site_is_raised_by_its_block(monkeypatch: pytest.MonkeyPatch) -> None:
    """An exception in a thread of the site ends the `with` block."""
    monkeypatch.setattr(page, "render", Mock(side_effect=ZeroDivisionError))

    def visit() -> None:
        with LandingSite() as site, pytest.raises((OSError, http.client.HTTPException)):
            ask(site)

    with pytest.raises(SiteBroken, match="ZeroDivisionError"):
        visit()


def test_name_decides_how_browsers_find_the_site(site: LandingSite) -> None:
    """One rule maps every .example host; without rules a local name needs the port."""
    assert site.resolver_rules == f"MAP *.example 127.0.0.1:{site.port}"
    assert site.origin == "https://merchant.example"
    with LandingSite("merchant.localhost") as local:
        assert local.resolver_rules == ""
        assert local.origin == f"https://merchant.localhost:{local.port}"


@pytest.mark.parametrize("name", ["merchant.com", "example", "merchant.example.com", ""])
def test_name_that_may_be_real_is_refused(name: str) -> None:
    """A rule must never hide a real host."""
    with pytest.raises(ValueError, match=r"ends in \.example or \.localhost"):
        LandingSite(name)


def test_two_sites_share_nothing() -> None:
    """Two sites have different ports, keys and journals."""
    with LandingSite() as one, LandingSite() as other:
        ask(one)
        assert (one.journal.mark(), other.journal.mark()) == (1, 0)
        assert one.port != other.port
        assert one.spki != other.spki


@pytest.mark.parametrize("scheme", ["https", "http"])
def test_site_is_a_proxy_to_itself(site: LandingSite, scheme: str) -> None:
    """Behind CONNECT it answers as without it: this is how Firefox reaches its names."""
    with contextlib.closing(connect(site, secure=scheme == "https")) as connection:
        connection.set_tunnel("merchant.example", 443 if scheme == "https" else 80)
        connection.request("GET", "/success?a=b")
        assert connection.getresponse().status == 200

    (arrival,) = site.journal.since(0)
    assert (arrival.method, arrival.url) == ("GET", f"{scheme}://merchant.example/success?a=b")
