"""Requests that get no whole answer: each kind of failure is a sentence of its own."""

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import trustme
import urllib3.exceptions
import urllib3.util.connection
from pydantic import SecretStr

from clover.client import CheckoutsClient
from clover.errors import ApiProblem, BadAnswer, Kind, NoAnswer
from clover.transport import explain
from tests.clover.scripted_api import MERCHANT, ORDER, SESSION, TOKEN, Reply, scripted_api

Talk = Callable[[socket.socket], None]


@contextmanager
def _raw_server(talk: Talk) -> Iterator[str]:
    """A server that reads a request and then says whatever ``talk`` says."""

    def serve() -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = listener.accept()
                with connection, contextlib.suppress(OSError):
                    connection.recv(65536)
                    talk(connection)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield f"http://localhost:{listener.getsockname()[1]}"
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()


def _client(url: str, **options: object) -> CheckoutsClient:
    usual: dict[str, object] = {"wait": lambda _seconds: None, "timeout_s": 5.0}
    return CheckoutsClient(url, MERCHANT, SecretStr(TOKEN), **(usual | options))  # type: ignore[arg-type]


def _failure(url: str, **options: object) -> NoAnswer:
    with _client(url, **options) as client, pytest.raises(NoAnswer) as caught:
        client.create(ORDER)
    problem = caught.value
    assert problem.category == "target problem"
    assert problem.__context__ is None
    assert "\n" not in str(problem)
    assert "Traceback" not in str(problem)
    assert str(problem).startswith("POST http")
    assert client.exchanges[-1].failure == str(problem)
    assert client.exchanges[-1].status is None
    return problem


def _closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    """A certificate authority that nobody trusts by default."""
    return trustme.CA()


