"""The end of a run: files amended, report built, secrets searched for once more."""

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from records.recorded_test import Problem, TestRecord
from suite.evidence.scrub_files import scrub_folder
from suite.reporting.categories import SUITE_PROBLEM
from suite.reporting.github import write_summary
from suite.reporting.history import remember
from suite.reporting.html_report import write_report
from suite.reporting.machine_files import amend_ctrf, amend_junit
from suite.run import REPORT_FILE, RUN, SUMMARY_VARIABLE, Run

SECRETS = "secrets"
"""Under this name a worker hands its secrets to the controller, in memory."""
NOTHING_RAN = (
    "No test was run, so nothing was proved: check the paths, the marker expression and, if all "
    "were skipped, the reasons above."
)
PROCESS_DIED = (
    "The process that ran this test died: look for too little memory or a crash of the browser's "
    "driver, then repeat the test."
)


def finish(session: pytest.Session) -> None:
    """Close the run; in a worker, hand its secrets to the controller."""
    run = session.config.stash[RUN]
    if run.worker:
        session.config.workeroutput[SECRETS] = run.scrubber.named  # type: ignore[attr-defined]
    elif run.active:
        _close(session, run)


def learn_secrets(run: Run, output: Mapping[str, object]) -> None:
    """Take the secrets over that a worker came to know."""
    named = output.get(SECRETS)
    for secret in named if isinstance(named, list) else ():
        run.scrubber.hide(secret)


def _close(session: pytest.Session, run: Run) -> None:
    run.folder.mkdir(parents=True, exist_ok=True)
    run.records = run.read_records()
    for record in run.records:
        if record.status == "running":
            _note_death(record, run)
    _demand_a_test(session, run)
    _amend_files(session.config, run)
    trend = None
    if run.history is not None:
        trend, remarks = remember(run.history, run.records)
        run.remarks += remarks
    run.report = run.folder / REPORT_FILE
    write_report(run.report, run.records, trend=trend)
    if summary := os.environ.get(SUMMARY_VARIABLE):
        write_summary(Path(summary), run.records)
    scrub_folder(run.folder, run.scrubber)


def _note_death(record: TestRecord, run: Run) -> None:
    record.status = "error"
    record.problems.append(
        Problem(
            phase="call",
            category=SUITE_PROBLEM,
            headline=PROCESS_DIED.split(":", maxsplit=1)[0],
            text=PROCESS_DIED,
        )
    )
    record.save(run.folder / record.folder, record.model_dump_json(indent=1))


def _demand_a_test(session: pytest.Session, run: Run) -> None:
    """Make a run red that ran no test: pytest itself is content when all were skipped."""
    ran = any(record.status != "skipped" for record in run.records)
    if not ran and session.exitstatus in {pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED}:
        session.exitstatus = pytest.ExitCode.NO_TESTS_COLLECTED
        run.remarks.append(NOTHING_RAN)


def _amend_files(config: pytest.Config, run: Run) -> None:
    junit, ctrf = run.root / config.option.xmlpath, run.root / config.option.ctrf
    if junit.is_file():
        amend_junit(junit)
    if ctrf.is_file():
        amend_ctrf(ctrf, run.records)
