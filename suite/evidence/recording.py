"""Traces and screenshots of one test, kept as the options ask, and without secrets.

Playwright writes request headers and typed characters into a trace in clear. So its own plug-in
does not record here: a trace is stopped into a temporary folder and scrubbed before it is kept.
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import BrowserContext
from playwright.sync_api import Error as PlaywrightError

from pages.screenshots import masked_screenshot
from suite.evidence.scrub_files import scrub_zip
from suite.evidence.scrubber import Scrubber


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


class Recorder:
    """Records the browser contexts of one test.

    Attributes:
        pictures: PNG and name of each screenshot; typed text in it is masked.
        traces: file names of the kept traces, in the test's folder.
    """

    def __init__(
        self, recording: Recording, folder: Path, scrubber: Scrubber, failed: Callable[[], bool]
    ) -> None:
        self.pictures: list[tuple[bytes, str]] = []
        self.traces: list[str] = []
        self._recording = recording
        self._folder = folder
        self._scrubber = scrubber
        self._failed = failed

    @contextmanager
    def around(self, context: BrowserContext) -> Iterator[None]:
        """Record until the block ends, which must be before ``context`` is closed."""
        trace = self._recording.trace
        if trace != "off":
            context.tracing.start(snapshots=trace == "on")
        try:
            yield
        finally:
            if self._is_kept(self._recording.screenshot):
                taken = [masked_screenshot(page, full_page=False) for page in context.pages]
                self.pictures += [(png, "screenshot") for png in taken if png]
            with suppress(PlaywrightError):  # a browser that died has no trace
                if self._is_kept(trace):
                    self._keep_trace(context)
                elif trace != "off":
                    context.tracing.stop()

    def _is_kept(self, mode: str) -> bool:
        return mode == "on" or (mode != "off" and self._failed())

    def _keep_trace(self, context: BrowserContext) -> None:
        name = f"trace-{len(self.traces) + 1}.zip" if self.traces else "trace.zip"
        with tempfile.TemporaryDirectory(prefix="trace-") as raw:
            path = Path(raw, name)
            context.tracing.stop(path=path)
            self._folder.mkdir(parents=True, exist_ok=True)
            scrub_zip(path, self._folder / name, self._scrubber)
        self.traces.append(name)
