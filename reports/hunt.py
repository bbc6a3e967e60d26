"""A pytest plug-in that hunts one fault: the tests that claim to see it first, until it is dead.

``-p reports.hunt --hunt NAME --hunt-report FILE`` switches the stand-in's fault on, runs what is
marked ``killed_by(NAME)`` and, where nothing is, everything else; it stops as soon as each test
function that made the claim has kept it.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import pytest

from clover.verdict import RedirectBug

MARK = "killed_by"
#: In place of a clause: the test's own assertion failed, as in a test of the API's rules.
ASSERTION = "assertion"


@dataclass(frozen=True, slots=True)
class Death:
    """One test that turned red because of the fault."""

    test: str
    clauses: tuple[str, ...]
    seconds: float


@dataclass(slots=True)
class Hunt:
    """What came of the hunt for one fault.

    Attributes:
        claimed: the test functions that are marked to see it.
        deaths: the tests that did.
        errors: tests that ended in an error, which proves nothing.
        ran: how many tests were run.
    """

    fault: str
    claimed: list[str] = field(default_factory=list)
    deaths: list[Death] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    ran: int = 0

    @property
    def missed(self) -> list[str]:
        """Functions that claimed to see the fault and have not turned red."""
        dead = {function_of(death.test) for death in self.deaths}
        return [name for name in self.claimed if name not in dead]


def function_of(nodeid: str) -> str:
    """The test function of a node, without its parameters."""
    return nodeid.partition("[")[0]


def claims(item: pytest.Item) -> tuple[str, ...]:
    """The faults that a test is marked to see."""
    return tuple(str(name) for mark in item.iter_markers(MARK) for name in mark.args)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of a hunt."""
    group = parser.getgroup("hunt")
    group.addoption("--hunt", metavar="FAULT", help="switch this fault on and hunt it")
    group.addoption("--hunt-report", metavar="FILE", help="where to write what came of it")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Switch the fault on and take the hunt up."""
    if config.option.hunt:
        config.option.fault = config.option.hunt
        config.pluginmanager.register(Hunter(Hunt(config.option.hunt)), "hunter")


class Hunter:
    """Orders the tests, counts the deaths, and stops in time."""

    def __init__(self, hunt: Hunt) -> None:
        self.hunt = hunt

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Claims first, then the core, then the rest."""
        items.sort(key=lambda item: (not self._claims(item), "core" not in item.keywords))
        claimed = [function_of(item.nodeid) for item in items if self._claims(item)]
        self.hunt.claimed = list(dict.fromkeys(claimed))

    def _claims(self, item: pytest.Item) -> bool:
        return self.hunt.fault in claims(item)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Leave out what cannot tell anything more."""
        name = function_of(item.nodeid)
        if name in self.hunt.claimed and name not in self.hunt.missed:
            pytest.skip("this test has seen the fault already")

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Iterator[None]:
        """Note how a test ended."""
        report = yield
        if call.when == "call":
            self.hunt.ran += 1
        if call.excinfo is not None and not call.excinfo.errisinstance(pytest.skip.Exception):
            self._note(item.nodeid, call)
        if call.when == "teardown" and self._is_over():
            item.session.shouldstop = "the fault is dead"
        return report

    def _note(self, nodeid: str, call: pytest.CallInfo[None]) -> None:
        assert call.excinfo is not None
        error = call.excinfo.value
        if isinstance(error, RedirectBug):
            clauses = tuple(dict.fromkeys(v.clause for v in error.verdict.violations))
            self.hunt.deaths.append(Death(nodeid, clauses, round(call.duration, 2)))
        elif isinstance(error, AssertionError | pytest.fail.Exception):
            self.hunt.deaths.append(Death(nodeid, (ASSERTION,), round(call.duration, 2)))
        else:
            first = str(error).partition("\n")[0]
            self.hunt.errors.append(f"{nodeid}: {type(error).__name__}: {first}")

    def _is_over(self) -> bool:
        return bool(self.hunt.deaths) and not self.hunt.missed

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Write down what came of it."""
        path = session.config.option.hunt_report
        if path:
            Path(path).write_text(json.dumps(asdict(self.hunt)), encoding="utf-8")


def read(path: Path) -> Hunt:
    """A hunt as it was written down."""
    data = json.loads(path.read_text(encoding="utf-8"))
    deaths = [Death(d["test"], tuple(d["clauses"]), d["seconds"]) for d in data.pop("deaths")]
    return Hunt(deaths=deaths, **data)


def fitting(deaths: Sequence[Death], clauses: Sequence[str]) -> Death | None:
    """The first death for a right reason."""
    return next((death for death in deaths if set(death.clauses) & set(clauses)), None)
