"""Command line of the tools: the parser, and messages on the terminal."""

import argparse
import sys
from typing import NoReturn


class Parser(argparse.ArgumentParser):
    """An ``ArgumentParser`` that reports a wrong option in one sentence, with exit code 2."""

    def error(self, message: str) -> NoReturn:
        """Print the sentence and exit."""
        self.exit(2, f"{self.prog}: {message}; --help lists the options.\n")


def say(line: str) -> None:
    """Print a line to standard error at once: standard output may be read by a program."""
    print(line, file=sys.stderr, flush=True)
