"""Command line of the tools: the parser, and messages on the terminal."""

import argparse
import sys
import textwrap
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NoReturn


class Parser(argparse.ArgumentParser):
    """An ``ArgumentParser`` that reports a wrong option in one sentence, with exit code 2."""

    def error(self, message: str) -> NoReturn:
        """Print the sentence and exit."""
        self.exit(2, f"{self.prog}: {message}; --help lists the options.\n")


def say(line: str) -> None:
    """Print a line to standard error at once: standard output may be read by a program."""
    print(line, file=sys.stderr, flush=True)


def columns(cells: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    """Break cells into lines that stand beside one another."""
    wrapped = (
        textwrap.wrap(cell, width, break_on_hyphens=False)
        for cell, width in zip(cells, widths, strict=True)
    )
    for parts in zip_longest(*wrapped, fillvalue=""):
        padded = (part.ljust(width) for part, width in zip(parts, widths, strict=True))
        yield "  ".join(padded).rstrip()


def first_line(error: Exception) -> str:
    """Return an error's first line, or its type."""
    return str(error).partition("\n")[0] or type(error).__name__
