"""``python -m tools.merge DIR…``: merge several runs, shards or behaviours into one report.

Each folder is copied unchanged, JUnit and CTRF files included, so that links to traces work.
"""

import os
import shutil
import sys
from collections.abc import Sequence
from itertools import chain, count
from pathlib import Path

from records.recorded_test import TestRecord
from suite.reporting.run_end import write_reports
from suite.run import HISTORY_VARIABLE, REPORT_FILE, read_records
from tools.command_line import Parser


def merge(folders: Sequence[Path], into: Path) -> list[TestRecord]:
    """Copy ``folders`` into ``into``, and read the records of all tests.

    Raises:
        FileNotFoundError: a folder does not exist.
        ValueError: none of them has evidence.
    """
    taken: set[str] = set()
    for folder in folders:
        if not folder.is_dir():
            raise FileNotFoundError(f"{folder} is not a folder: name the results of each run.")
        path = folder.resolve()
        name = path.parent.name if path.name == "test-results" and path.parent.name else path.name
        numbered = (f"{name}-{number}" for number in count(2))
        fresh = next(each for each in chain([name], numbered) if each not in taken)
        taken.add(fresh)
        shutil.copytree(folder, into / fresh, dirs_exist_ok=True)
    records = read_records(into)
    if not records:
        named = ", ".join(map(str, folders))
        raise ValueError(f"There is no evidence in {named}: did these runs run any test?")
    return records


def main(arguments: Sequence[str] | None = None) -> int:
    """Merge the folders, and print the path of the report."""
    parser = Parser(prog="python -m tools.merge", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, metavar="DIR")
    parser.add_argument("-o", "--output", type=Path, default=Path("merged-results"))
    parser.add_argument("--history", type=Path, default=os.environ.get(HISTORY_VARIABLE))
    parser.add_argument("--title", default="Redirects")
    chosen = parser.parse_args(arguments)
    try:
        records = merge(chosen.folders, chosen.output)
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    report = chosen.output / REPORT_FILE
    for remark in write_reports(report, records, chosen.history, title=chosen.title).remarks:
        print(remark, file=sys.stderr)
    print(f"report: {report}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
