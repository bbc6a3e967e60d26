"""The pytest plugin that keeps evidence and classifies problems; it loads those of the reports."""

import signal
from collections.abc import Generator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from records.recorded_test import TestRecord
from suite.cases.case_file import CaseFile
from suite.evidence import output_folder
from suite.evidence.evidence import Evidence, slug
from suite.repeat_command import repeat
from suite.reporting.findings import note_findings
from suite.reporting.machine_files import make_sendable
from suite.run import RUN, Run

pytest_plugins = ["suite.reporting.terminal", "suite.reporting.run_end"]

EVIDENCE: pytest.StashKey[Evidence] = pytest.StashKey()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options and settings of the reports."""
    group = parser.getgroup("reports")
    group.addoption(
        "--history",
        metavar="FILE",
        help="append this run's results to a SQLite file and show the last nights in the report "
        "(default: the environment variable REDIRECT_HISTORY)",
    )
    parser.addini(
        "report_paths",
        "folders whose tests are reported; runs of other tests leave the last report alone",
        type="args",
        default=["e2e"],
    )


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Begin the run before the plug-ins that write files read their options."""
    config.stash[RUN] = run = Run.begin(config)
    if run.active and not run.worker:
        # As Ctrl-C: the run keeps what it has, and leaves no process.
        former = signal.signal(signal.SIGTERM, signal.default_int_handler)
        config.add_cleanup(partial(_restore, former))
    # Registered last, so that its fixtures override those of pytest-playwright.
    config.pluginmanager.register(output_folder)


def _restore(handler: Any) -> None:
    signal.signal(signal.SIGTERM, handler)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Delete the former run's results before any worker starts."""
    session.config.stash[RUN].clear_results()


@pytest.fixture
def evidence(request: pytest.FixtureRequest) -> Evidence:
    """The evidence of this test, to which verdicts, API exchanges and notes are added."""
    node: pytest.Item = request.node
    return node.stash[EVIDENCE]


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Begin the evidence of a test, on disk in case its process is killed."""
    run = item.config.stash[RUN]
    item.stash[EVIDENCE] = begun = Evidence(
        _record(item, run), run.folder / slug(item.nodeid), run.scrubber, run.recording
    )
    if run.active:
        with run.writing(item.session):
            begun.write()


def _record(item: pytest.Item, run: Run) -> TestRecord:
    root = item.config.rootpath
    source, line, _ = item.reportinfo()
    function = getattr(item, "originalname", None) or item.name
    doc = getattr(getattr(item, "obj", None), "__doc__", None) or ""
    described = " ".join(doc.strip().split("\n\n")[0].split())
    callspec = getattr(item, "callspec", None)
    params = callspec.params if callspec else {}
    browser = str(params.get("browser_name", ""))
    file = next((value for value in params.values() if isinstance(value, CaseFile)), None)
    case = file.path.resolve() if file and item.config.option.case else None
    # An annotation of GitHub then stands in the repository of the case.
    path, base = (case, Path.cwd()) if case else (Path(source), root)
    facts = {**run.facts, **({"browser": browser} if browser else {})}
    return TestRecord(
        nodeid=item.nodeid,
        title=file.case.title if file else described or function.replace("_", " "),
        test=function,
        file=(path.relative_to(base) if path.is_relative_to(base) else path).as_posix(),
        line=1 if case else (line or 0) + 1,
        params=callspec.id if callspec else "",
        worker=run.worker,
        started=datetime.now(UTC).isoformat(timespec="milliseconds"),
        run=facts,
        repro=repeat(item.nodeid, facts, root, case=case),
    )


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Write the evidence in the process of the test, and classify each problem."""
    report = yield
    begun = item.stash.get(EVIDENCE, None)
    if begun is not None and item.config.stash[RUN].active:
        with item.config.stash[RUN].writing(item.session):
            note_findings(item, call, report, begun)
    make_sendable(report)
    return report
