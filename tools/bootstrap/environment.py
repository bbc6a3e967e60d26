"""The virtual environment `.venv`: created when missing, updated with the requirements."""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from suite.browsers import SetUpProblem
from tools.command_line import say

OUTPUT_LINES = 12  # of a failed program, shown in the message


class Environment:
    """The project's `.venv`.

    The set-up leaves a stamp in each environment that it creates, and changes no other.
    """

    def __init__(self, root: Path, *, for_checks: bool = False) -> None:
        """Read and change nothing yet.

        Args:
            root: the project's folder, which holds the requirements.
            for_checks: whether the project's own checks are to run, and not only the suite.
        """
        self.folder = root / ".venv"
        windows = sys.platform == "win32"
        self.python = self.folder / ("Scripts/python.exe" if windows else "bin/python")
        names = ("requirements.txt", *(["requirements-dev.txt"] if for_checks else []))
        self._requirements = [root / name for name in names]
        self._stamp = self.folder / "requirements.stamp"

    def is_ready(self) -> bool:
        """Whether the environment holds the packages of today's requirements."""
        wanted = self._wanted()
        return self.python.exists() and self._stamped()[: len(wanted)] == wanted

    def make_ready(self) -> None:
        """Create the environment if necessary and install the requirements.

        Raises:
            SetUpProblem: `.venv` is not the set-up's own, Python cannot create an environment, or
                pip cannot install the packages.
        """
        self._check_owner()
        if self._stamped()[:1] != self._wanted()[:1] or not self.python.exists():
            say("Creating .venv …")
            self._create()
        file = self._requirements[-1]
        say(f"Installing the packages of {file.name} into .venv …")
        if not self._uv_installs(file):
            pip = [str(self.python), "-m", "pip", "install", "--quiet", "--no-input"]
            _run(
                [*pip, "--disable-pip-version-check", "--requirement", str(file)],
                f"pip could not install the packages of {file.name}: check the network and, behind"
                " a proxy or mirror, pip's settings",
            )
        self._write_stamp(self._wanted())

    def _uv_installs(self, file: Path) -> bool:
        """Let uv install the packages, where it is; pip has other settings and is asked next."""
        if not (uv := shutil.which("uv")):
            return False
        words = ["pip", "install", "--quiet", "--python", str(self.python), "--requirement"]
        return (
            subprocess.run(
                [uv, *words, str(file)], stdin=subprocess.DEVNULL, capture_output=True, check=False
            ).returncode
            == 0
        )

    def _check_owner(self) -> None:
        if self.folder.is_symlink():
            found, cure = f"a link to {self.folder.readlink()}", "remove the link"
        elif self.folder.is_mount() and self._stamped()[:1] not in ([], self._wanted()[:1]):
            found, cure = f"the mounted environment of {self._stamped()[0]}", "unmount it"
        elif self._stamp.exists() or not self.folder.exists():
            return
        elif not self.folder.is_dir():
            found, cure = "a file", "rename or delete it"
        elif any(self.folder.iterdir()):
            kind = "an environment" if self.python.exists() else "a folder"
            found, cure = f"{kind} that the set-up did not create", "rename or delete it"
        else:
            return
        raise SetUpProblem(
            f"{self.folder} is {found}, so the set-up leaves it unchanged: {cure}, then repeat the"
            " command."
        )

    def _stamped(self) -> list[str]:
        if not self._stamp.exists():
            return []
        return self._stamp.read_text(encoding="utf-8").splitlines()

    def _wanted(self) -> list[str]:
        # Programs in an environment that was moved still name the interpreter at the old path.
        digests = (hashlib.sha256(file.read_bytes()).hexdigest() for file in self._requirements)
        return [str(self.folder.resolve()), *digests]

    def _write_stamp(self, lines: list[str]) -> None:
        self._stamp.write_text("\n".join(lines), encoding="utf-8")

    def _create(self) -> None:
        try:
            if self._stamp.exists():
                shutil.rmtree(self.folder)
            self.folder.mkdir(exist_ok=True)
            self._write_stamp([])  # an interrupted set-up recognises its own folder
        except OSError as error:
            raise SetUpProblem(
                f"{self.folder} cannot be replaced ({error}): delete it, then repeat the command."
            ) from None
        # The interpreter that runs this may be the one that was just deleted.
        outside: str = getattr(sys, "_base_executable", sys.executable)
        _run(
            [outside, "-m", "venv", str(self.folder)],
            "Python could not create .venv (Debian and Ubuntu need the package python3-venv)",
        )
        self._write_stamp(self._wanted()[:1])


def _run(command: list[str], problem: str) -> None:
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        last = (f"  {line}" for line in done.stdout.strip().splitlines()[-OUTPUT_LINES:])
        raise SetUpProblem("\n".join([f"{problem}; its output ends with:", *last]))
