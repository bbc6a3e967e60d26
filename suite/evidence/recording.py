"""Trace and screenshot of one test, kept only where asked, and without secrets.

Playwright writes request headers and every typed character into a trace in
clear. So its own plug-in does not record here: a trace is stopped into a
temporary folder, scrubbed, and only then moved to the evidence.
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

    A trace that is only kept on failure has actions, requests and console, which cost a
    test next to nothing. One that was asked for has the DOM at each action too, at about a
    third more CPU. Pictures of the page are never in it: they double the cost, and typed
    card numbers can be read in them.

    Attributes:
        trace: "off", "on" or "retain-on-failure".
        screenshot: "off", "on" or "only-on-failure".
    """

    trace: str = "off"
    screenshot: str = "off"

    @property
    def snapshots(self) -> bool:
        """Whether the trace has the DOM before and after each action."""
        return self.trace == "on"


class Recorder:
    """Records one test's browser contexts, one after the other or several at once.

    Attributes:
        pictures: PNG and name of each page that was photographed.
        traces: file names of the traces that were kept, in the test's folder.
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
        wanted = self._recording
        if wanted.trace != "off":
            context.tracing.start(snapshots=wanted.snapshots)
        try:
            yield
        finally:
            if self._asked(wanted.screenshot):
                self._photograph(context)
            if wanted.trace != "off":
                self._stop_trace(context)

    def _asked(self, mode: str) -> bool:
        return mode == "on" or (mode != "off" and self._failed())

    def _photograph(self, context: BrowserContext) -> None:
        for page in context.pages:
            if taken := masked_screenshot(page, full_page=False):
                self.pictures.append((taken, "screenshot"))

    def _stop_trace(self, context: BrowserContext) -> None:
        if not self._asked(self._recording.trace):
            with suppress(PlaywrightError):  # a browser that was killed has no trace to drop
                context.tracing.stop()
            return
        name = f"trace-{len(self.traces) + 1}.zip" if self.traces else "trace.zip"
        with tempfile.TemporaryDirectory(prefix="trace-") as raw:
            path = Path(raw, name)
            try:
                context.tracing.stop(path=path)
            except PlaywrightError:
                return  # the browser died with its trace; the rest of the evidence stands
            self._folder.mkdir(parents=True, exist_ok=True)
            scrub_zip(path, self._folder / name, self._scrubber)
        self.traces.append(name)
