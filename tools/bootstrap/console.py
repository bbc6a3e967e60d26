"""Words for whoever waits while things are set up."""

import sys


def say(line: str) -> None:
    """Print a line at once, besides the output that other programs may read."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()