def _tls(authority: trustme.CA, name: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return context


def test_refused_connection_says_that_the_target_is_down() -> None:
    """Nothing listens: tried three times more, since nothing has been sent."""
    waits: list[float] = []

    problem = _failure(f"http://localhost:{_closed_port()}", wait=waits.append)

    assert problem.kind == Kind.REFUSED
    assert "the target is down or the port is wrong" in str(problem)
    assert len(waits) == 3


def test_connection_that_comes_up_late_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """A target that is still starting is asked again and answers."""
    real = urllib3.util.connection.create_connection
    attempts: list[object] = []

    def late(*where: Any, **how: Any) -> socket.socket:
        attempts.append(where)
        if len(attempts) < 3:
            raise ConnectionRefusedError
        return real(*where, **how)

    monkeypatch.setattr("urllib3.util.connection.create_connection", late)

    with scripted_api() as api, api.client() as client:
        assert client.create(ORDER).session_id == SESSION

    assert len(attempts) == 3
    assert len(api.asked) == 1


def test_unknown_host_says_that_the_name_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name without an address is told as that."""

    def unknown(*_: object, **__: object) -> object:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)

    problem = _failure("https://nowhere.example")

    assert problem.kind == Kind.UNKNOWN_HOST
    assert "no address for nowhere.example" in str(problem)


def test_unreachable_network_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """No way to the host is another thing than a host that refuses."""

    def unreachable(*_: object, **__: object) -> object:
        raise OSError(101, "Network is unreachable")

    monkeypatch.setattr("urllib3.util.connection.create_connection", unreachable)

    assert _failure("https://api.example").kind == Kind.UNREACHABLE


def test_connection_that_is_never_made_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Packets that vanish are a time-out of their own, in which nothing was sent."""

    def silence(*_: object, **__: object) -> object:
        raise TimeoutError("timed out")

    monkeypatch.setattr("urllib3.util.connection.create_connection", silence)

    problem = _failure("https://api.example")

    assert problem.kind == Kind.CONNECT_TIMEOUT
    assert problem.never_sent


def test_untrusted_certificate_says_how_to_trust_it(authority: trustme.CA) -> None:
    """A certificate of an unknown authority is told with the variable that names one."""
    with scripted_api(_tls(authority, "localhost")) as api:
        problem = _failure(api.url)

    assert problem.kind == Kind.UNTRUSTED_CERTIFICATE
    assert "REQUESTS_CA_BUNDLE" in str(problem)
    assert api.asked == []


def test_certificate_of_another_host_is_not_trusted(authority: trustme.CA, tmp_path: Path) -> None:
    """A trusted authority is not enough: the name has to be the host's."""
    ca_file = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(ca_file)

    with scripted_api(_tls(authority, "other.example")) as api:
        problem = _failure(api.url, verify=str(ca_file))

    assert problem.kind == Kind.UNTRUSTED_CERTIFICATE
    assert "localhost" in str(problem)


def test_given_ca_file_beats_the_environment(
    authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The path that the client was given is trusted, whatever REQUESTS_CA_BUNDLE says."""
    ca_file = tmp_path / "ca.pem"
    other = tmp_path / "other.pem"
    authority.cert_pem.write_to_path(ca_file)
    trustme.CA().cert_pem.write_to_path(other)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(other))

    with scripted_api(_tls(authority, "localhost")) as api:
        with _client(api.url, verify=str(ca_file)) as client:
            assert client.create(ORDER).session_id == SESSION
        assert _failure(api.url).kind == Kind.UNTRUSTED_CERTIFICATE


def test_ca_file_of_the_environment_is_trusted(
    authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a path of its own, the client trusts what requests would."""
    ca_file = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(ca_file)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(ca_file))

    with scripted_api(_tls(authority, "localhost")) as api, _client(api.url) as client:
        assert client.create(ORDER).session_id == SESSION


def test_missing_ca_file_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable that names no file is told by its name."""
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "nowhere/ca.pem")

    problem = _failure(f"https://localhost:{_closed_port()}")

    assert problem.kind == Kind.NO_CA_FILE
    assert "REQUESTS_CA_BUNDLE" in str(problem)


def test_plain_server_behind_https_is_told() -> None:
    """A port that does not speak TLS is told as a wrong scheme or port."""
    with scripted_api() as api:
        problem = _failure(api.url.replace("http:", "https:"))

    assert problem.kind == Kind.TLS
    assert "plain HTTP" in str(problem)


def test_broken_handshake_is_told() -> None:
    """A server that hangs up while TLS begins is told as that."""
    with _raw_server(lambda _: None) as url:
        assert _failure(url.replace("http:", "https:")).kind in (Kind.TLS, Kind.CUT)


def test_proxy_that_is_down_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A company's proxy that fails is not taken for the target."""
    monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{_closed_port()}")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)

    problem = _failure("https://api.example")

    assert problem.kind == Kind.PROXY
    assert "NO_PROXY" in str(problem)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (b"", Kind.CUT),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{", Kind.CUT),
        (b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{", Kind.CUT),
        (b"SSH-2.0-OpenSSH_9.2\r\n", Kind.GARBLED),
        (
            b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 3\r\n\r\nabc",
            Kind.GARBLED,
        ),
    ],
    ids=["nothing", "half-a-body", "half-a-chunk", "ssh", "no-gzip"],
)
def test_broken_answer_is_told_and_not_asked_again(said: bytes, kind: Kind) -> None:
    """A connection that is cut, or speaks no HTTP, is an error; the request is not repeated."""
    talks: list[socket.socket] = []

    def talk(connection: socket.socket) -> None:
        talks.append(connection)
        connection.sendall(said)

    with _raw_server(talk) as url:
        problem = _failure(url)

    assert problem.kind == kind
    assert len(talks) == 1
    assert not problem.never_sent


def test_body_that_is_cut_short_is_no_session() -> None:
    """Half of a good answer is no answer."""
    with scripted_api() as api:
        api.replies[:] = [Reply(cut_at=40)]
        assert _failure(api.url).kind == Kind.CUT


def test_headers_that_are_cut_off_are_no_session() -> None:
    """An answer that ends within its headers has nothing to be read."""
    with (
        _raw_server(lambda one: one.sendall(b"HTTP/1.1 200 OK\r\ncontent-le")) as url,
        _client(url) as client,
        pytest.raises(BadAnswer, match="cut off"),
    ):
        client.create(ORDER)


def test_slow_answer_is_a_time_out() -> None:
    """A server that takes the request and stays silent is told, and not asked again."""
    over = threading.Event()
    talks: list[bool] = []

    def talk(_: socket.socket) -> None:
        talks.append(over.wait(5))

    with _raw_server(talk) as url:
        problem = _failure(url, timeout_s=0.2)
        over.set()

    assert problem.kind == Kind.TIMEOUT
    assert "slow or stuck" in str(problem)
    assert len(talks) <= 1


def test_trickling_answer_is_a_time_out() -> None:
    """A server that sends a byte now and then does not hold a test for ever."""
    over = threading.Event()

    def talk(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n")
        while not over.wait(0.05):
            connection.sendall(b" ")

    with _raw_server(talk) as url:
        problem = _failure(url, timeout_s=0.3)
        over.set()

    assert problem.kind == Kind.TIMEOUT


def test_failure_that_nobody_has_seen_is_still_a_sentence() -> None:
    """Whatever libraries raise on the way, something is told, and the host with it."""
    problem = explain(
        urllib3.exceptions.HTTPError("odd"), asked="POST https://api.example/x", host="api.example"
    )

    assert isinstance(problem, ApiProblem)
    assert "api.example" in str(problem)
