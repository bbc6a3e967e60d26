"""``python -m tools.merge DIR…``: one report of several runs, shards or behaviours.

Every folder is copied as it is, JUnit and CTRF files included, so that links
to traces hold and other tools read what each run wrote.
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
    """Copy ``folders`` below ``into`` and read the evidence of all.

    Raises:
        FileNotFoundError: a folder does not exist.
        ValueError: there is no evidence in any of them.
    """
    names: set[str] = set()
    for folder in folders:
        if not folder.is_dir():
            raise FileNotFoundError(f"{folder} is no folder: name the test-results of each run.")
        name = _fresh_name(folder, names)
        shutil.copytree(folder, into / name, dirs_exist_ok=True)
    records = read_records(into)
    if not records:
        raise ValueError(
            f"There is no evidence in {', '.join(map(str, folders))}: did these runs run any test?"
        )
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
    """Merge, and say where the report is."""
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
