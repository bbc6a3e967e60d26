"""The kill matrix: faults, the tests that kill them, and the rules of recording."""

from pathlib import Path

import pytest

from standin.faults import CATALOGUE
from tools.docgen.promise_page import promises
from tools.faults.__main__ import Result
from tools.faults.fault_run import FaultRun
from tools.faults.kill_matrix import FILE, Kill, KillMatrix

MATRIX = KillMatrix.load()
TESTS = {promise.test for promise in promises()}
FAULT = CATALOGUE.find("query-dropped")
PAY, LEAVE = "e2e/test_a.py::test_pay", "e2e/test_a.py::test_leave"
PROOF = Kill(f"{PAY}[visa]", ("keeps-query",))
BOTH = FaultRun("", kills=[PROOF], expected=[PAY, LEAVE])


@pytest.mark.parametrize("fault", [fault.name for fault in CATALOGUE.all()])
def test_fault_has_a_killer(fault: str) -> None:
    """Each fault is killed by a test, and by a clause that the catalogue names."""
    entry = MATRIX.kills.get(fault)

    assert entry, f"no test kills {fault}: run make faults ARGS={fault}"
    described = CATALOGUE.find(fault)
    measured = {clause for clauses in entry.values() for clause in clauses}
    assert all(entry.values()), f"not measured yet: run make faults ARGS={fault}"
    assert measured & {described.clause, *described.browser_clauses}


def test_matrix_names_only_what_exists() -> None:
    """The matrix names no fault and no test function that is gone."""
    assert set(MATRIX.kills) - {fault.name for fault in CATALOGUE.all()} == set()
    assert (MATRIX.functions() | MATRIX.without_fault.keys()) - TESTS == set()


def test_every_test_kills_a_fault_or_says_why_not() -> None:
    """Each end-to-end test kills a fault, or has a reason in ``without_fault``, but not both."""
    idle = TESTS - MATRIX.functions() - MATRIX.without_fault.keys()
    assert idle == set(), "run make faults ARGS='FAULT --test FUNCTION' for each of them"
    assert MATRIX.functions() & MATRIX.without_fault.keys() == set()
    assert all(MATRIX.without_fault.values())


def test_file_has_a_line_for_each_entry(tmp_path: Path) -> None:
    """Writing the matrix again changes nothing, so that a diff shows only what was measured."""
    MATRIX.write(tmp_path / "matrix.json")
    assert (tmp_path / "matrix.json").read_text("utf-8") == FILE.read_text("utf-8")
    assert f'"{FAULT.name}": {{"e2e/' in FILE.read_text("utf-8")


@pytest.mark.parametrize(("before", "kills", "after"), [
    pytest.param({}, [PROOF], {PROOF.test: ["keeps-query"]}, id="new fault"),
    pytest.param({f"{PAY}[amex]": ["lands"]}, [PROOF], {PROOF.test: ["keeps-query"]},
                 id="other item"),
    pytest.param({PAY: [], LEAVE: []}, [], {LEAVE: []}, id="listed test survives"),
    pytest.param({LEAVE: []}, [PROOF], {LEAVE: []}, id="test kills another fault"),
])  # fmt: skip
def test_matrix_records_what_was_measured(
    before: dict[str, list[str]], kills: list[Kill], after: dict[str, list[str]]
) -> None:
    """The functions that were tried get new entries, all others keep theirs."""
    matrix = KillMatrix({FAULT.name: dict(before), "path-decoded": {PAY: []}}, {})
    matrix.record(FAULT.name, kills, tried=[PAY])
    assert matrix.kills[FAULT.name] == after


@pytest.mark.parametrize(("run", "problem"), [
    pytest.param(FaultRun("", kills=[PROOF], expected=[PAY]), "", id="killed"),
    pytest.param(FaultRun("", ran=3), "survived 3 tests, none of which led", id="survived"),
    pytest.param(FaultRun("", ran=3, acted=True), "survived 3 tests, some of", id="acted"),
    pytest.param(FaultRun("", ran=1, errors=["a: b"]),
                 "survived 1 tests, none of which led to what it changes; errors", id="error"),
    pytest.param(FaultRun("", kills=[Kill(PAY, ("secure",))]),
                 "killed for another reason: secure, not keeps-query", id="another reason"),
    pytest.param(BOTH, f"not killed by {LEAVE}, which the kill matrix lists",
                 id="a listed test survives"),
])  # fmt: skip
def test_proof_needs_the_right_reason(run: FaultRun, problem: str) -> None:
    """Each listed test must fail, one by the right clause; ``--update`` drops those that do not."""
    assert Result(FAULT, run).problem.startswith(problem)
    assert bool(Result(FAULT, run).problem) == bool(problem)
    assert Result(FAULT, BOTH, update=True).problem == ""
