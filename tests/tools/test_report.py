"""``make report``: the report of the newest results, with a trace viewer one click away."""

import os
import signal
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path
from threading import Thread

import pytest
import requests
from playwright.sync_api import Browser, expect

from suite.reporting.groups import group
from suite.reporting.html.report import VIEWER, render
from tests.suite.samples import bug
from tools import report

HOST = "http://127.0.0.1"


@pytest.fixture
def results(tmp_path: Path) -> Path:
    """The results of a run with one red test."""
    made = bug()
    made.trace = "trace.zip"
    (tmp_path / made.folder).mkdir()
    (tmp_path / "report.html").write_text(render([made], group([made]), tmp_path), encoding="utf-8")
    return tmp_path


def test_one_click_opens_the_trace(results: Path, own_browser: Browser) -> None:
    """The link of a red test leads to the viewer, which shows the actions of the test."""
    with own_browser.new_context() as context:
        context.tracing.start()
        page = context.new_page()
        page.set_content("<button>Pay</button>")
        page.get_by_role("button").click()
        context.tracing.stop(path=results / "test_bug" / "trace.zip")
    with report.server(results) as server, own_browser.new_context() as context:
        Thread(target=server.serve_forever, daemon=True).start()
        page = context.new_page()
        page.goto(f"{HOST}:{server.server_port}/")

        page.get_by_role("link", name="Open the trace").click()

        expect(page.get_by_text('get_by_role("button")').first).to_be_visible(timeout=20_000)
        server.shutdown()


@pytest.mark.parametrize("up", ["..", "%2e%2e"])
def test_nothing_outside_the_results_is_served(results: Path, up: str) -> None:
    """The server listens on loopback, and a path cannot leave its two folders."""
    with report.server(results / "test_bug") as server:
        Thread(target=server.serve_forever, daemon=True).start()
        found = []
        for path in (f"/{up}/report.html", f"/{VIEWER}/{up}/{up}/{up}/package.json"):
            connection = HTTPConnection("127.0.0.1", server.server_port, timeout=10)
            connection.request("GET", path)
            found.append(connection.getresponse().status)
            connection.close()
        server.shutdown()

    assert server.server_address[0] == "127.0.0.1"
    assert found == [404, 404]


@pytest.mark.skipif(sys.platform == "win32", reason="sends signals of POSIX")
def test_interrupt_ends_the_server(results: Path) -> None:
    """Ctrl-C ends it with exit code 0 and no traceback."""
    command = [sys.executable, "-m", "tools.report", str(results)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        shown = requests.get(address, timeout=10).text
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=20)

    assert "1 redirect bug in 1 test" in shown
    assert (process.returncode, said) == (0, "")


def test_newest_results_are_served(results: Path) -> None:
    """`make test` leaves one folder for each behaviour in the folder of the results."""
    inner = results / "measured"
    inner.mkdir()
    (inner / "report.html").touch()
    os.utime(results / "report.html", (1, 1))

    assert report.newest(results) == inner
    os.utime(inner / "report.html", (0, 0))
    assert report.newest(results) == results


def test_missing_results_are_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a report there is nothing to serve, and the sentence says what to do."""
    assert report.main([str(tmp_path)]) == 2
    [sentence] = capsys.readouterr().err.splitlines()
    assert sentence.startswith(f"{tmp_path} has no report.html: run `make e2e` first")
