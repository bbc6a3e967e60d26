"""The pytest plugin that leaves evidence, tells problems apart and writes the reports."""

from collections.abc import Generator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from records.recorded_test import TestRecord
from suite.evidence import output_folder
from suite.evidence.evidence import Evidence, slug
from suite.repeat_command import repeat
from suite.reporting import run_end, terminal
from suite.reporting.categories import SUITE_PROBLEM
from suite.reporting.findings import note_findings
from suite.reporting.machine_files import make_sendable
from suite.run import RUN, Run

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
        "folders whose tests leave evidence and a report; other runs do not touch the last one",
        type="args",
        default=["e2e"],
    )


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Decide what this run leaves, before the plug-ins that write files look at their options."""
    config.stash[RUN] = Run.begin(config)
    # Registered this late, its fixtures replace pytest-playwright's wherever this plugin came from.
    config.pluginmanager.register(output_folder)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Clear the former run's results, once, before any worker starts."""
    session.config.stash[RUN].clear_results()


@pytest.fixture
def evidence(request: pytest.FixtureRequest) -> Evidence:
    """What this test leaves behind; verdicts, API exchanges and notes are added to it."""
    node: pytest.Item = request.node
    return node.stash[EVIDENCE]


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Begin the evidence of a test, on disk at once, so that a killed process leaves a trace."""
    run = item.config.stash[RUN]
    item.stash[EVIDENCE] = begun = Evidence(
        _record(item, run), run.folder / slug(item.nodeid), run.scrubber, run.recording
    )
    if run.active:
        begun.write()


def _record(item: pytest.Item, run: Run) -> TestRecord:
    file, line, _ = item.reportinfo()
    function = getattr(item, "originalname", None) or item.name
    doc = (getattr(getattr(item, "obj", None), "__doc__", None) or "").strip()
    callspec = getattr(item, "callspec", None)
    browser = callspec.params.get("browser_name", "") if callspec else ""
    facts = {**run.facts, **({"browser": str(browser)} if browser else {})}
    return TestRecord(
        nodeid=item.nodeid,
        title=" ".join(doc.split("\n\n")[0].split()) or function.replace("_", " "),
        test=function,
        file=Path(file).relative_to(item.config.rootpath).as_posix()
        if Path(file).is_relative_to(item.config.rootpath)
        else str(file),
        line=(line or 0) + 1,
        params=callspec.id if callspec else "",
        worker=run.worker,
        started=datetime.now(UTC).isoformat(timespec="milliseconds"),
        run=facts,
        repro=repeat(item.nodeid, facts, item.config.rootpath),
    )


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Write the evidence where the test ran, and give each problem its category and words."""
    report = yield
    begun = item.stash.get(EVIDENCE, None)
    if begun is not None and item.config.stash[RUN].active:
        note_findings(item, call, report, begun)
    make_sendable(report)
    return report


@pytest.hookimpl(optionalhook=True)
def pytest_handlecrashitem(report: pytest.TestReport) -> None:
    """Call the death of a worker what it is, before anything counts it as a failure."""
    report.category = SUITE_PROBLEM  # type: ignore[attr-defined]
    report.headline = run_end.PROCESS_DIED  # type: ignore[attr-defined]
    report.longrepr = f"{run_end.PROCESS_DIED}\n{report.longrepr}"


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Learn which secrets a worker came to know, so that the last search looks for them too."""
    run_end.learn_secrets(node.config.stash[RUN], getattr(node, "workeroutput", {}))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Give the problem's words colours, in the process that shows them."""
    terminal.colour(report)


@pytest.hookimpl(tryfirst=True)
def pytest_report_teststatus(
    report: pytest.CollectReport | pytest.TestReport,
) -> tuple[str, str, tuple[str, dict[str, bool]]] | None:
    """Count redirect bugs as failures and everything else as errors, whatever the phase."""
    return terminal.status(report)


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> Iterator[None]:
    """Amend the machine-readable files and build the report, once the run is over.

    The innermost wrapper: the plug-ins' files are written by then, the terminal's
    summary is still to come.
    """
    yield
    run_end.finish(session)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> Iterator[None]:
    """Show what went wrong, the redirects and the totals, in place of pytest's own sections."""
    with terminal.summary(terminalreporter, config.stash[RUN]):
        yield
