"""The merchant's site over real sockets."""

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Iterator

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


def ask(site: LandingSite, target: str = "/", *, secure: bool = True) -> http.client.HTTPResponse:
    """Send one request on a new connection and read the whole response."""
    connection: http.client.HTTPConnection
    if secure:
        connection = http.client.HTTPSConnection(
            "127.0.0.1", site.port, context=trusting(), timeout=WAIT_S
        )
    else:
        connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=WAIT_S)
    connection.request("GET", target, headers={"Host": "merchant.example"})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


def ask_raw(site: LandingSite, request: bytes) -> bytes:
    """Send bytes without TLS and return the response."""
    with socket.create_connection(("127.0.0.1", site.port), timeout=WAIT_S) as connection:
        connection.sendall(request)
        answer = b""
        while chunk := connection.recv(65536):
            answer += chunk
    return answer


def test_site_journals_a_request_over_tls(site: LandingSite) -> None:
    """An arrival has method, URL and the response's status."""
    ask(site, "/success?a=b+c&a=%20&x")

    (arrival,) = site.journal.since(0)
    assert (arrival.method, arrival.url, arrival.status) == (
        "GET",
        "https://merchant.example/success?a=b+c&a=%20&x",
        200,
    )


def test_site_records_plain_http_on_the_same_port(site: LandingSite) -> None:
    """A downgrade is recorded as http."""
    ask(site, "/success", secure=False)

    assert [one.url.partition(":")[0] for one in site.journal.since(0)] == ["http"]


@pytest.mark.parametrize(
    "target", ["/?", "//a//b", "/a/../b", "/%2e?%41", "/" + "x" * 8000 + "?" + "y" * 8000]
)
def test_site_keeps_the_target_as_on_the_wire(site: LandingSite, target: str) -> None:
    """Targets are not normalised."""
    ask(site, target)

    assert site.journal.since(0)[0].target == target


def test_site_journals_bytes_beyond_ascii(site: LandingSite) -> None:
    """A target with a byte above 0x7F is an arrival."""
    ask_raw(site, b"GET /caf\xe9 HTTP/1.1\r\nConnection: close\r\n\r\n")

    assert site.journal.since(0)[0].target == "/caf\xe9"


def test_site_journals_invalid_http(site: LandingSite) -> None:
    """A request that is not HTTP is an arrival with status 400."""
    answer = ask_raw(site, b"nonsense\r\n\r\n")

    assert answer.startswith(b"HTTP/1.1 400 ")
    assert site.journal.since(0)[0].status == 400


def test_site_answers_several_requests_on_one_connection(site: LandingSite) -> None:
    """A connection is kept for the next request."""
    connection = http.client.HTTPSConnection(
        "127.0.0.1", site.port, context=trusting(), timeout=WAIT_S
    )
    for target in ("/a", "/b"):
        connection.request("POST", target, body="x=y")
        connection.getresponse().read()
    connection.close()

    assert [(one.target, one.body) for one in site.journal.since(0)] == [
        ("/a", "x=y"),
        ("/b", "x=y"),
    ]


def test_page_is_never_cached(site: LandingSite) -> None:
    """Headers forbid caching and foreign scripts, and leave the referrer policy alone."""
    answer = ask(site)

    assert answer.headers["Cache-Control"] == "no-store"
    assert "script-src 'sha256-" in answer.headers["Content-Security-Policy"]
    assert "Referrer-Policy" not in answer.headers


def test_answer_with_changes_the_status_inside_its_block(site: LandingSite) -> None:
    """Other paths keep status 200, and so does this one afterwards."""
    with site.answer_with("/broken", status=503):
        statuses = [ask(site, target).status for target in ("/broken/too", "/fine")]
    statuses.append(ask(site, "/broken/too").status)

    assert statuses == [503, 200, 200]
    assert [one.status for one in site.journal.since(0)] == statuses


def test_latest_answer_counts(site: LandingSite) -> None:
    """Of several answers that fit a path, the one of the inner block is given."""
    with site.answer_with("/a", status=410), site.answer_with("/a/b", status=404):
        assert [ask(site, target).status for target in ("/a/b", "/a")] == [404, 410]


def test_site_that_is_down_cuts_connections(site: LandingSite) -> None:
    """New and open connections are cut; afterwards the site serves on the same port."""
    kept = http.client.HTTPSConnection("127.0.0.1", site.port, context=trusting(), timeout=WAIT_S)

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

    def broken(_: object) -> str:
        raise ZeroDivisionError

    monkeypatch.setattr(page, "render", broken)

    def visit() -> None:
        with LandingSite() as site, pytest.raises((OSError, http.client.HTTPException)):
            ask(site)

    with pytest.raises(SiteBroken, match="ZeroDivisionError"):
        visit()


def test_resolver_rules_map_every_example_host(site: LandingSite) -> None:
    """One rule maps every .example host and port to the site."""
    assert site.resolver_rules == f"MAP *.example 127.0.0.1:{site.port}"
    assert site.origin == "https://merchant.example"


def test_local_name_needs_no_rules_but_its_port() -> None:
    """Browsers without resolver rules find the site by its port."""
    with LandingSite("merchant.localhost") as site:
        assert site.resolver_rules == ""
        assert site.origin == f"https://merchant.localhost:{site.port}"


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
