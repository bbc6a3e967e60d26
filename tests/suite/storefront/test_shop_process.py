"""Tests of the shop's process: it starts, answers, and ends with all its children."""

import socket
import sys
from pathlib import Path

import psutil
import pytest

from suite.storefront.problems import ShopProblem
from suite.storefront.shop_process import CA_NAMES, ShopProcess, shop_environment

SHOP = """
import http.server, os, subprocess, sys
print("token", os.environ["CLOVER_PRIVATE_TOKEN"], flush=True)
child = subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"])
print("child", child.pid, flush=True)
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(503)
        self.end_headers()
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
"""


@pytest.fixture
def port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        number: int = taken.getsockname()[1]
        return number


def shop(tmp_path: Path, port: int, command: str = "") -> ShopProcess:
    """A shop whose program lies in the case's folder."""
    (tmp_path / "shop.py").write_text(SHOP, encoding="utf-8")
    return ShopProcess(
        command or f"{sys.executable} shop.py {port}",
        url=f"http://127.0.0.1:{port}/",
        folder=tmp_path,
        environment={"CLOVER_PRIVATE_TOKEN": "5fd3b1a2"},
        log=tmp_path / "logs" / "shop.log",
    )


def test_shop_answers_and_ends_with_its_children(tmp_path: Path, port: int) -> None:
    """The command runs in its folder with its settings; no child outlives it."""
    with shop(tmp_path, port) as running:
        words = running.log.read_text(encoding="utf-8").split()
        child = int(words[words.index("child") + 1])
        assert psutil.pid_exists(child)
        assert words[words.index("token") + 1] == "5fd3b1a2"

    assert not psutil.pid_exists(child) or psutil.Process(child).status() == "zombie"


def test_command_that_ends_shows_its_last_output(tmp_path: Path, port: int) -> None:
    """A shop that dies before it answers is a problem with the exit code and the last lines."""
    code = "import sys; print('no such module: cake'); sys.exit(3)"

    with pytest.raises(ShopProblem, match=r"exit code 3[\s\S]*no such module: cake"):
        shop(tmp_path, port, f'{sys.executable} -c "{code}"').start()


def test_command_that_does_not_exist_is_named(tmp_path: Path, port: int) -> None:
    """A command that cannot be run is a problem, not a traceback."""
    with pytest.raises(ShopProblem, match="`no-such-shop --now` cannot be run"):
        shop(tmp_path, port, "no-such-shop --now").start()


def test_silent_shop_is_stopped_at_the_time_limit(tmp_path: Path, port: int) -> None:
    """A command that never answers is stopped, and the message says to check the port."""
    silent = shop(tmp_path, port, f'{sys.executable} -c "import signal; signal.pause()"')

    with pytest.raises(ShopProblem, match="check the port"):
        silent.start(within_s=0.3)


def test_url_that_answers_already_is_refused(tmp_path: Path, port: int) -> None:
    """A second shop on the same port would test the wrong one."""
    with shop(tmp_path, port), pytest.raises(ShopProblem, match="answers before"):
        shop(tmp_path, port).start()


def test_environment_names_the_authority_for_each_client(tmp_path: Path) -> None:
    """Python, curl and Node read the authority under names of their own."""
    ca_file = tmp_path / "ca.pem"

    known = shop_environment(api_url="https://a", merchant_id="M", token="t", ca_file=ca_file)
    usual = shop_environment(api_url="https://a", merchant_id="M", token="t", ca_file=None)

    assert {known[name] for name in CA_NAMES} == {str(ca_file)}
    assert set(usual) == {"CLOVER_API_URL", "CLOVER_MERCHANT_ID", "CLOVER_PRIVATE_TOKEN"}
