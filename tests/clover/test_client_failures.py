"""Requests without a complete answer: each kind of failure has its own sentence."""

import http.client
import socket
import ssl
import threading
from pathlib import Path
from unittest.mock import Mock

import pytest
import trustme
import urllib3.exceptions
from urllib3.util import Retry

from clover.errors import BadAnswer, NoAnswer
from clover.hints import failure_hint
from tests.clover.scripted_api import ORDER, Reply, new_client, scripted_api

NEXT_TO_CONNECT = "urllib3.util.connection.create_connection"


@pytest.fixture(autouse=True)
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The pauses between attempts to connect, which are recorded and not waited."""
    counted: list[object] = []
    monkeypatch.setattr(Retry, "sleep", lambda _, response=None: counted.append(response))
    return counted


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    """A certificate authority that no client trusts by default."""
    return trustme.CA()


@pytest.fixture
def ca_file(authority: trustme.CA, tmp_path: Path) -> str:
    """The authority's certificate."""
    return _pem(authority, tmp_path / "ca.pem")


def _pem(authority: trustme.CA, path: Path) -> str:
    authority.cert_pem.write_to_path(path)
    return str(path)


def _tls(authority: trustme.CA, name: str = "localhost") -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return context


def _failure(url: str, **options: object) -> str:
    with new_client(url, **options) as client, pytest.raises(NoAnswer) as caught:
        client.create(ORDER)
    message = str(caught.value)
    assert (caught.value.category, caught.value.__context__) == ("target problem", None)
    assert message.startswith("POST http")
    assert "\n" not in message
    assert [exchange.failure for exchange in client.exchanges] == [message]
    assert client.exchanges[-1].status is None
    return message


@pytest.fixture
def closed_port() -> int:
    """A port on which nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def test_refused_connection_means_a_dead_target(closed_port: int, pauses: list[object]) -> None:
    """If nothing listens, the client tries three times more, since it has sent nothing."""
    assert "the target is down or the port is wrong" in _failure(f"http://localhost:{closed_port}")
    assert len(pauses) == 3


@pytest.mark.parametrize(("function", "error", "words"), [
    ("socket.getaddrinfo", socket.gaierror(socket.EAI_NONAME, "Name or service not known"),
     "found no address for api.example"),
    (NEXT_TO_CONNECT, OSError(101, "Network is unreachable"), "did not reach api.example"),
    (NEXT_TO_CONNECT, TimeoutError("timed out"), "no connection to api.example in time"),
])  # fmt: skip
def test_host_that_cannot_be_reached_is_reported(
    monkeypatch: pytest.MonkeyPatch, function: str, error: Exception, words: str
) -> None:
    """An unknown name, a missing route and lost packets are told apart."""
    monkeypatch.setattr(function, Mock(side_effect=error))
    assert words in _failure("https://api.example")


def test_untrusted_certificate_is_refused(authority: trustme.CA, ca_file: str) -> None:
    """The message for an unknown authority says how to trust it; the name must be right too."""
    with scripted_api(_tls(authority)) as api:
        assert "REQUESTS_CA_BUNDLE" in _failure(api.url)
    with scripted_api(_tls(authority, "other.example")) as other:
        message = _failure(other.url, verify=ca_file)

    assert "did not trust the certificate of localhost" in message
    assert api.asked == other.asked == []


def test_ca_file_of_the_environment_is_trusted_unless_another_is_given(
    authority: trustme.CA, ca_file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """REQUESTS_CA_BUNDLE is trusted, but a given path beats it."""
    other = _pem(trustme.CA(), tmp_path / "other.pem")

    with scripted_api(_tls(authority)) as api:
        for bundle, given, wrong in ((ca_file, True, other), (other, ca_file, True)):
            monkeypatch.setenv("REQUESTS_CA_BUNDLE", bundle)
            with api.client(verify=given) as client:
                client.create(ORDER)
            assert "did not trust the certificate" in _failure(api.url, verify=wrong)


@pytest.mark.parametrize(("variable", "value", "words"), [
    ("REQUESTS_CA_BUNDLE", "nowhere/ca.pem", "correct REQUESTS_CA_BUNDLE"),
    ("https_proxy", "http://127.0.0.1:{port}", "add api.example to NO_PROXY"),
])  # fmt: skip
def test_failure_caused_by_the_environment_names_the_variable(
    closed_port: int, monkeypatch: pytest.MonkeyPatch, variable: str, value: str, words: str
) -> None:
    """A missing file of certificates or a proxy that is down is not mistaken for the target."""
    monkeypatch.setenv(variable, value.format(port=closed_port))
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    assert words in _failure("https://api.example")


def test_plain_server_behind_https_is_reported() -> None:
    """A port that does not speak TLS means a wrong scheme or port."""
    with scripted_api() as api:
        assert "plain HTTP" in _failure(api.url.replace("http:", "https:"))


@pytest.mark.parametrize(("reply", "words"), [
    (b"", "the connection was cut"),
    (b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{", "the connection was cut"),
    (b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{", "the connection was cut"),
    (b"SSH-2.0-OpenSSH_9.2\r\n", "not readable HTTP"),
    (b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 3\r\n\r\nabc",
     "not readable HTTP"),
], ids=["nothing", "half-a-body", "half-a-chunk", "ssh", "no-gzip"])  # fmt: skip
def test_broken_answer_is_not_tried_again(reply: bytes, words: str, pauses: list[object]) -> None:
    """A request that has reached the server is never repeated."""
    with scripted_api() as api:
        api.replies[:] = [Reply(talk=lambda connection: connection.sendall(reply))]
        assert words in _failure(api.url)
    assert len(api.asked) == 1
    assert pauses == []


def test_headers_that_are_cut_off_are_no_session() -> None:
    """An answer that ends within its headers is unusable."""
    with scripted_api() as api, api.client() as client:
        api.replies[:] = [Reply(talk=lambda one: one.sendall(b"HTTP/1.1 200 OK\r\ncontent-le"))]
        with pytest.raises(BadAnswer, match="cut off"):
            client.create(ORDER)


@pytest.mark.parametrize("starts", [False, True], ids=["silence", "trickle"])
def test_slow_answer_is_a_timeout(*, starts: bool) -> None:
    """A silent server, or one that sends a byte now and then, is reported and not asked again."""
    over = threading.Event()

    def talk(connection: socket.socket) -> None:
        if starts:
            connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n")
        while not over.wait(0.05):
            connection.sendall(b" " if starts else b"")

    with scripted_api() as api:
        api.replies[:] = [Reply(talk=talk)]
        message = _failure(api.url, timeout_s=0.3)
        over.set()

    assert "slow or stuck" in message
    assert len(api.asked) == 1


@pytest.mark.parametrize(("error", "words"), [
    (ssl.SSLEOFError(8, "EOF occurred in violation of protocol"), "could not agree on TLS"),
    (urllib3.exceptions.HTTPError("odd"), "the connection was cut"),
    (urllib3.exceptions.ProtocolError("", ConnectionResetError(104, "reset")), "was cut"),
    (http.client.LineTooLong("header line"), "not readable HTTP"),
])  # fmt: skip
def test_other_failures_have_a_sentence(error: BaseException, words: str) -> None:
    """Every exception of the libraries leads to a message that names the host."""
    message = failure_hint(error, "api.example")
    assert words in message
    assert "api.example" in message
