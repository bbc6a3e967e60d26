"""``python -m tools.bench.busy``: keeps one core busy until its standard input ends.

So it never outlives the program that started it, however that one ends.
"""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def busy_cores(cores: int) -> Iterator[None]:
    """Keep so many cores busy while in the block."""
    command = [sys.executable, "-m", "tools.bench.busy"]
    burners = [subprocess.Popen(command, stdin=subprocess.PIPE) for _ in range(cores)]
    try:
        yield
    finally:
        for burner in burners:
            burner.kill()
            burner.communicate()


def main() -> None:
    """Burn."""
    threading.Thread(target=_end_with_input, daemon=True).start()
    number = 1
    while True:
        number = number * 3 % 1_000_003


def _end_with_input() -> None:
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    main()
