"""``python -m tools.report``: serve the newest report and Playwright's trace viewer on loopback."""

import sys
from collections.abc import Sequence
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import playwright

from suite.reporting.html.report import VIEWER, served
from suite.run import REPORT_FILE, RESULTS
from tools.command_line import Parser

TRACE_VIEWER = Path(playwright.__file__).parent / "driver/package/lib/vite/traceViewer"


class Handler(SimpleHTTPRequestHandler):
    """Serves a folder of results, and the trace viewer as if it were in it."""

    def __init__(self, *args: Any, results: Path) -> None:
        self.results = results
        super().__init__(*args, directory=str(results))

    def do_GET(self) -> None:
        """Send the report with its links to the viewer, or any other file as it is."""
        if self.path not in {"/", f"/{REPORT_FILE}"}:
            super().do_GET()
            return
        text = (self.results / REPORT_FILE).read_text(encoding="utf-8")
        page = served(text).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def translate_path(self, path: str) -> str:
        """Return the file of a URL's path; both folders end at their own files."""
        of_viewer = path.startswith(f"/{VIEWER}/")
        self.directory = str(TRACE_VIEWER if of_viewer else self.results)
        return super().translate_path(path.removeprefix(f"/{VIEWER}"))

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base names it
        """Print nothing."""


def newest(folder: Path) -> Path | None:
    """Return the folder of the newest report: ``folder`` or one in it; None if there is none."""
    reports = [*folder.glob(REPORT_FILE), *folder.glob(f"*/{REPORT_FILE}")]
    return max(reports, key=lambda path: path.stat().st_mtime).parent if reports else None


def server(results: Path) -> ThreadingHTTPServer:
    """Return a server of ``results`` on a free port of 127.0.0.1; it listens already."""
    return ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, results=results))


def serve(results: Path) -> int:
    """Print the report's address and serve it until Ctrl-C; return the exit code."""
    with server(results) as serving:
        print(f"http://127.0.0.1:{serving.server_port}/{REPORT_FILE}", flush=True)
        print("Ctrl-C ends this server.", flush=True)
        try:
            serving.serve_forever()
        except KeyboardInterrupt:
            return 0
    return 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve the report of a folder; return the exit code."""
    parser = Parser(prog="python -m tools.report", description=__doc__)
    results = "results of a run (default: %(default)s, or the newest folder in it)"
    parser.add_argument(
        "folder", nargs="?", type=Path, default=Path(RESULTS), metavar="FOLDER", help=results
    )
    chosen = parser.parse_args(arguments)
    folder = newest(chosen.folder)
    if folder is None:
        print(
            f"{chosen.folder} has no {REPORT_FILE}: run `make e2e` first, or name the results"
            " folder of a run.",
            file=sys.stderr,
        )
        return 2
    return serve(folder)


if __name__ == "__main__":
    sys.exit(main())
