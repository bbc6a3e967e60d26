"""``python -m tools.merge DIR…``: merge several runs, shards or behaviours into one report.

Each folder is copied unchanged, JUnit and CTRF files included, so that links to traces work.
"""

import argparse
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from records.recorded_test import TestRecord
from suite.reporting.run_end import write_reports
from suite.run import HISTORY_VARIABLE, REPORT_FILE, read_records


def merge(folders: Sequence[Path], into: Path) -> list[TestRecord]:
    """Copy ``folders`` into ``into``, and read the records of all tests.

    Raises:
        FileNotFoundError: a folder does not exist.
        ValueError: none of them has evidence.
    """
    names: set[str] = set()
    for folder in folders:
        if not folder.is_dir():
            raise FileNotFoundError(f"{folder} is not a folder: name the results of each run.")
        name = _fresh_name(folder, names)
        shutil.copytree(folder, into / name, dirs_exist_ok=True)
    records = read_records(into)
    if not records:
        named = ", ".join(map(str, folders))
        raise ValueError(f"There is no evidence in {named}: did these runs run any test?")
    return records


def _fresh_name(folder: Path, names: set[str]) -> str:
    parts = folder.resolve().parts
    plain = parts[-2] if parts[-1] == "test-results" and len(parts) > 1 else parts[-1]
    name, number = plain, 2
    while name in names:
        name, number = f"{plain}-{number}", number + 1
    names.add(name)
    return name


def main(arguments: Sequence[str] | None = None) -> int:
    """Merge the folders, and print the path of the report."""
    parser = argparse.ArgumentParser(prog="python -m tools.merge", description=__doc__)
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
    for remark in write_reports(report, records, chosen.history, title=chosen.title):
        print(remark, file=sys.stderr)
    print(f"report: {report}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
