"""The HTML report for everyone: WCAG by axe, the keyboard alone, dark windows and paper."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from records.exchange import Exchange
from records.observation import PageState
from suite.reporting.groups import group
from suite.reporting.history import Trend
from suite.reporting.html.report import MOST_DETAILED, render
from tests.standin.test_accessibility import problems
from tests.suite.samples import EXPECTED, bug, error, hop, record, timeline, verdict

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
NOT_REACHED = """() => {
  const all = document.querySelectorAll("a, button:not(:disabled), summary, input, select");
  return [...all].filter((one) => !reached.has(one)).map((one) => one.outerHTML.slice(0, 120));
}"""


@pytest.fixture
def report(page: Page, tmp_path: Path) -> Page:
    """A report that has everything: two causes, errors, pictures, folds, lines and nights."""
    first, second, down = (bug("a", "keeps-query", landed=f"{EXPECTED}&x=1"), bug("b"), error())
    first.screenshots, first.trace, first.case = ["screenshot.png"], "trace.zip", "case.toml"
    first.exchanges = [Exchange("POST", "https://a/", 200, 1, '{"a": 1}', "{}")]
    first.timelines = [timeline("one", "two")]
    first.output = first.notes["long"] = "one\ntwo"
    first.verdicts += [verdict(), verdict(None, "lands", stayed=PageState(url="https://c/"))]
    first.verdicts[0] = verdict(f"{EXPECTED}&x=1", "keeps-query", hops=(
        hop(1, "https://c/"), hop(2, "https://c/frame", place="frame"), hop(3, EXPECTED, status=500)
    ))  # fmt: skip
    down.problems[0].traceback = "a line\n" * 60
    (tmp_path / first.folder).mkdir()
    (tmp_path / first.folder / "screenshot.png").write_bytes(PNG)
    quiet = [record(f"test_{number}", title="Same") for number in range(MOST_DETAILED)]
    tests = [first, bug("c", "keeps-query", landed=f"{EXPECTED}&x=2"), second, down, *quiet[:3]]
    tests.append(record("skipped", status="skipped", reason="no touch here"))
    names = [f"e2e/test_outcomes.py::{number}" for number in range(9)]
    nights = Trend(["2026-11-21", "2026-11-22"], [100.0, 40.0], [90.0, 120.0], names, ["x"], [])
    page.set_content(render(tests, group(tests, {}), tmp_path, trend=nights))
    return page


def unfold(page: Page) -> None:
    """Open every fold."""
    page.evaluate("document.querySelectorAll('details').forEach((fold) => fold.open = true)")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_report_keeps_the_rules_of_axe(report: Page, scheme: str) -> None:
    """Names, contrast and structure are right in a light and in a dark window."""
    report.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    unfold(report)
    assert problems(report) == []


def test_keyboard_reaches_everything(report: Page) -> None:
    """Tab and Enter alone open each fold and reach each link, button and field."""
    report.evaluate("globalThis.reached = new Set()")
    for _ in range(1000):
        report.keyboard.press("Tab")
        at = report.evaluate(
            "() => { const one = document.activeElement, again = reached.has(one);"
            " reached.add(one);"
            " return one === document.body || again ? 'end'"
            " : one.matches('details:not([open]) > summary') ? 'fold' : ''; }"
        )
        if at == "end":
            break
        if at == "fold":
            report.keyboard.press("Enter")

    assert report.locator("details:not([open])").count() == 0
    assert report.evaluate(NOT_REACHED) == []


def test_paper_shows_all_red_tests_on_white(report: Page) -> None:
    """A print has the text of every red test, also of a closed fold, and no dark background."""
    report.emulate_media(media="print", color_scheme="dark")

    for shown in report.locator(".group .verdict, .group .said, .group pre").all():
        assert shown.evaluate("element => element.checkVisibility()"), shown.inner_html()
    expect(report.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")
    expect(report.locator("body")).to_have_css("color", "rgb(29, 33, 38)")
