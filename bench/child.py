"""A server in a process of its own, spoken to by lines of JSON on its input and output."""

import json
import subprocess
import sys
from types import TracebackType
from typing import Any, Self

_END_WITHIN_S = 10.0


class ChildFailed(RuntimeError):
    """The server's process ended, or said something that is no JSON."""

    category = "suite problem"


class Child:
    """``python -m <module> <arguments>`` for as long as the ``with`` block lasts.

    Attributes:
        hello: what the process said first.
    """

    def __init__(self, module: str, *arguments: str) -> None:
        self._command = [sys.executable, "-m", module, *arguments]
        self._process: subprocess.Popen[str] | None = None
        self.hello: dict[str, Any] = {}

    def ask(self, **command: object) -> dict[str, Any]:
        """Send one command and wait for its answer.

        Raises:
            ChildFailed: none came.
        """
        process = self._running()
        assert process.stdin is not None
        process.stdin.write(json.dumps(command) + "\n")
        process.stdin.flush()
        return self._read(process)

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        try:
            self.hello = self._read(self._process)
        except ChildFailed:
            self._process.communicate()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        process = self._running()
        process.communicate(timeout=_END_WITHIN_S)  # the end of its input ends it

    def _running(self) -> subprocess.Popen[str]:
        if self._process is None:
            raise ChildFailed("The process has not been started: use it in a `with` block.")
        return self._process

    def _read(self, process: subprocess.Popen[str]) -> dict[str, Any]:
        assert process.stdout is not None
        line = process.stdout.readline()
        try:
            answer: dict[str, Any] = json.loads(line)
        except ValueError:
            said = line.strip() or f"nothing, and ended with {process.wait(_END_WITHIN_S)}"
            raise ChildFailed(f"{' '.join(self._command[1:])} said {said}.") from None
        return answer
