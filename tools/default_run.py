"""``python -m tools.default_run``: choose the tests of a default run from the kill matrix.

A default run kills every catalogued fault, runs every test function, and has all tests that create
no checkout session. ``e2e/thorough.txt`` lists the others, which only ``--thorough`` runs, so that
a new test runs by default. ``docs/figures/default_run.json`` has the curve: faults killed by the
number of sessions.
"""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from suite.costs import Costs
from suite.plan import Test, choose, faults_by_test
from suite.selection import THOROUGH
from tools.command_line import Parser
from tools.faults.kill_matrix import KillMatrix
from tools.measured import FOLDER

_CURVE = FOLDER / "default_run.json"
CASE_FILES = "e2e/test_cases.py::test_case"
#: More than all tests create.
_NO_LIMIT = {"sessions": 1_000_000}


@dataclass(frozen=True, slots=True)
class DefaultRun:
    """The choice.

    Attributes:
        thorough: node ids of the tests that a default run leaves out, sorted.
        curve: after each chosen test: sessions, faults killed, test functions run.
    """

    thorough: list[str]
    curve: list[tuple[int, int, int]]


def collect() -> tuple[list[str], set[str]]:
    """Return the node ids of the tests to choose from, and of those that every run has.

    Case files are not chosen from: whoever adds one wants it in every run.
    """
    return (_node_ids(), {*_node_ids("-m", "core or always")})


def _node_ids(*words: str) -> list[str]:
    listed = ("--collect-only", "-q", "-n", "0", "--thorough", "--deselect", CASE_FILES)
    command = (sys.executable, "-m", "pytest", "e2e", *listed, *words)
    found = subprocess.run(command, check=True, capture_output=True, text=True)
    return [line for line in found.stdout.splitlines() if line.startswith("e2e/")]


def compute(
    tests: Sequence[str], always: set[str], costs: Costs, kills: Mapping[str, set[str]]
) -> DefaultRun:
    """Choose the tests of a default run.

    Args:
        tests: node ids of all tests.
        always: those of every run.
        costs: of the tests; only sessions count.
        kills: the faults that each test kills.
    """
    killed, functions, sessions = set[str](), set[str](), 0
    thorough, curve = [], []
    wanted = [Test(nodeid, core=nodeid in always) for nodeid in tests]
    for test in choose(wanted, costs, _NO_LIMIT, kills):
        found, cost = kills.get(test.nodeid, set()), costs.of(test.nodeid).sessions
        tells = found - killed or test.function not in functions
        if cost and not tells and not test.core:
            thorough.append(test.nodeid)
            continue
        killed |= found
        functions.add(test.function)
        sessions += cost
        curve.append((sessions, len(killed), len(functions)))
    return DefaultRun(sorted(thorough), curve)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the list and the curve, and drop from the matrix what a default run does not run."""
    Parser(prog="python -m tools.default_run", description=__doc__).parse_args(arguments)
    chosen = compute(*collect(), Costs.load(), faults_by_test())
    THOROUGH.write_text("".join(f"{nodeid}\n" for nodeid in chosen.thorough), encoding="utf-8")
    matrix = KillMatrix.load()
    for fault, kills in matrix.kills.items():
        matrix.kills[fault] = {
            test: clauses for test, clauses in kills.items() if test not in chosen.thorough
        }
    matrix.write()
    rows = ",\n".join(json.dumps(point) for point in chosen.curve)
    _CURVE.write_text(f'{{"curve": [\n{rows}\n]}}\n', encoding="utf-8")
    sessions, faults, functions = chosen.curve[-1]
    print(
        f"{len(chosen.curve)} tests with {sessions} sessions kill {faults} faults and run"
        f" {functions} functions; {len(chosen.thorough)} tests are left to a thorough run"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
