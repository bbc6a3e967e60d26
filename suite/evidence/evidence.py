"""Evidence of the running test, written to disk as it comes, and without secrets.

Playwright writes request headers and typed characters into a trace in clear. So its own plug-in
does not record here: a trace is stopped into a temporary folder and scrubbed before it is kept.
"""

import re
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import chain, count
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page
from playwright.sync_api import Error as PlaywrightError

from pages.screenshots import masked_screenshot
from records.exchange import Exchange
from records.recorded_test import TestRecord
from records.verdict import Verdict
from suite.evidence.scrub_files import scrub_zip
from suite.evidence.scrubber import Scrubber
from suite.evidence.timeline import Picture, TimelineRecorder, owner

CASE_NAME = "case"
OTHER_CASE_NAME = "other-checkout"
INTEGRATION_CHECK = "integration check"
"""Key of the note with findings on a request."""
LONGEST_BODY = 20_000
"""Characters of a request or response body that are kept."""
SLUG_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Recording:
    """What to record.

    A trace kept on failure has actions, requests and console, which cost next to nothing. Only
    a requested trace has DOM snapshots, which cost a third more CPU. Screenshots are never in a
    trace: they double its cost and show typed card numbers.

    Attributes:
        trace: "off", "on" or "retain-on-failure".
        screenshot: "off", "on" or "only-on-failure".
    """

    trace: str = "off"
    screenshot: str = "off"


def slug(nodeid: str) -> str:
    """Return a readable and unique folder name for a test."""
    # Parameters may contain slashes.
    path, bracket, params = nodeid.partition("[")
    name = path.rpartition("/")[2] + bracket + params
    words = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    if len(words) > SLUG_LENGTH:
        words = words[:SLUG_LENGTH].rpartition("-")[0]
    return f"{words}-{sha256(nodeid.encode()).hexdigest()[:8]}"


def _promise(verdict: Verdict) -> tuple[str, ...]:
    return verdict.session_id, verdict.outcome, verdict.expectation


class Evidence:
    """The evidence of one test; everything in it is scrubbed before it is written.

    Attributes:
        cases: each checkout as the fields of a case file, by session id.
        case_text: the text of the case file that the test runs, or "".
        folder: of the files; it exists from the start of the test.
        recorders: of each checkout's timeline.
    """

    def __init__(
        self, record: TestRecord, folder: Path, scrubber: Scrubber, recording: Recording
    ) -> None:
        self.record = record
        self.folder = folder
        self.scrubber = scrubber
        self.cases: dict[str, dict[str, Any]] = defaultdict(dict)
        self.case_text = ""
        self._recording = recording
        self.recorders: list[TimelineRecorder] = []
        self._pictures: list[tuple[bytes, str, Picture]] = []

    def add_verdict(self, verdict: Verdict) -> None:
        """Add a verdict in place of an earlier one on the same promise, which had seen less.

        It is written in case the process dies next.
        """
        self.record.verdicts = [
            one
            for one in self.record.verdicts
            if one != verdict and not (one.kept and _promise(one) == _promise(verdict))
        ]
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

    def hide(self, secret: str) -> None:
        """Keep ``secret`` out of everything that this run writes."""
        self.scrubber.hide(secret)

    def note(self, key: str, value: object) -> None:
        """Add a fact that helps to understand the test."""
        self.record.notes[key] = str(value)

    def add_screenshot(
        self, png: bytes, name: str = "screenshot", *, page: Page | None = None
    ) -> None:
        """Keep a screenshot, in which typed text is masked, if the test does not pass."""
        self._pictures.append((png, name, Picture(time.monotonic(), page)))

    @contextmanager
    def recorded(self, context: BrowserContext) -> Iterator[None]:
        """Record trace and screenshots as the options ask, until the block ends.

        That must be before ``context`` is closed.
        """
        trace = self._recording.trace
        if trace != "off":
            context.tracing.start(snapshots=trace == "on")
        try:
            yield
        finally:
            if self._is_kept(self._recording.screenshot):
                for page in context.pages:
                    if png := masked_screenshot(page, full_page=False):
                        self.add_screenshot(png, page=page)
            with suppress(PlaywrightError):  # a browser that died has no trace
                if self._is_kept(trace):
                    self._keep_trace(context)
                elif trace != "off":
                    context.tracing.stop()

    def write(self) -> None:
        """Write the record as it is now."""
        self.record.save(self.folder, self.scrubber.text(self.record.model_dump_json(indent=1)))

    def finish(self, cases: Mapping[str, str]) -> None:
        """Write everything that belongs to a finished test.

        Args:
            cases: the text of each checkout's case file, by session id.
        """
        keep = self._recording.screenshot == "on" or self.record.problems
        kept = []
        for png, name, picture in self._pictures if keep else ():
            path = self._new_file(name, ".png")
            path.write_bytes(png)
            self.record.screenshots.append(path.name)
            kept.append(replace(picture, file=path.name))
        self._pictures.clear()
        self._add_timelines(kept)
        if self.record.problems:
            self._write_cases(cases)
        self.write()

    def _add_timelines(self, pictures: Sequence[Picture]) -> None:
        shown = {picture: owner(self.recorders, picture) for picture in pictures if self.recorders}
        self.record.timelines = [
            recorder.timeline(
                self.record.exchanges, [one for one, by in shown.items() if by is recorder]
            )
            for recorder in self.recorders
        ]

    def _write_cases(self, cases: Mapping[str, str]) -> None:
        """Write one file for each checkout; that of the judged one has the plain name."""
        judged = self.record.verdict
        broken = judged.session_id if judged and "" not in cases else next(reversed([*cases]), "")
        for session, text in cases.items():
            path = self._new_file(CASE_NAME if session == broken else OTHER_CASE_NAME, ".toml")
            path.write_text(self.scrubber.text(text), encoding="utf-8")
            if session == broken:
                self.record.case = path.name

    def _is_kept(self, mode: str) -> bool:
        return mode == "on" or (mode != "off" and bool(self.record.problems))

    def _keep_trace(self, context: BrowserContext) -> None:
        kept = self._new_file("trace", ".zip")
        with tempfile.TemporaryDirectory(prefix="trace-") as raw:
            path = Path(raw, kept.name)
            context.tracing.stop(path=path)
            scrub_zip(path, kept, self.scrubber)
        self.record.trace = self.record.trace or kept.name

    def _new_file(self, name: str, suffix: str) -> Path:
        self.folder.mkdir(parents=True, exist_ok=True)
        names = chain([name], (f"{name}-{number}" for number in count(2)))
        paths = (self.folder / f"{each}{suffix}" for each in names)
        return next(path for path in paths if not path.exists())
