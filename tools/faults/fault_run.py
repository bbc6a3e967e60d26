"""A pytest plug-in that runs the tests against one fault after the other.

``--hunt NAME,NAME… --hunt-report FILE`` uses one session, one browser and one stand-in for all
of them. For each fault it runs the tests that the kill matrix lists, each test function until
it fails; if none of them fails it runs the core and then everything else.
"""

import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import pytest

from clover.verdict import RedirectBug

MATRIX = Path("e2e", "kill_matrix.json")
#: In place of a clause: the test's own assertion failed, as in a test of the API's rules.
ASSERTION = "assertion"


@dataclass(frozen=True, slots=True)
class Kill:
    """One test that turned red because of the fault."""

    test: str
    clauses: tuple[str, ...]


@dataclass(slots=True)
class FaultRun:
    """What came of the hunt for one fault.

    Attributes:
        claimed: the test functions that the kill matrix lists.
        deaths: the tests that did.
        errors: tests that ended in an error, which proves nothing.
        ran: how many tests were run.
    """

    fault: str
    claimed: list[str] = field(default_factory=list)
    kills: list[Kill] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    ran: int = 0
    seconds: float = 0.0

    @property
    def missed(self) -> list[str]:
        """Functions that claimed to see the fault and have not turned red."""
        dead = {function_of(death.test) for death in self.kills}
        return [name for name in self.claimed if name not in dead]


def function_of(nodeid: str) -> str:
    """The test function of a node, without its parameters."""
    return nodeid.partition("[")[0]


def known_killers(fault: str) -> set[str]:
    """Return the tests that the kill matrix lists for a fault."""
    kills = json.loads(MATRIX.read_text(encoding="utf-8"))["kills"]
    return {kill["test"] for kill in kills.get(fault, ())}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of a hunt."""
    group = parser.getgroup("hunt")
    group.addoption("--hunt", metavar="FAULT,…", help="hunt these faults, one after the other")
    group.addoption("--hunt-report", metavar="FILE", help="a line of JSON for each fault")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Take the hunt up."""
    if config.option.fault_run:
        names = config.option.fault_run.split(",")
        report = Path(config.option.hunt_report)
        config.pluginmanager.register(FaultRunner(names, report), "hunter")


class FaultRunner:
    """Runs the tests fault by fault, and counts the deaths."""

    def __init__(self, names: Sequence[str], report: Path) -> None:
        self.names = names
        self.report = report
        self.fault_run = FaultRun("")

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Take the place of pytest's own loop."""
        for name in self.names:
            session.config.option.fault = name
            began = time.monotonic()
            self.fault_run = FaultRun(name)
            self._hunt(session)
            self.fault_run.seconds = round(time.monotonic() - began, 1)
            with self.report.open("a", encoding="utf-8") as file:
                file.write(json.dumps(asdict(self.fault_run)) + "\n")
        session._setupstate.teardown_exact(None)  # noqa: SLF001 -- what pytest's own loop ends with
        return True

    def _hunt(self, session: pytest.Session) -> None:
        killers = known_killers(self.fault_run.fault)
        claiming = [item for item in session.items if item.nodeid in killers]
        self.fault_run.claimed = list(dict.fromkeys(function_of(item.nodeid) for item in claiming))
        for item in claiming:
            if function_of(item.nodeid) in self.fault_run.missed:
                self._run(session, item)
        if self.fault_run.kills:
            return
        rest = [item for item in session.items if item not in claiming]
        for item in sorted(rest, key=lambda item: "core" not in item.keywords):
            self._run(session, item)
            if self.fault_run.kills:
                return

    def _run(self, session: pytest.Session, item: pytest.Item) -> None:
        # A test is torn down when another follows it, and its file when that stands in another.
        file = item.getparent(pytest.Module)
        other = next(each for each in session.items if each.getparent(pytest.Module) is not file)
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=other)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Iterator[None]:
        """Note how a test ended."""
        report = yield
        if call.when == "call":
            self.fault_run.ran += 1
        if call.excinfo is not None and not call.excinfo.errisinstance(pytest.skip.Exception):
            self._note(item.nodeid, call.excinfo.value)
        return report

    def _note(self, nodeid: str, error: BaseException) -> None:
        if isinstance(error, RedirectBug):
            clauses = tuple(dict.fromkeys(v.clause for v in error.verdict.violations))
            self.fault_run.kills.append(Kill(nodeid, clauses))
        elif isinstance(error, AssertionError | pytest.fail.Exception):
            self.fault_run.kills.append(Kill(nodeid, (ASSERTION,)))
        else:
            first = str(error).partition("\n")[0]
            self.fault_run.errors.append(f"{nodeid}: {type(error).__name__}: {first}")


def read(line: str) -> FaultRun:
    """A hunt as it was written down."""
    data = json.loads(line)
    kills = [Kill(death["test"], tuple(death["clauses"])) for death in data.pop("deaths")]
    return FaultRun(kills=kills, **data)


def fitting(kills: Sequence[Kill], clauses: Sequence[str]) -> Kill | None:
    """The first death for a right reason."""
    return next((death for death in kills if set(death.clauses) & set(clauses)), None)
