"""What one run is about: where its results go, what is recorded, which secrets are hidden."""

import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import pytest

from clover import cards
from records.recorded_test import EVIDENCE_FILE, Problem, TestRecord
from suite.evidence.recording import Recording
from suite.evidence.scrubber import Scrubber
from suite.repeat_command import OPTIONS
from suite.reporting.categories import SUITE_PROBLEM

HISTORY_VARIABLE = "REDIRECT_HISTORY"
SUMMARY_VARIABLE = "GITHUB_STEP_SUMMARY"
REPORT_FILE = "report.html"


@dataclass(slots=True)
class Run:
    """One run, in the controller or in one worker.

    Attributes:
        active: whether this run leaves evidence; runs of other folders' tests do not.
        folder: where results go, ``test-results`` by default.
        worker: name of the xdist worker, or nothing.
        facts: target, behaviour, fault, seed: what a reader must know to repeat the run.
            conftest.py may add to it.
        report: path of the report once it is built.
        remarks: sentences for the end of the terminal output.
    """

    active: bool
    folder: Path
    root: Path
    worker: str
    recording: Recording
    scrubber: Scrubber
    history: Path | None
    facts: dict[str, str] = field(default_factory=dict)
    records: list[TestRecord] = field(default_factory=list)
    report: Path | None = None
    remarks: list[str] = field(default_factory=list)

    @classmethod
    def begin(cls, config: pytest.Config) -> Self:
        """Read the options, take recording over, and ask for JUnit and CTRF files."""
        option = config.option
        worker = getattr(config, "workerinput", {}).get("workerid", "")
        active = _is_reported(config) and not getattr(option, "collectonly", False)
        folder = (config.rootpath / str(getattr(option, "output", "test-results"))).absolute()
        recording = Recording(
            trace=getattr(option, "tracing", "off"), screenshot=getattr(option, "screenshot", "off")
        )
        if active:
            # Its recorder writes tokens and card numbers in clear (see recording.py).
            option.tracing = option.screenshot = "off"
            option.xmlpath = getattr(option, "xmlpath", None) or str(folder / "junit.xml")
            option.ctrf = getattr(option, "ctrf", None) or str(folder / "ctrf.json")
        history = getattr(option, "history", None) or os.environ.get(HISTORY_VARIABLE)
        return cls(
            active=active,
            folder=folder,
            root=config.rootpath,
            worker=worker,
            recording=recording,
            scrubber=Scrubber(_test_cards()),
            history=Path(history) if history else None,
            facts={
                name: str(value)
                for name in OPTIONS
                if (value := config.getoption(name, default=None)) not in {None, ""}
            },
        )

    def clear_results(self) -> None:
        """Delete what the former run left; only the controller does."""
        if self.active and not self.worker and self.folder.is_dir():
            for entry in self.folder.iterdir():
                if entry.is_dir() and not entry.is_symlink():
                    shutil.rmtree(entry)
                else:
                    entry.unlink()

    def read_records(self) -> list[TestRecord]:
        """The evidence of every test of this run, also of tests whose process died."""
        return read_records(self.folder)


RUN: pytest.StashKey[Run] = pytest.StashKey()


def read_records(folder: Path) -> list[TestRecord]:
    """Every record below ``folder``, in the order in which the tests began."""
    records = []
    for path in folder.rglob(EVIDENCE_FILE):
        record = _read(path)
        record.folder = path.parent.relative_to(folder).as_posix()
        records.append(record)
    return sorted(records, key=lambda record: (record.started, record.nodeid))


def _read(path: Path) -> TestRecord:
    """A record, or in place of one that cannot be read, one that says so."""
    try:
        return TestRecord.load(path)
    except (OSError, ValueError) as error:
        name = path.parent.name
        said = Problem(
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
            problems=[said],
        )


def _is_reported(config: pytest.Config) -> bool:
    wanted = [Path(config.rootpath, path) for path in config.getini("report_paths")]
    asked = [Path(config.invocation_params.dir, arg.split("::")[0]) for arg in config.args]
    return any(
        path == place or path.is_relative_to(place) or place.is_relative_to(path)
        for path in map(Path.resolve, asked)
        for place in map(Path.resolve, wanted)
    )


def _test_cards() -> list[str]:
    return [card.number for card in vars(cards).values() if isinstance(card, cards.Card)]
