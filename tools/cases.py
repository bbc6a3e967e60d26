"""``python -m tools.cases FILE…`` checks case files; ``--schema`` prints their JSON schema."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from clover.behaviour import DEFAULT
from suite.cases.case_file import CaseFile, CaseProblem, schema
from tools.command_line import Parser


def main(arguments: Sequence[str] | None = None, prog: str = "python -m tools.cases") -> int:
    """Print the title or the errors of each file; the exit code is 1 if any file is invalid."""
    parser = Parser(prog=prog, description="Check case files.")
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--schema", action="store_true", help="print the schema for editors")
    chosen = parser.parse_args(arguments)
    if chosen.schema:
        print(schema(), end="")
    bad = False
    for file in chosen.files:
        try:
            case = CaseFile.read(file, behaviour=os.environ.get("CLOVER_BEHAVIOUR", DEFAULT)).case
            print(f"{file}: {case.title}")
        except CaseProblem as problem:
            bad = True
            print(problem, file=sys.stderr)
    return int(bad)


if __name__ == "__main__":
    sys.exit(main())
