"""The container's script and the services of compose.yaml, run as processes of this machine."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest

from tests.workflows.runner import Runner, load, make_runner, write_program

ROOT = Path(__file__).parents[2]
SERVICES = load(ROOT / "compose.yaml")["services"]
PORTS = ("8443", "8080", "5000")

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="the scripts are for a shell"),
    pytest.mark.usefixtures("registry"),
]


class Machine:
    """What the services share: the image, a home and ports."""

    def __init__(self, runner: Runner, home: Path) -> None:
        self.runner, self.home = runner, home
        self._places = {"/home/suite": str(home), "/suite": str(runner.workspace)}
        for port in PORTS:
            with socket.create_server(("127.0.0.1", 0)) as probe:
                self._places[port] = str(probe.getsockname()[1])
        case = runner.workspace / "examples" / "compose.toml"
        case.write_text(self.moved(case.read_text()))

    def moved(self, text: str) -> str:
        """Replace the container's paths and ports by those of this machine."""
        for old, new in self._places.items():
            text = text.replace(old, new)
        return text

    def start(self, name: str) -> subprocess.Popen[str]:
        """Start a service."""
        service = SERVICES[name]
        account = {key: self.moved(value) for key, value in service.get("environment", {}).items()}
        return subprocess.Popen(
            self.moved(service["command"]),
            shell=True,
            cwd=self.home,
            env={**self.runner.environ, **account},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    @contextmanager
    def running(self, name: str, port: str) -> Iterator[None]:
        """Run a service until the block ends; it begins once the service listens."""
        process = self.start(name)
        try:
            while True:
                assert process.poll() is None, process.communicate()[0]
                with suppress(OSError):
                    socket.create_connection(("127.0.0.1", int(self.moved(port))), 0.2).close()
                    break
            yield
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
            process.communicate()


def test_services_of_the_container_buy_in_the_shop(tmp_path: Path) -> None:
    """The image's script installs the commands; the suite buys in the shop on the stand-in."""
    runner, site, home = make_runner(tmp_path, ()), tmp_path / "site", tmp_path / "home"
    home.mkdir()
    programs = runner.workspace / ".venv" / "bin"
    write_program(programs / "useradd", "exit 0")
    # The environment of these tests stays as it is.
    write_program(programs / "pip", f'exec {sys.executable} -m pip "$@" --target {site}')
    runner.environ |= {
        "PYTHONPATH": str(site),
        "PATH": f"{site / 'bin'}{os.pathsep}{runner.environ['PATH']}",
    }
    [script] = re.findall(r"^RUN ((?:.*\\\n)*.*)", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    runner.run_job("image", {"steps": [{"name": "RUN", "run": script}]}, {})
    assert runner.codes == {"image: RUN": 0}, runner.output
    machine = Machine(runner, home)

    certificate = machine.start("certificate")
    printed, _ = certificate.communicate(timeout=60)
    assert certificate.returncode == 0, printed
    with ExitStack() as services:
        services.enter_context(machine.running("standin", "8080"))
        services.enter_context(machine.running("shop", "5000"))
        suite = machine.start("suite")
        printed, _ = suite.communicate(timeout=200)

    assert suite.returncode == 0, printed
    assert "1 test, 1 checkout, 0 violations" in printed
