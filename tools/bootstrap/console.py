"""Progress messages on the terminal."""

import sys


def say(line: str) -> None:
    """Print a line to standard error at once: standard output may be read by a program."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()
