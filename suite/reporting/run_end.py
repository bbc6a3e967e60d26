"""The end of a run: records are read, files amended, reports written, secrets searched again."""

import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from records.recorded_test import Problem, TestRecord
from suite.browser_servers import LOST
from suite.evidence.scrub_files import scrub_folder
from suite.reporting.categories import SUITE_PROBLEM
from suite.reporting.github import problem_text, write_summary
from suite.reporting.groups import Group, group
from suite.reporting.history import remember
from suite.reporting.html.report import render
from suite.reporting.machine_files import amend_ctrf, amend_junit
from suite.run import (
    HISTORY_VARIABLE,
    PROBLEMS_FILE,
    REPORT_FILE,
    RUN,
    SUMMARY_VARIABLE,
    Run,
    read_records,
)

SECRETS = "secrets"
"""Key under which a worker sends its secrets to the controller, in memory."""
ACTED = "acted faults"
"""Key under which a worker sends the faults that acted."""
NOTHING_RAN = (
    "No test was run, so nothing was verified: check the paths, the marker expression and, if all "
    "tests were skipped, the reasons above."
)
UNNOTICED = (
    "No test noticed the fault {}, although one led to what it changes: docs/faults.md names the"
    " tests that detect it."
)
NEVER_ACTED = (
    "The fault {} never acted, because no test led to what it changes: docs/faults.md names the"
    " tests that detect it."
)
#: A CI that cancels a run sends one after the other.
ENDING = (signal.SIGINT, signal.SIGTERM)
PROCESS_DIED = (
    "The process that ran this test died: look for low memory or a crash of the browser's driver, "
    "then repeat the test."
)


@pytest.hookimpl(optionalhook=True)
def pytest_handlecrashitem(crashitem: str, report: pytest.TestReport, sched: Any) -> None:
    """Classify the death of a worker before pytest counts it as a failure."""
    sched.config.stash[RUN].crashed.add(crashitem)
    report.category = SUITE_PROBLEM  # type: ignore[attr-defined]
    report.longrepr = f"{PROCESS_DIED}\n{report.longrepr}"


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take over a worker's secrets, for the last search of the result folder, and its faults."""
    run, sent = node.config.stash[RUN], getattr(node, "workeroutput", {})
    run.acted_faults.update(sent.get(ACTED, ()))
    for secret in sent.get(SECRETS, ()):
        run.scrubber.hide(secret)


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> Iterator[None]:
    """Close the run after the plug-ins' files are written, and before the terminal's summary.

    A worker only sends its secrets and faults to the controller. A second Ctrl-C ends the teardown,
    not the report.
    """
    run = session.config.stash[RUN]
    try:
        with run.writing(session):  # the files of other plug-ins
            yield
    finally:
        if run.worker:
            output: dict[str, Any] = session.config.workeroutput  # type: ignore[attr-defined]
            output |= {SECRETS: run.scrubber.named, ACTED: sorted(run.acted_faults)}
        elif run.active:
            with _undisturbed():
                with run.writing(session):
                    _close(session, run)
                if run.unwritten:
                    session.exitstatus = pytest.ExitCode.TESTS_FAILED


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Ignore signals to end until the block has ended."""
    handlers = {number: signal.signal(number, signal.SIG_IGN) for number in ENDING}
    try:
        yield
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)


class Reported(NamedTuple):
    """What the reports show, for the terminal; a remark for each problem with the history."""

    groups: list[Group]
    changes: str
    remarks: list[str]


def write_reports(
    report: Path, records: Sequence[TestRecord], history: Path | None, *, title: str = "Redirects"
) -> Reported:
    """Append to the history; write the HTML report, the list of problems and GitHub's summary."""
    trend, remarks = remember(history, records) if history else (None, [])
    groups = group(records, trend.red_since if trend else None)
    changes = trend.changes if trend else ""
    html = render(records, groups, report.parent, trend=trend, title=title)
    draft = report.with_name(f".{report.name}.draft")
    try:
        draft.write_text(html, encoding="utf-8")
        draft.replace(report)
    finally:
        draft.unlink(missing_ok=True)
    problems = problem_text(records, groups, changes)
    report.with_name(PROBLEMS_FILE).write_text(problems, encoding="utf-8")
    if summary := os.environ.get(SUMMARY_VARIABLE):
        write_summary(Path(summary), records, groups, changes=changes, title=title)
    return Reported(groups, changes, remarks)


def _close(session: pytest.Session, run: Run) -> None:
    run.folder.mkdir(parents=True, exist_ok=True)
    interrupted = session.exitstatus == pytest.ExitCode.INTERRUPTED
    run.records = [
        record
        for record in read_records(run.folder)
        if not (interrupted and record.status == "running" and record.nodeid not in run.crashed)
    ]
    for record in run.records:
        if record.status == "running":
            _note_death(record, run)
    ran = any(record.status != "skipped" for record in run.records)
    # pytest itself passes a run in which every test was skipped.
    if not ran and session.exitstatus in {pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED}:
        session.exitstatus = pytest.ExitCode.NO_TESTS_COLLECTED
        run.remarks.append(NOTHING_RAN)
    if session.exitstatus == pytest.ExitCode.OK and (fault := run.facts.get("fault")):
        session.exitstatus = pytest.ExitCode.USAGE_ERROR
        said = UNNOTICED if fault in run.acted_faults else NEVER_ACTED
        run.remarks.append(said.format(fault))
    notes = (record.notes.get(LOST, "") for record in run.records)
    run.remarks += sorted({line for note in notes for line in note.splitlines()})
    option = session.config.option
    junit, ctrf = (Path.cwd() / path for path in (option.xmlpath, option.ctrf))
    if junit.is_file() and not run.unwritten:
        amend_junit(junit)
    if ctrf.is_file() and not run.unwritten:
        amend_ctrf(ctrf, run.records)
    history = option.history or os.environ.get(HISTORY_VARIABLE)
    report = run.folder / REPORT_FILE
    reported = write_reports(report, run.records, Path(history) if history else None)
    run.report = report
    run.groups, run.changes = reported.groups, reported.changes
    run.remarks += reported.remarks
    scrub_folder(run.folder, run.scrubber)


def _note_death(record: TestRecord, run: Run) -> None:
    record.status = "error"
    problem = Problem(
        phase="call",
        category=SUITE_PROBLEM,
        headline=PROCESS_DIED.partition(":")[0],
        text=PROCESS_DIED,
    )
    record.problems.append(problem)
    record.save(run.folder / record.folder, record.model_dump_json(indent=1))
