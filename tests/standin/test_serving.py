"""Start, stop, and errors of the server."""

import socket
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from unittest.mock import Mock

import pytest
import requests
import trustme

from standin import StandIn, StandInFailed
from standin.serving import Serving, bind
from standin.tls import make_identity
from standin.web.api import Api
from tests.standin.command import refused
from tests.standin.shopper import post

OTHER = trustme.CA(organization_name="Another program")


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


def test_stand_ins_that_start_at_once_have_one_authority(tmp_path: Path) -> None:
    """Only its owner may read the key."""
    folder = tmp_path / "new" / "kept"
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: make_identity(folder).ca_pem, range(8)))

    assert set(made) == {(folder / "ca.pem").read_bytes()}
    assert sys.platform == "win32" or (folder / "ca-key.pem").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        (None, "Not a directory"),
        ({"notes.txt": b"mine"}, "it holds other files"),
        ({"ca.pem": b"nonsense", "ca-key.pem": b"nonsense"}, "its files hold no authority"),
        (
            {"ca.pem": OTHER.cert_pem.bytes(), "ca-key.pem": OTHER.private_key_pem.bytes()},
            "its authority is not the stand-in's",
        ),
    ],
    ids=["file", "other files", "nonsense", "authority of another program"],
)
def test_folder_that_is_not_ours_is_refused(
    tmp_path: Path, files: dict[str, bytes] | None, reason: str
) -> None:
    """Whoever trusts the authority must not trust another one, and no other file is touched."""
    folder = tmp_path / "kept"
    if files is None:
        folder.touch()
    else:
        folder.mkdir()
        for name, content in files.items():
            (folder / name).write_bytes(content)

    with pytest.raises(StandInFailed) as refused:
        StandIn(ca_folder=folder)

    assert str(refused.value) == (
        f"The folder {folder} cannot keep the certificate authority ({reason}): choose another."
    )
    if files is not None:
        assert {path.name: path.read_bytes() for path in folder.iterdir()} == files


def test_stop_answers_requests_that_are_there_and_accepts_no_more() -> None:
    """A client that waits for its answer gets it."""
    came = threading.Event()
    standin = StandIn(latency_ms=500, on_create=lambda _: came.set()).start()
    with ThreadPoolExecutor() as pool:
        waiting = pool.submit(post, standin, standin.merchant)
        assert came.wait(5)
        standin.stop()

    assert waiting.result().status_code == 200
    with pytest.raises(requests.ConnectionError):
        requests.get(standin.api_url, timeout=5)


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
