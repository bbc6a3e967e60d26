"""Evidence of the running test, written to disk as it comes."""

import re
from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext

from records.exchange import Exchange
from records.recorded_test import TestRecord
from records.verdict import Verdict
from suite.evidence.recording import Recorder, Recording
from suite.evidence.scrubber import Scrubber

CASE_FILE = "case.toml"
LONGEST_BODY = 20_000
"""Characters of a request or response body that are kept."""
SLUG_LENGTH = 80


def slug(nodeid: str) -> str:
    """Return a readable and unique folder name for a test."""
    # Parameters may contain slashes.
    path, bracket, params = nodeid.partition("[")
    name = path.rpartition("/")[2] + bracket + params
    words = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    if len(words) > SLUG_LENGTH:
        words = words[:SLUG_LENGTH].rpartition("-")[0]
    return f"{words}-{sha256(nodeid.encode()).hexdigest()[:8]}"


class Evidence:
    """The evidence of one test; everything in it is scrubbed before it is written.

    Attributes:
        case: the checkout as the fields of a case file.
        folder: of the files; it exists from the start of the test.
    """

    def __init__(
        self, record: TestRecord, folder: Path, scrubber: Scrubber, recording: Recording
    ) -> None:
        self.record = record
        self.folder = folder
        self.scrubber = scrubber
        self.case: dict[str, Any] = {}
        self._all_pictures = recording.screenshot == "on"
        self._recorder = Recorder(recording, folder, scrubber, lambda: bool(record.problems))

    def add_verdict(self, verdict: Verdict) -> None:
        """Add a verdict unless it is there, and write it in case the process dies next."""
        if verdict not in self.record.verdicts:
            self.record.verdicts.append(verdict)
        self.write()

    def add_exchange(self, exchanges: Iterable[Exchange]) -> None:
        """Add calls of the provider's API, with clipped bodies."""
        self.record.exchanges += [
            replace(
                exchange,
                request_body=exchange.request_body[:LONGEST_BODY],
                response_body=exchange.response_body[:LONGEST_BODY],
            )
            for exchange in exchanges
        ]

    def hide(self, *secrets: str) -> None:
        """Keep ``secrets`` out of everything that this run writes."""
        for secret in secrets:
            self.scrubber.hide(secret)

    def note(self, key: str, value: object) -> None:
        """Add a fact that helps to understand the test."""
        self.record.notes[key] = str(value)

    def add_screenshot(self, png: bytes, name: str = "screenshot") -> None:
        """Keep a screenshot if the test does not pass."""
        self._recorder.pictures.append((png, name))

    def recorded(self, context: BrowserContext) -> AbstractContextManager[None]:
        """Record trace and screenshots of ``context``, as the options of the run ask."""
        return self._recorder.around(context)

    def write(self) -> None:
        """Write the record as it is now."""
        self.record.save(self.folder, self.scrubber.text(self.record.model_dump_json(indent=1)))

    def finish(self, case_text: str) -> None:
        """Write everything that belongs to a finished test.

        Args:
            case_text: the checkout as a case file, or "".
        """
        keep = self._all_pictures or self.record.problems
        for png, name in self._recorder.pictures if keep else ():
            self.record.screenshots.append(self._save_picture(png, name))
        self._recorder.pictures.clear()
        self.record.trace = next(iter(self._recorder.traces), "")
        if case_text and self.record.problems:
            (self.folder / CASE_FILE).write_text(self.scrubber.text(case_text), encoding="utf-8")
            self.record.case = CASE_FILE
        self.write()

    def _save_picture(self, png: bytes, name: str) -> str:
        file, number = f"{name}.png", 2
        while file in self.record.screenshots:
            file, number = f"{name}-{number}.png", number + 1
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / file).write_bytes(png)
        return file
