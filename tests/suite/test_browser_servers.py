"""Browsers on other machines: addresses, refusals, the way back to this machine, and losses."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright._impl._driver import compute_driver_executable
from playwright.sync_api import Playwright

from suite.browser_servers import BrowserServers, NoBrowserServer
from suite.browsers import find_browser
from suite.engines import engine
from suite.settings.endpoint import read_endpoints
from suite.settings.settings import SettingsProblem, load_settings
from tests.suite.nested_run import RESULTS, run_tests

ADDRESS = "wss://me77:pass%40word@grid.example:4444/pw?token=tok-998877&browser=chromium"
CAPS = 'wss://grid.example/?caps={"a":1,"x.accessKey":"key-123456"},ws://127.0.0.1:3000'


def test_address_has_its_secrets_apart() -> None:
    """Messages have the name; user, password and token are secrets, and the browser is none."""
    (endpoint,) = read_endpoints(ADDRESS)
    assert endpoint.name == "wss://grid.example:4444"
    assert ADDRESS not in repr(endpoint)
    secrets = [secret.get_secret_value() for secret in endpoint.secrets]
    assert secrets == ["me77", "pass@word", "tok-998877"]

    grid, local = read_endpoints(CAPS)
    assert [secret.get_secret_value() for secret in grid.secrets] == ["key-123456"]
    assert (grid.name, local.name, local.secrets) == (
        "wss://grid.example",
        "ws://127.0.0.1:3000",
        (),
    )


@pytest.mark.parametrize("text", ["http://u:secret9@h:1", "secret9", "ws://", "ws://a, secret9"])
def test_wrong_address_ends_the_run_before_the_first_test(text: str) -> None:
    """The sentence names the option or the variable, and not the value."""
    for given in ({"connect": text, "environ": {}}, {"environ": {"REDIRECT_CONNECT": text}}):
        with pytest.raises(
            SettingsProblem, match="is none of a browser server: write ws"
        ) as caught:
            load_settings(dotenv_path=None, **given)
        assert caught.value.sentences[0].startswith(("--connect", "REDIRECT_CONNECT"))
        assert "secret9" not in str(caught.value)


def test_path_of_the_browser_is_the_servers() -> None:
    """CHROMIUM_PATH need not exist on this machine, and the option overrides the variable."""
    environ = {"CHROMIUM_PATH": "/nowhere", "REDIRECT_CONNECT": "ws://a:1"}
    settings = load_settings(connect="ws://b:2", environ=environ, dotenv_path=None)
    assert settings.chromium_path == Path("/nowhere")
    assert [endpoint.name for endpoint in settings.endpoints] == ["ws://b:2"]


def test_remote_browser_lacks_more() -> None:
    """Its abilities are those of the browser without host names and shops of this machine."""
    firefox = engine("firefox", is_remote=True)
    assert "another machine" in firefox.skip_reason({"needs_all_hosts"})
    assert firefox.skip_reason({"needs_touch"}) == "Playwright cannot touch in Firefox"
    assert engine("chromium", is_remote=True).skip_reason({"core", "needs_touch"}) == ""


@contextmanager
def _web_server(status: int, body: str) -> Iterator[str]:
    """A server that answers everything so; yields its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None:
            """Print nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


MISMATCH = "║ Playwright version mismatch:  ║\n║   - server version: v1.2 ║"


@pytest.mark.parametrize(("status", "body", "words"), [
    (428, MISMATCH, "has Playwright 1.2, and this suite 1.64"),
    (401, "secret9", "did not accept the credentials: correct them in the address"),
    (404, "secret9", "answered like a web server: correct the path of the address"),
    (500, "Executable doesn't exist", "could not start the browser: install it there"),
])  # fmt: skip
def test_refusal_is_one_sentence(
    playwright: Playwright, status: int, body: str, words: str
) -> None:
    """It has cause and cure, and neither the credentials nor the server's words."""
    with _web_server(status, body) as host:
        endpoints = read_endpoints(f"ws://u:secret9@{host}/?token=secret9")
        servers = BrowserServers(endpoints, first=0, launch={}, reachable="")
        with pytest.raises(NoBrowserServer) as caught:
            servers.start(playwright.chromium)

    assert str(caught.value).startswith(f"The browser server ws://{host} {words}")
    assert caught.value.category == "target problem"
    assert "secret9" not in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


@pytest.mark.parametrize(("address", "words"), [
    ("ws://127.0.0.1:9", "refused the connection: start a browser server there"),
    ("ws://nowhere.invalid:9", "has a host that this machine cannot resolve"),
])  # fmt: skip
def test_server_that_is_not_there_is_one_sentence(
    playwright: Playwright, address: str, words: str
) -> None:
    """A second start says the same at once."""
    servers = BrowserServers(read_endpoints(address), first=1, launch={}, reachable="")
    for _ in range(2):
        with pytest.raises(NoBrowserServer, match=f"^The browser server {address} {words}"):
            servers.start(playwright.chromium)


