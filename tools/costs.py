"""``python -m tools.costs``: measure on the stand-in what each test costs a merchant account.

A run with ``--target sandbox`` prints its plan from the result, ``e2e/costs.json``. The module is
also the plug-in of that run: the stand-in's books say what a test has created and paid.
"""

import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from records.recorded_test import TestRecord
from standin import StandIn
from suite.costs import Cost, Costs
from tools.command_line import Parser

_FOLDER = "--costs-folder"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the folder in which each process writes its measurements."""
    parser.addoption(_FOLDER, type=Path)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Measure a test at its end, when everything it did is in its evidence."""
    # Earlier, pytest could no longer rewrite the assertions of these plug-ins.
    from suite.fixtures.options import TARGET  # noqa: PLC0415
    from suite.plugin import EVIDENCE  # noqa: PLC0415

    report = yield
    stand_in = item.config.stash[TARGET].stand_in
    record = item.stash[EVIDENCE].record
    if call.when == "teardown" and stand_in and record.status == "passed":
        file = item.config.getoption(_FOLDER) / f"{record.worker or 'main'}.jsonl"
        row = {"nodeid": item.nodeid, **_measure(record, stand_in).row()}
        with file.open("a", encoding="utf-8") as out:
            out.write(json.dumps(row) + "\n")
    return report


def _measure(record: TestRecord, stand_in: StandIn) -> Cost:
    created = {
        json.loads(one.response_body)["checkoutSessionId"]
        for one in record.exchanges
        if one.method == "POST" and one.status == 200
    }
    # A shop creates its sessions itself.
    sessions = created | {verdict.session_id for verdict in record.verdicts}
    cards: dict[str, Counter[str]] = {"approved": Counter(), "declined": Counter()}
    for session in sessions:
        for event in stand_in.checkout(session).events:
            if event.kind in cards:
                cards[event.kind][event.detail[-4:]] += 1
    return Cost(len(sessions), cards["approved"], cards["declined"], record.duration_s)


def measure(tests: Sequence[str], folder: Path) -> Costs:
    """Run tests on the stand-in and return what they cost.

    Raises:
        subprocess.CalledProcessError: a test did not pass, or there is none.
    """
    words = ("--thorough", "-p", "tools.costs", _FOLDER, str(folder), "-n", "2", "-q")
    quiet = ("--target", "standin", "--output", str(folder / "results"), "--seed", "1")
    command = [sys.executable, "-m", "pytest", *tests, *words, *quiet]
    subprocess.run(command, check=True)
    measured = {}
    for file in folder.glob("*.jsonl"):
        for row in map(json.loads, file.read_text(encoding="utf-8").splitlines()):
            measured[row["nodeid"]] = Cost.of_row(row)
    return Costs(measured)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure every test, and write the file; the exit code is 0."""
    Parser(prog="python -m tools.costs", description=__doc__).parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        measure(["e2e"], Path(name)).write()
    return 0


if __name__ == "__main__":
    sys.exit(main())
