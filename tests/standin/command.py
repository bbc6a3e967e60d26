"""``python -m standin`` as a process of its own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

from tests.standin.shopper import ORDER, PATH

FROM_OUTSIDE = ("CLOVER_", "XDG_")


@dataclass(frozen=True)
class Command:
    """A running command.

    Attributes:
        shown: the table at the top of its output, by the first column.
    """

    process: subprocess.Popen[str]
    shown: dict[str, str]
    ca_file: Path

    @property
    def url(self) -> str:
        """The API's base URL."""
        return self.shown["API base URL"]

    def get(self, path: str) -> requests.Response:
        """Request an address of the API's host."""
        return requests.get(self.url + path, verify=str(self.ca_file), timeout=10)

    def create(
        self, merchant_id: str, token: str, body: Any = ORDER, base: str = ""
    ) -> requests.Response:
        """Send a create call, by default with TLS."""
        return requests.post(
            (base or self.url) + PATH,
            json=body,
            headers={"X-Clover-Merchant-Id": merchant_id, "Authorization": f"Bearer {token}"},
            verify=str(self.ca_file),
            timeout=10,
        )


def environment(folder: Path, **more: str) -> dict[str, str]:
    """The environment of the command: its data stay in the folder, settings are those given."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(FROM_OUTSIDE)}
    return {**kept, "XDG_DATA_HOME": str(folder), **more}


@contextmanager
def running(folder: Path, *options: str, **variables: str) -> Iterator[Command]:
    """Run the command on a free port until the block ends; its authority is in the folder."""
    ca_folder = folder / "authority"
    started = [sys.executable, "-m", "standin", "--port=0", f"--ca-dir={ca_folder}", *options]
    with subprocess.Popen(
        started,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(folder, **variables),
    ) as process:
        assert process.stdout is not None
        shown: dict[str, str] = {}
        for line in process.stdout:
            name, _, value = line.strip().partition("  ")
            shown[name] = value.strip()
            if line.startswith("Ctrl-C"):
                break
        try:
            yield Command(process, shown, ca_folder / "ca.pem")
        finally:
            process.kill()


def refused(*options: str, folder: Path, **variables: str) -> tuple[int, str]:
    """Return the exit code and the error output of a command that does not start."""
    ended = subprocess.run(
        [sys.executable, "-m", "standin", *options],
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
        env=environment(folder, **variables),
    )
    return ended.returncode, ended.stderr
