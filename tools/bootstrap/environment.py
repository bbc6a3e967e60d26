"""The virtual environment: made when missing, filled when requirements.txt has changed."""

import hashlib
import subprocess
import sys
from pathlib import Path

from suite.browsers import SetUpProblem
from tools.bootstrap.console import say

PIP_LINES = 12  # of pip's own output, shown when it fails


class Environment:
    """The project's `.venv`.

    Attributes:
        folder: where it is.
        python: its interpreter.
    """

    def __init__(self, root: Path) -> None:
        """Look at nothing yet.

        Args:
            root: the project's folder, which holds requirements.txt.
        """
        self.folder = root / ".venv"
        windows = sys.platform == "win32"
        self.python = self.folder / ("Scripts/python.exe" if windows else "bin/python")
        self._requirements = root / "requirements.txt"
        self._stamp = self.folder / "requirements.stamp"

    def is_ready(self) -> bool:
        """Whether it holds what requirements.txt asks for now."""
        return self.python.exists() and self._stamped() == self._wanted()

    def make_ready(self) -> None:
        """Create it if need be and install the requirements.

        Raises:
            SetUpProblem: Python cannot make one, or pip cannot install.
        """
        stamped = self._stamped()
        moved = bool(stamped) and stamped[1:] != self._wanted()[1:]
        if moved or not self.python.exists():
            say("Creating .venv …")
            self._create()
        say("Installing the packages of requirements.txt into .venv …")
        self._install()
        self._stamp.write_text("\n".join(self._wanted()), encoding="utf-8")

    def _stamped(self) -> list[str]:
        if not self._stamp.exists():
            return []
        return self._stamp.read_text(encoding="utf-8").split("\n", 1)

    def _wanted(self) -> list[str]:
        # The place counts too: programs in a moved environment still name the Python of the old.
        return [hashlib.sha256(self._requirements.read_bytes()).hexdigest(), str(self.folder)]

    def _create(self) -> None:
        # The Python that runs this may be the one inside the environment to be cleared.
        outside: str = getattr(sys, "_base_executable", sys.executable)
        made = _run([outside, "-m", "venv", "--clear", str(self.folder)])
        if made.returncode:
            raise SetUpProblem(
                "Python could not create .venv (on Debian and Ubuntu the package python3-venv"
                f" is needed for it); it said:\n{_last_lines(made.stdout)}"
            )

    def _install(self) -> None:
        pip = [str(self.python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        done = _run([*pip, "--no-input", "--requirement", str(self._requirements)])
        if done.returncode:
            raise SetUpProblem(
                "pip could not install the packages of requirements.txt: check the network and,"
                f" behind a proxy or mirror, pip's settings; it said:\n{_last_lines(done.stdout)}"
            )


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )


def _last_lines(output: str) -> str:
    return "\n".join(f"  {line}" for line in output.strip().splitlines()[-PIP_LINES:])
