"""The HTML report in a browser: nothing is clipped, on a phone and on a desk."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from suite.reporting.groups import group
from suite.reporting.html.report import render
from tests.suite.samples import EXPECTED, bug, error, record, timeline, verdict

CLIPPED = """() => {
  const wide = innerWidth, found = [];
  for (const element of document.querySelectorAll("body *")) {
    const box = element.getBoundingClientRect();
    if (!box.width || element.closest(".scroll > *")) continue;
    const svg = element.closest("svg")?.getBoundingClientRect();
    const left = svg && element.tagName === "text" ? svg.left : 0;
    const right = svg && element.tagName === "text" ? svg.right : wide;
    const hides = getComputedStyle(element).overflowX !== "visible";
    if (box.left < left - 1 || box.right > right + 1 ||
        (hides && element.clientWidth && element.scrollWidth > element.clientWidth + 1 &&
         !element.matches(".scroll")))
      found.push(`${element.tagName}.${element.className}: ${element.textContent.slice(0, 60)}`);
  }
  return found;
}"""
LONG = "x" * 300


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_is_clipped(page: Page, tmp_path: Path, width: int) -> None:
    """Long URLs, names and declines wrap, and the labels of a chart stay inside it."""
    slow = [verdict(redirect_ms=30_000.0)]
    declined = [
        record(f"test_{brand}", params=f"{brand} {LONG}", title=f"Declined {LONG}", verdicts=slow)
        for brand in ("visa", "amex", "diners")
    ]
    for number, each in enumerate(declined):
        each.folder, each.worker = f"stand-in-chromium-measured-{number}/{each.folder}", "gw0"
    broken = bug("test_bug", "keeps-query", landed=f"{EXPECTED}&{LONG}={LONG}")
    broken.verdicts.insert(0, verdict())
    broken.timelines, broken.trace = [timeline(LONG, "short")], f"{LONG}.zip"
    down = error()
    down.problems[0].text = LONG
    page.set_viewport_size({"width": width, "height": 900})

    tests = [*declined, broken, down]
    page.set_content(render(tests, group(tests), tmp_path))
    for closed in page.locator("details").all():
        closed.evaluate("element => element.open = true")

    assert page.evaluate(CLIPPED) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    first = page.locator("details.test.failed .verdict").first
    assert "keeps-query" in first.inner_text()
