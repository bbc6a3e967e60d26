"""``python -m tools.docgen``: write every generated page again, and the schema of case files."""

import sys
from collections.abc import Sequence
from pathlib import Path

from standin.faults import CATALOGUE
from standin.faults.fault import ASSERTION
from suite.cases.case_file import SCHEMA_FILE, schema
from tools import measured
from tools.command_line import Parser
from tools.docgen import clause_table, fault_page, promise_page
from tools.docgen.markdown import ROOT, fill


def pages() -> dict[Path, str]:
    """Return the text of each file that is generated as a whole or in part."""
    faults = CATALOGUE.all()
    asserted = sum(fault.clause == ASSERTION and not fault.browser_clauses for fault in faults)
    blocks = {
        "faults": str(len(faults)),
        "faults-by-clause": str(len(faults) - asserted),
        "faults-by-assertion": str(asserted),
        "promises": str(len(promise_page.promises())),
        "clauses": clause_table.text(),
        **measured.blocks(),
    }
    partly = (ROOT / "README.md", ROOT / "docs" / "guide" / "adding-a-test.md")
    return {
        fault_page.PAGE: fault_page.text(),
        promise_page.PAGE: promise_page.text(),
        ROOT / "e2e" / "cases" / SCHEMA_FILE: schema(),
        **{page: fill(page, blocks) for page in partly},
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the files that differ and print their names; the exit code is 0."""
    Parser(prog="python -m tools.docgen", description=__doc__).parse_args(arguments)
    for path, text in pages().items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            print(f"written: {path.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
