"""``python -m tools.docgen``: regenerate every generated page and the schema of case files."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from suite.cases.case import SCHEMA_FILE, schema
from tools.docgen import fault_page, promise_page

ROOT = Path(__file__).parents[2]


def pages() -> dict[Path, str]:
    """Return the text of each generated file."""
    return {
        fault_page.PAGE: fault_page.text(),
        promise_page.PAGE: promise_page.text(),
        ROOT / "e2e" / "cases" / SCHEMA_FILE: schema(),
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the files that differ and print their names; the exit code is 0."""
    argparse.ArgumentParser(prog="python -m tools.docgen", description=__doc__).parse_args(
        arguments
    )
    for path, text in pages().items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            print(f"written: {path.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
