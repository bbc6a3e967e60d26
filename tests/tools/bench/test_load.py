"""The load generator and the servers that it is let loose on."""

from collections.abc import Iterator

import pytest

from tools.bench.child import Child, ChildFailed
from tools.bench.load import LoadProblem, connect, drive, write_request


@pytest.fixture
def server() -> Iterator[Child]:
    """The stand-in's API in a process of its own, without TLS."""
    with Child("tools.bench.server", "standin") as child:
        yield child


def test_clients_create_as_many_sessions_as_are_counted(server: Child) -> None:
    """Every answer that is counted is a session that the stand-in holds."""
    hello = server.hello
    request = write_request(hello["id"], hello["token"])
    clients = [connect(hello["port"], request, tls=False) for _ in range(3)]

    answered, seconds = drive(clients, 50)
    for client in clients:
        client.connection.close()

    # Each client may have one more on its way when the counting ends.
    assert 50 <= answered <= server.ask()["sessions"] <= answered + len(clients)
    assert seconds > 0


def test_refused_request_ends_the_measurement(server: Child) -> None:
    """Refusals are quick, and must not be counted as sessions."""
    hello = server.hello
    client = connect(hello["port"], write_request(hello["id"], "wrong"), tls=False)

    with pytest.raises(LoadProblem, match="401"):
        drive([client], 5)
    client.connection.close()


def test_forgotten_sessions_leave_the_books(server: Child) -> None:
    """Long after they expired, sessions are gone as soon as another one is created."""
    assert server.ask(fill=100)["sessions"] == 100

    assert server.ask(advance_s=7200, fill=101)["sessions"] == 101
    assert server.ask(fill=102)["sessions"] == 1


def test_child_that_cannot_start_says_so() -> None:
    """A process that ends without a word is an error, not a hang."""
    with pytest.raises(ChildFailed, match="said nothing, and ended with 2"):
        Child("tools.bench.server", "nonsense").__enter__()
