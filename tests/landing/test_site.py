"""The merchant's site, over real sockets."""

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
    """A client that does not look at certificates: the browser's pin is tried in e2e."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def ask(
    site: LandingSite, target: str = "/", *, method: str = "GET", secure: bool = True
) -> http.client.HTTPResponse:
    """One request on a connection of its own; the answer is read whole."""
    connection: http.client.HTTPConnection
    if secure:
        connection = http.client.HTTPSConnection(
            "127.0.0.1", site.port, context=trusting(), timeout=WAIT_S
        )
    else:
        connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=WAIT_S)
    connection.request(method, target, headers={"Host": "merchant.example"})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


def ask_raw(site: LandingSite, request: bytes) -> bytes:
    """Send bytes in clear and return all that comes back."""
    with socket.create_connection(("127.0.0.1", site.port), timeout=WAIT_S) as connection:
        connection.sendall(request)
        answer = b""
        while chunk := connection.recv(65536):
            answer += chunk
    return answer


def test_site_journals_a_request_over_tls(site: LandingSite) -> None:
    """Method, scheme, host, target and the answer's status."""
    ask(site, "/success?a=b+c&a=%20&x")

    (arrival,) = site.journal.since(0)
    assert (arrival.method, arrival.url, arrival.status) == (
        "GET",
        "https://merchant.example/success?a=b+c&a=%20&x",
        200,
    )


def test_site_witnesses_plain_http_on_the_same_port(site: LandingSite) -> None:
    """A downgrade shows as http, whatever the port in its address."""
    ask(site, "/success", secure=False)

    assert [one.url.partition(":")[0] for one in site.journal.since(0)] == ["http"]


@pytest.mark.parametrize(
    "target", ["/?", "//a//b", "/a/../b", "/%2e?%41", "/" + "x" * 8000 + "?" + "y" * 8000]
)
def test_site_keeps_the_target_as_on_the_wire(site: LandingSite, target: str) -> None:
    """Through TLS and threads too."""
    ask(site, target)

    assert site.journal.since(0)[0].target == target


def test_site_journals_bytes_beyond_ascii(site: LandingSite) -> None:
    """What a server for applications would refuse unseen."""
    ask_raw(site, b"GET /caf\xe9 HTTP/1.1\r\nConnection: close\r\n\r\n")

    assert site.journal.since(0)[0].target == "/caf\xe9"


def test_site_journals_what_is_no_http(site: LandingSite) -> None:
    """And answers 400, so that the sender knows."""
    answer = ask_raw(site, b"nonsense\r\n\r\n")

    assert answer.startswith(b"HTTP/1.1 400 ")
    assert site.journal.since(0)[0].status == 400


def test_site_answers_several_requests_on_one_connection(site: LandingSite) -> None:
    """Browsers keep connections."""
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
    """Back, forward and reload ask again."""
    answer = ask(site)

    assert answer.headers["Cache-Control"] == "no-store"
    assert "script-src 'sha256-" in answer.headers["Content-Security-Policy"]
    assert "Referrer-Policy" not in answer.headers


def test_answer_with_holds_under_its_path_and_no_longer_than_wanted(site: LandingSite) -> None:
    """Other paths are served as before, and so is this one afterwards."""
    with site.answer_with("/broken", status=503, headers={"Retry-After": "1"}):
        broken, other = ask(site, "/broken/too"), ask(site, "/fine")
    mended = ask(site, "/broken/too")

    assert (broken.status, other.status, mended.status) == (503, 200, 200)
    assert broken.headers["Retry-After"] == "1"
    assert [one.status for one in site.journal.since(0)] == [503, 200, 200]


def test_longest_path_wins_then_the_latest(site: LandingSite) -> None:
    """A general answer does not hide a special one, whichever came first."""
    with (
        site.answer_with("/a/b", status=404),
        site.answer_with("/a", status=410),
        site.answer_with("/a", status=418),
    ):
        assert [ask(site, target).status for target in ("/a/b", "/a")] == [404, 418]


def test_delayed_answer_is_journaled_at_once(site: LandingSite) -> None:
    """The shopper arrived, though the merchant is slow; the end of the delay frees the answer."""
    statuses: list[int] = []
    with site.answer_with("/slow", status=202, delay_s=60):
        shopper = threading.Thread(target=lambda: statuses.append(ask(site, "/slow").status))
        shopper.start()

        assert site.journal.wait_for(lambda _: True, since=0, timeout_s=WAIT_S) is not None
        assert statuses == []
    shopper.join(WAIT_S)

    assert statuses == [202]


def test_site_that_is_down_cuts_connections(site: LandingSite) -> None:
    """New ones and open ones; afterwards it serves again on the same port."""
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
    """Idle connections, half-made ones and delayed answers do not hold it up."""
    before = set(threading.enumerate())
    with LandingSite() as site, site.answer_with("/slow", delay_s=60):
        port = site.port
        idle = socket.create_connection(("127.0.0.1", port))
        slow = socket.create_connection(("127.0.0.1", port))
        slow.sendall(b"GET /slow HTTP/1.1\r\n\r\n")
        site.journal.wait_for(lambda _: True, since=0, timeout_s=WAIT_S)
        began = time.monotonic()

    assert time.monotonic() - began < WAIT_S / 2
    assert {one for one in threading.enumerate() if one.is_alive()} <= before
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=WAIT_S)
    idle.close()
    slow.close()


def test_failure_of_the_site_is_raised_in_the_caller(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not lost in a thread."""

    def broken(_: object) -> str:
        raise ZeroDivisionError

    monkeypatch.setattr(page, "render", broken)

    def visit() -> None:
        with LandingSite() as site, pytest.raises((OSError, http.client.HTTPException)):
            ask(site)

    with pytest.raises(SiteBroken, match="ZeroDivisionError"):
        visit()


def test_rules_lead_every_example_host_here(site: LandingSite) -> None:
    """Whatever the port in the address: the site tells TLS from plain HTTP by itself."""
    assert site.resolver_rules == f"MAP *.example 127.0.0.1:{site.port}"
    assert site.origin == "https://merchant.example"


def test_local_name_needs_no_rules_but_its_port() -> None:
    """For browsers that cannot be told how to resolve a name."""
    with LandingSite("merchant.localhost") as site:
        assert site.resolver_rules == ""
        assert site.origin == f"https://merchant.localhost:{site.port}"


@pytest.mark.parametrize("name", ["merchant.com", "example", "merchant.example.com", ""])
def test_name_that_may_be_real_is_refused(name: str) -> None:
    """A mapping must never hide somebody's host."""
    with pytest.raises(ValueError, match=r"ends in \.example or \.localhost"):
        LandingSite(name)


def test_two_sites_share_nothing() -> None:
    """Each worker has its own port, key and journal."""
    with LandingSite() as one, LandingSite() as other:
        ask(one)

        assert (one.journal.mark(), other.journal.mark()) == (1, 0)
        assert one.port != other.port
        assert one.spki != other.spki
