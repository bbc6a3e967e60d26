"""Start, stop, and errors of the server."""

import socket
import time
from pathlib import Path
from unittest.mock import Mock

import pytest
import requests

from standin import StandIn, StandInFailed
from standin.serving import Serving, bind
from standin.web.api import Api
from tests.standin.command import refused
from tests.standin.shopper import post


def test_standin_starts_within_half_a_second_and_stops() -> None:
    """The start takes at most half a second of CPU time; the stop deletes the CA file."""
    begun = time.process_time()
    standin = StandIn().start()
    started = time.process_time() - begun

    assert standin.ca_file.read_text(encoding="ascii").startswith("-----BEGIN CERTIFICATE")
    assert post(standin, standin.merchant).status_code == 200
    standin.stop()

    assert started < 0.5
    assert not standin.ca_file.exists()
    with pytest.raises(requests.ConnectionError):
        requests.get(standin.api_url, timeout=5)


def test_taken_port_is_one_sentence(tmp_path: Path) -> None:
    """A port in use is reported in one sentence, also by the command, which ends with status 1."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        problem = f"Port {port} is in use: stop what uses it, or choose another port."

        with pytest.raises(StandInFailed, match=f"^{problem}$"):
            StandIn(port=port)
        ended = refused(f"--port={port}", folder=tmp_path)

    assert ended == (1, f"{problem}\n")


def test_certificate_is_refused_by_who_does_not_know_the_authority(standin: StandIn) -> None:
    """A client without the CA file does not connect."""
    with pytest.raises(requests.exceptions.SSLError):
        requests.get(standin.api_url, timeout=5, verify=True)


def test_authority_is_kept_where_a_folder_is_given(tmp_path: Path) -> None:
    """With a folder the next run uses the same authority."""
    with StandIn(ca_folder=tmp_path) as first:
        kept = first.ca_file.read_bytes()
    with StandIn(ca_folder=tmp_path) as second:
        assert second.ca_file.read_bytes() == kept
        assert post(second, second.merchant).status_code == 200


@pytest.mark.parametrize("broken", ["file", "authority"])
def test_unusable_folder_is_one_sentence(tmp_path: Path, broken: str) -> None:
    """A folder that cannot keep the authority is reported in one sentence."""
    folder = tmp_path / "kept"
    if broken == "file":
        folder.touch()
    else:
        folder.mkdir()
        for name in ("ca.pem", "ca-key.pem"):
            (folder / name).write_text("nonsense", encoding="ascii")
    with pytest.raises(StandInFailed, match=r"cannot keep the certificate authority \(.+\): ch"):
        StandIn(ca_folder=folder)


def test_error_in_a_handler_is_raised_by_the_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    """An error in a handler gives the client 500 and is raised by stop."""
    monkeypatch.setattr(Api, "_create", Mock(side_effect=ZeroDivisionError("by design")))
    standin = StandIn().start()
    assert post(standin, standin.merchant).status_code == 500
    with pytest.raises(StandInFailed, match="ZeroDivisionError: by design"):
        standin.stop()


def test_error_of_the_thread_comes_back_to_who_starts_it() -> None:
    """An error of the thread is raised by start."""
    listener = bind(0)
    serving = Serving(lambda *_: None, [(listener, None)])  # type: ignore[arg-type]
    listener.close()
    with pytest.raises(StandInFailed, match="died of"):
        serving.start()