def test_server_without_tls_is_told_so(playwright: Playwright) -> None:
    """A wss:// address of a server that speaks plain HTTP names the cure."""
    with _web_server(200, "") as host:
        servers = BrowserServers(read_endpoints(f"wss://{host}"), first=0, launch={}, reachable="")
        with pytest.raises(NoBrowserServer, match="begin the address of a server without TLS"):
            servers.start(playwright.chromium)


@contextmanager
def _elsewhere() -> Iterator[tuple[list[str], str]]:
    """Another machine: a network namespace, or else another address of this one.

    Yields:
        the words before a command there, and the machine's address.
    """
    name, net = f"redirects-{os.getpid()}", f"10.213.{os.getpid() % 250}"
    veth = f"rd{os.getpid()}"
    inside = ["ip", "netns", "exec", name]
    steps = (
        ["ip", "netns", "add", name],
        ["ip", "link", "add", veth, "type", "veth", "peer", "name", "there", "netns", name],
        ["ip", "addr", "add", f"{net}.1/30", "dev", veth],
        ["ip", "link", "set", veth, "up"],
        [*inside, "ip", "addr", "add", f"{net}.2/30", "dev", "there"],
        [*inside, "ip", "link", "set", "there", "up"],
        [*inside, "ip", "link", "set", "lo", "up"],
    )
    try:
        for step in steps:
            subprocess.run(step, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        yield [], "127.0.0.2"
    else:
        yield inside, f"{net}.2"
    finally:
        subprocess.run(["ip", "netns", "delete", name], check=False, capture_output=True)


@contextmanager
def _server(prefix: list[str], host: str) -> Iterator[tuple[int, str]]:
    """A browser server; yields its process id and its address."""
    command = [*prefix, *compute_driver_executable(), "run-server", "--unsafe"]
    with subprocess.Popen(
        [*command, "--host", host, "--port", "0"], stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        yield server.pid, server.stdout.readline().split()[-1].removeprefix("ws://").rstrip("/")
        server.kill()


TESTS = '''
    import os
    import signal

    import pytest

    from records.outcome import Outcome
    from suite.checkout.assertions import must_land


    @pytest.fixture
    def shopper(merchant, open_checkout):
        return open_checkout(merchant.create_checkout(merchant.urls("?order=7")))


    @pytest.mark.sandbox
    def test_before(shopper):
        """Leaving leads to the cancel URL."""
        shopper.cancel()
        must_land(shopper, Outcome.CANCEL)


    @pytest.mark.sandbox
    def test_loses_its_server(merchant, editor, shopper):
        """Nothing is judged without a browser."""
        editor.set(merchant.urls("?from=dashboard"))
        os.kill(int(os.environ["SERVER"]), signal.SIGKILL)
        must_land(shopper, Outcome.CANCEL)


    @pytest.mark.sandbox
    def test_after(shopper):
        """Leaving leads to the cancel URL."""
        shopper.cancel()
        must_land(shopper, Outcome.CANCEL)


    @pytest.mark.sandbox
    @pytest.mark.needs_all_hosts
    def test_needs_more(merchant):
        """A remote browser cannot do it."""
'''


@pytest.mark.skipif(sys.platform != "linux", reason="needs a second loopback address")
def test_lost_server_is_named_and_replaced(tmp_path: Path) -> None:
    """A browser of another machine lands here; after a loss the next tests use another server.

    The first address is one of a server that is not there. The dashboard, which the lost test had
    changed, is restored in a browser of another server.
    """
    with ExitStack() as stack:
        prefix, host = stack.enter_context(_elsewhere())
        pid, first = stack.enter_context(_server(prefix, host))
        _, second = stack.enter_context(_server(prefix, host))
        code, printed, records = run_tests(
            tmp_path,
            TESTS,
            *(
                "--connect",
                f"ws://{host}:9,ws://me77:secret99@{first}/?token=tok-998877,ws://{second}",
            ),
            SERVER=str(pid),
            CHROMIUM_PATH=str(find_browser(os.environ) or ""),
        )

    assert code == 1, printed
    assert [record.status for record in records] == ["passed", "error", "passed", "skipped"], (
        printed
    )
    servers = [record.notes.get("browser server") for record in records]
    assert servers == [f"ws://{first}", f"ws://{first}", f"ws://{second}", None]
    print(
        printed,
        [(r.duration_s, r.started) for r in records],
        [p.phase for p in records[1].problems],
    )
    (problem,) = records[1].problems
    assert problem.category == "target problem"
    assert problem.text.startswith(
        f"The browser of ws://{first} was lost during this test: look at"
    )
    for lost in (f"{host}:9", first):
        assert f"The browser server ws://{lost} refused the connection: start" in printed
    files = [path for path in (tmp_path / RESULTS).rglob("*") if path.is_file()]
    written = [printed, *(path.read_text("utf-8", "replace") for path in files)]
    assert not any("secret99" in text or "tok-998877" in text for text in written)
