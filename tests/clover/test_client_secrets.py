"""Secrecy of the token: it is in the request and nowhere else."""

import json
import logging
import socket
from pathlib import Path
from unittest.mock import Mock

import pytest
from urllib3.util import Retry

from clover.client import CheckoutsClient
from clover.errors import ApiProblem
from tests.clover.scripted_api import ORDER, TOKEN, ScriptedApi

pytest_plugins = ["pytester"]


def _locals_of(caught: pytest.ExceptionInfo[BaseException]) -> str:
    """Return what pytest could print of every frame below the test's."""
    return " ".join(repr(entry.locals) for entry in caught.traceback[1:])


def test_echoed_token_is_redacted(api: ScriptedApi, client: CheckoutsClient) -> None:
    """A token that the server repeats is redacted in messages, answers and exchanges."""
    api.answer(401, {"message": f"Bad token {TOKEN}"}, {"X-Echo": TOKEN})
    with pytest.raises(ApiProblem, match=r"Bad token \[redacted\]") as caught:
        client.create(ORDER)
    answer = client.post({})

    shown = f"{caught.value} {caught.value!r} {vars(caught.value)} {answer!r} {answer.headers}"
    assert TOKEN not in f"{shown} {client.exchanges} {client!r} {_locals_of(caught)}"


def test_token_in_the_request_is_redacted(api: ScriptedApi, client: CheckoutsClient) -> None:
    """A token in a body or an address is redacted in the evidence, but sent."""
    client.post({"note": TOKEN})
    client.post(f"<{TOKEN}>".encode())
    client.read_back(TOKEN)
    assert TOKEN not in repr(client.exchanges)
    assert TOKEN in api.asked[0].body.decode()


def test_debug_log_has_no_token(client: CheckoutsClient, caplog: pytest.LogCaptureFixture) -> None:
    """The debug log of requests and urllib3 does not contain the token."""
    with caplog.at_level(logging.DEBUG):
        client.create(ORDER)
    assert caplog.records
    assert TOKEN not in caplog.text


@pytest.mark.parametrize("error", [KeyboardInterrupt, RuntimeError, MemoryError])
def test_interrupted_request_shows_no_frame_with_the_token(
    client: CheckoutsClient, monkeypatch: pytest.MonkeyPatch, error: type[BaseException]
) -> None:
    """An interrupt or a timeout while sending hides the frames that hold the token."""
    for method in ("sendall", "send"):
        monkeypatch.setattr(socket.socket, method, Mock(side_effect=error))

    with pytest.raises(error) as caught:
        client.create(ORDER)

    assert Path(caught.traceback[-1].path).name == "client.py"
    assert TOKEN not in _locals_of(caught)


def test_locals_show_no_token(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    """Failures with --showlocals, the worst case, do not print the token."""
    monkeypatch.setattr(Retry, "sleep", lambda *_: None)
    root = Path(__file__).parents[2]
    pytester.syspathinsert(root)
    pytester.makepyfile(
        f"""
        from pydantic import SecretStr
        from clover.client import CheckoutsClient
        from tests.clover.scripted_api import ORDER, Reply, scripted_api

        token = SecretStr({json.dumps(TOKEN[:18])} + {json.dumps(TOKEN[18:])})

        def test_refused():
            with scripted_api() as api:
                api.answer(401, {{"message": "no"}})
                url = api.url
                opened = CheckoutsClient(url, "MERCHANT12345", token)
                del api  # it keeps the requests with their headers
                opened.create(ORDER)

        def test_down():
            CheckoutsClient("http://localhost:1", "MERCHANT12345", token).create(ORDER)
        """
    )

    result = pytester.runpytest_inprocess(
        "--showlocals", "-vv", "-p", "no:randomly", "-p", "no:playwright"
    )

    result.assert_outcomes(failed=2)
    output = result.stdout.str() + result.stderr.str()
    assert TOKEN not in output
    assert "self = CheckoutsClient(" in " ".join(output.split())
    assert "Refused: POST http://localhost" in output
    assert "NoAnswer: POST http://localhost:1" in output
