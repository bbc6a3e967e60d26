"""The HTML report of a very large run: what it holds and what a browser has to draw."""

from pathlib import Path

from playwright.sync_api import Page

from suite.reporting.groups import group
from suite.reporting.history import Trend
from suite.reporting.html.report import render
from tests.suite.samples import EXPECTED, bug, record, timeline

DRAWN = "[...document.querySelectorAll('body *')].filter((one) => one.checkVisibility()).length"
PNG = bytes(50_000)
NAMES = [f"e2e/test_outcomes.py::test_{number}" for number in range(3000)]


def test_large_red_run_stays_small(page: Page, tmp_path: Path) -> None:
    """Of 5,000 tests, 3,000 of them red for 100 reasons, little is drawn when the page opens."""
    reds = [
        bug(f"test_{number}", f"clause-{number % 100}", landed=f"{EXPECTED}&x={number}")
        for number in range(3000)
    ]
    for red in reds:
        red.screenshots = ["screenshot.png"]
        red.timelines = [timeline(*map(str, range(20)), screenshot="screenshot.png")]
        folder = tmp_path / red.folder
        folder.mkdir()
        (folder / "screenshot.png").write_bytes(PNG)
    greens = [record(f"test_fine_{number}", title=f"Promise {number}") for number in range(2000)]
    tests = [*reds, *greens]
    nights = Trend(["2026-11-21", "2026-11-22"], [100.0, 40.0], [90.0, 120.0], NAMES, NAMES, NAMES)

    html = render(tests, group(tests), tmp_path, trend=nights)
    page.set_content(html)

    assert len(html) < 8_000_000
    assert page.evaluate("document.querySelectorAll('*').length") < 100_000
    assert page.evaluate(DRAWN) < 2_500
