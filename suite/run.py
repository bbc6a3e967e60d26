"""The state of one run: result folder, recording options, secrets and records."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import pytest

from clover import cards
from records.recorded_test import EVIDENCE_FILE, Problem, TestRecord
from suite.evidence.evidence import Recording
from suite.evidence.scrubber import Scrubber
from suite.repeat_command import OPTIONS
from suite.reporting.categories import SUITE_PROBLEM
from suite.reporting.groups import Group

HISTORY_VARIABLE = "REDIRECT_HISTORY"
SUMMARY_VARIABLE = "GITHUB_STEP_SUMMARY"
REPORT_FILE = "report.html"
PROBLEMS_FILE = "problems.md"
RESULTS = "test-results"

UNWRITTEN = (
    "The results could not be written whole to {} ({}): free space there, or name another folder"
    " with --output, then repeat the run."
)

#: Marks a folder as one that a run made, and that the next run may empty.
_MARK = ".redirect-results"


@dataclass(slots=True)
class Run:
    """One run, in the controller or in one worker.

    Attributes:
        active: whether this run writes evidence; runs of tests in other folders do not.
        folder: of the results, ``test-results`` by default.
        worker: the name of the xdist worker, or "".
        facts: target, behaviour, fault and seed, which are needed to repeat the run. Fixtures
            may add to them.
        acted_faults: the faults of the stand-in that changed a result.
        crashed: node ids of the tests whose worker died.
        groups: the problems, grouped by cause.
        changes: what changed since the previous run, or "" without a history.
        remarks: sentences for the end of the terminal output.
        unwritten: says why the results are not whole, or "".
    """

    active: bool
    folder: Path
    worker: str
    recording: Recording
    scrubber: Scrubber
    facts: dict[str, str] = field(default_factory=dict)
    acted_faults: set[str] = field(default_factory=set)
    crashed: set[str] = field(default_factory=set)
    records: list[TestRecord] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    changes: str = ""
    report: Path | None = None
    remarks: list[str] = field(default_factory=list)
    unwritten: str = ""

    @classmethod
    def begin(cls, config: pytest.Config) -> Self:
        """Read the options, take over the recording, and request JUnit and CTRF files."""
        option = config.option
        worker = getattr(config, "workerinput", {}).get("workerid", "")
        active = _is_reported(config) and not getattr(option, "collectonly", False)
        folder = config.invocation_params.dir / str(getattr(option, "output", RESULTS))
        recording = Recording(
            trace=getattr(option, "tracing", "off"), screenshot=getattr(option, "screenshot", "off")
        )
        if active and not worker:
            check_folder(folder)
        if active:
            # pytest-playwright would record tokens and card numbers in clear (see evidence.py).
            option.tracing = option.screenshot = "off"
            option.xmlpath = getattr(option, "xmlpath", None) or str(folder / "junit.xml")
            option.ctrf = getattr(option, "ctrf", None) or str(folder / "ctrf.json")
        return cls(
            active=active,
            folder=folder,
            worker=worker,
            recording=recording,
            scrubber=Scrubber(card.number for card in cards.ALL),
            facts={
                name: value
                for name in OPTIONS
                if (value := str(config.getoption(f"--{name}", ""))) not in {"", "None", "False"}
            },
        )

    @contextmanager
    def writing(self, session: pytest.Session) -> Iterator[None]:
        """End the run if the block cannot write results: without evidence nothing is proved."""
        try:
            yield
        except OSError as error:
            self.unwritten = UNWRITTEN.format(self.folder, error.strerror or error)
            session.shouldfail = self.unwritten

    def clear_results(self) -> None:
        """Delete the former run's results and mark the folder, in the controller only."""
        if not self.active or self.worker:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        for entry in self.folder.iterdir():
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry)
            else:
                entry.unlink()
        (self.folder / _MARK).touch()


def check_folder(folder: Path) -> None:
    """Refuse to empty a folder that no run has made; the default one is always a run's.

    Raises:
        pytest.UsageError: the folder is a file, or has other contents.
    """
    if folder.exists() and not folder.is_dir():
        raise pytest.UsageError(
            f"The results folder {folder} is a file. Name another one with --output."
        )
    ours = folder.name == RESULTS or not folder.exists() or (folder / _MARK).exists()
    if not ours and any(folder.iterdir()):
        raise pytest.UsageError(
            f"The results folder {folder} has contents that no run made, and this run would delete"
            " them. Name a new or an empty folder with --output, or delete this one yourself."
        )


RUN: pytest.StashKey[Run] = pytest.StashKey()


def read_records(folder: Path) -> list[TestRecord]:
    """Read every record below ``folder``, in the order in which the tests began."""
    records = []
    for path in folder.rglob(EVIDENCE_FILE):
        record = _read(path)
        record.folder = path.parent.relative_to(folder).as_posix()
        records.append(record)
    return sorted(records, key=lambda record: (record.started, record.nodeid))


def _read(path: Path) -> TestRecord:
    """Read a record; in place of an unreadable one, return a record that reports this."""
    try:
        return TestRecord.load(path)
    except (OSError, ValueError) as error:
        name = path.parent.name
        problem = Problem(
            phase="evidence",
            category=SUITE_PROBLEM,
            headline="the evidence of this test cannot be read",
            text=f"{path} cannot be read: repeat the test.\n{error}",
        )
        return TestRecord(
            nodeid=name,
            title=name,
            test=name,
            file=str(path),
            line=1,
            status="error",
            problems=[problem],
        )


def _is_reported(config: pytest.Config) -> bool:
    """Whether the run may have tests from one of the folders in ``report_paths``."""
    reported = [Path(config.rootpath, path).resolve() for path in config.getini("report_paths")]
    return any(
        path.is_relative_to(folder) or folder.is_relative_to(path)
        for argument in config.args
        for path in [Path(config.invocation_params.dir, argument.split("::")[0]).resolve()]
        for folder in reported
    )
