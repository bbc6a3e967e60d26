"""A pytest plug-in that runs the tests against one fault after another.

``--faults NAME,… --fault-report FILE`` uses one session, one browser and one stand-in for all
faults. Each test function that the kill matrix lists runs until one of its items fails. If none
fails, the plug-in runs the core tests and then all others until the first failure.
"""

import argparse
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from clover.verdict import RedirectBug
from suite.run import RUN
from tools.faults.kill_matrix import Kill, KillMatrix, function_of

#: In place of a clause: the test's own assertion failed, as in a test of the API's rules.
ASSERTION = "assertion"
#: Value of ``--fault-tests`` that tries every test function.
ALL_TESTS = "all"


@dataclass(slots=True)
class FaultRun:
    """Results of the tests under one fault.

    Attributes:
        expected: the test functions that have to fail.
        tried: the test functions that ran.
        errors: tests that ended in an error, which proves nothing.
        acted: whether the fault changed a result of the stand-in.
    """

    fault: str
    expected: list[str] = field(default_factory=list)
    tried: list[str] = field(default_factory=list)
    kills: list[Kill] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    acted: bool = False
    ran: int = 0
    seconds: float = 0.0

    @property
    def survived(self) -> list[str]:
        """The expected functions that did not fail."""
        failed = {kill.function for kill in self.kills}
        return [name for name in self.expected if name not in failed]

    @classmethod
    def from_json(cls, line: str) -> "FaultRun":
        """Read a line of the report."""
        return TypeAdapter(cls).validate_json(line)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of a fault run."""
    group = parser.getgroup("faults")
    under = "run the tests under each of these faults; an empty name: without a fault"
    group.addoption("--faults", metavar="NAME,…", help=under)
    group.addoption("--fault-report", metavar="FILE", help="write a line of JSON for each fault")
    tried = f"try these test functions instead of the listed ones, or “{ALL_TESTS}” besides them"
    group.addoption("--fault-tests", metavar="FUNCTION,…", default="", help=tried)


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Register the runner if faults were named."""
    if config.option.faults is not None:
        config.pluginmanager.register(FaultRunner(config.option), "fault-runner")


class FaultRunner:
    """Replacement of pytest's loop: runs the tests fault by fault and records the failures."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.faults = options.faults.split(",")
        self.report = Path(options.fault_report)
        self.all_tests = options.fault_tests == ALL_TESTS
        self.tests = set() if self.all_tests else set(filter(None, options.fault_tests.split(",")))
        self.matrix = KillMatrix.load()
        self.run = FaultRun("")

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run the tests under each fault."""
        for fault in self.faults:
            session.config.option.fault = fault
            began = time.monotonic()
            self.run = FaultRun(fault)
            self._run_fault(session.items)
            self.run.acted = fault in session.config.stash[RUN].acted_faults
            self.run.seconds = round(time.monotonic() - began, 1)
            with self.report.open("a", encoding="utf-8") as file:
                file.write(json.dumps(asdict(self.run)) + "\n")
        session._setupstate.teardown_exact(None)  # noqa: SLF001 -- as pytest's own loop ends
        return True

    def _run_fault(self, items: Sequence[pytest.Item]) -> None:
        listed = self.matrix.kills.get(self.run.fault, {})
        functions: dict[str, list[pytest.Item]] = {}
        for item in sorted(items, key=lambda item: item.nodeid not in listed):
            functions.setdefault(function_of(item.nodeid), []).append(item)
        named = [name for name in functions if name.rpartition("::")[2] in self.tests]
        self.run.expected = named if self.tests else self.matrix.killers(self.run.fault)
        for name in self.run.expected:
            self._run_until_failure(functions.get(name, ()))
        if self.all_tests:
            for first, *_ in [functions[name] for name in functions if name not in self.run.tried]:
                self._run_item(first)
        elif not self.run.kills and not self.tests:
            rest = [item for item in items if function_of(item.nodeid) not in self.run.tried]
            rest.sort(key=lambda item: "core" not in item.keywords)
            self._run_until_failure(rest)

    def _run_until_failure(self, chosen: Sequence[pytest.Item]) -> None:
        kills = len(self.run.kills)
        for item in chosen:
            self._run_item(item)
            if len(self.run.kills) > kills:
                return

    def _run_item(self, item: pytest.Item) -> None:
        function = function_of(item.nodeid)
        if function not in self.run.tried:
            self.run.tried.append(function)
        # pytest tears a module down when the next test belongs to another one.
        module = item.getparent(pytest.Module)
        other = next(
            each for each in item.session.items if each.getparent(pytest.Module) is not module
        )
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=other)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Iterator[None]:
        """Record the result of a test."""
        report = yield
        if call.when == "call":
            self.run.ran += 1
        if call.excinfo is not None and not call.excinfo.errisinstance(pytest.skip.Exception):
            self._record(item.nodeid, call.excinfo.value)
        return report

    def _record(self, nodeid: str, error: BaseException) -> None:
        if isinstance(error, RedirectBug):
            clauses = tuple(dict.fromkeys(v.clause for v in error.verdict.violations))
            self.run.kills.append(Kill(nodeid, clauses))
        elif isinstance(error, AssertionError | pytest.fail.Exception):
            self.run.kills.append(Kill(nodeid, (ASSERTION,)))
        else:
            first = str(error).partition("\n")[0]
            self.run.errors.append(f"{nodeid}: {type(error).__name__}: {first}")
