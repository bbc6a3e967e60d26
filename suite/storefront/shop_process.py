"""The process of a shop under test: started, waited for, stopped with all its children."""

import os
import re
import ssl
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from typing import IO, Self

import psutil
from playwright._impl._driver import compute_driver_executable

from clover.address import Address, parse
from suite.storefront.problems import ShopDown
from suite.targets.target import Account

START_S = 120.0
STOP_S = 5.0
_STEP_S = 0.1
#: Names under which HTTP clients look for a certificate authority.
CA_NAMES = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "NODE_EXTRA_CA_CERTS")
_SHOWN_LINES = 15
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(slots=True)
class ShopProcess:
    """A running shop.

    Attributes:
        command: as the shell got it.
        output: what the shop has printed.
    """

    command: str
    output: IO[bytes]
    _process: subprocess.Popen[bytes]

    @classmethod
    def start(cls, command: str, folder: Path, account: Account | None, url: str) -> Self:
        """Start a shop and wait until it answers.

        Args:
            command: for a shell.
            folder: where it runs.
            account: of the provider, for the shop's environment; None if it has its own.
            url: must answer with a status below 500.

        Raises:
            ShopDown: the address is in use, the command ends, or nothing answers in time.
        """
        address = parse(url)
        if _answer(address):
            raise ShopDown(
                f"Something answers at {address.origin} already, so “{command}” was not started: "
                "stop it, or leave out command to test what runs there."
            )
        output = tempfile.TemporaryFile()  # noqa: SIM115 - closed by stop()
        process = subprocess.Popen(  # noqa: S602 - a case has shell, like an npm script
            command,
            shell=True,
            cwd=folder,
            env=_environment(account),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        shop = cls(command, output, process)
        try:
            shop._wait_for(address)
        except BaseException:
            shop.stop()
            raise
        return shop

    def _wait_for(self, address: Address) -> None:
        waited_s = 0.0
        while not (status := _answer(address)) or status >= 500:
            with suppress(subprocess.TimeoutExpired):
                code = self._process.wait(_STEP_S)
                raise ShopDown(
                    f"The command “{self.command}” ended with exit code {code} before the shop "
                    f"answered at {address.origin}: correct the command. It printed:\n{self.tail()}"
                )
            waited_s += _STEP_S
            if waited_s > START_S:
                came = f"it answered with status {status}" if status else "nothing answered"
                raise ShopDown(
                    f"The shop did not start: {came} at {address.origin} within {START_S:.0f} s of "
                    f"“{self.command}”. Is this its address? It printed:\n{self.tail()}"
                )

    def size(self) -> int:
        """Return how much the shop has printed so far, in bytes."""
        return os.fstat(self.output.fileno()).st_size

    def tail(self, since: int = 0) -> str:
        """Return the last lines that the shop has printed since then."""
        self.output.seek(since)
        text = _COLOUR.sub("", self.output.read().decode("utf-8", "replace"))
        return "\n".join(text.splitlines()[-_SHOWN_LINES:]) or "nothing"

    def stop(self) -> None:
        """Stop the shop and every process that it has started."""
        with suppress(psutil.NoSuchProcess):
            shell = psutil.Process(self._process.pid)
            family = [*shell.children(recursive=True), shell]
            for process in family:
                with suppress(psutil.NoSuchProcess):
                    process.terminate()
            _, alive = psutil.wait_procs(family, timeout=STOP_S)
            for process in alive:
                with suppress(psutil.NoSuchProcess):
                    process.kill()
        self._process.wait()
        self.output.close()


def _environment(account: Account | None) -> Mapping[str, str]:
    """The run's environment with the provider's settings under their usual names."""
    # Last on the path, for a machine without python or node of its own.
    ours = [str(Path(sys.executable).parent), str(Path(compute_driver_executable()[0]).parent)]
    path = os.pathsep.join([os.environ.get("PATH", ""), *ours])
    environ = {**os.environ, "PATH": path, "PYTHONUNBUFFERED": "1"}
    if account is None:
        return environ
    environ |= {
        "CLOVER_API_URL": account.api_url,
        "CLOVER_MERCHANT_ID": account.id,
        "CLOVER_PRIVATE_TOKEN": account.token,
        "CLOVER_WEBHOOK_SECRET": account.webhook_secret,
    }
    if account.ca_file:
        environ |= dict.fromkeys(CA_NAMES, str(account.ca_file))
    for name in ("NO_PROXY", "no_proxy"):  # a proxy would not reach this machine
        environ[name] = ",".join(filter(None, [os.environ.get(name, ""), "localhost,127.0.0.1"]))
    return environ


def _answer(address: Address) -> int:
    """Return the status of the shop's answer; 0 if there is none."""
    unchecked = ssl.create_default_context()  # only whether it answers matters here
    unchecked.check_hostname, unchecked.verify_mode = False, ssl.CERT_NONE
    port = int(address.port)
    connection = (
        HTTPSConnection(address.host, port, timeout=STOP_S, context=unchecked)
        if address.scheme == "https"
        else HTTPConnection(address.host, port, timeout=STOP_S)
    )
    try:
        connection.request("GET", address.path)
        return connection.getresponse().status
    except (OSError, HTTPException):
        return 0
    finally:
        connection.close()
