"""Categories of problems: only a wrong provider is a failure."""

import pytest
import requests
from playwright.sync_api import Error
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from clover.behaviour import BehaviourProblem
from clover.verdict import RedirectBug
from pages.errors import PageChanged, PageDown
from standin import StandInFailed
from suite.cases.case_file import CaseProblem
from suite.reporting.categories import CATEGORIES, FAILURES, classify, counted
from tests.suite.samples import HOME, verdict


class TargetClosedError(Error):
    """Playwright's own error of this name, which is not public."""


class _Categorised(Exception):
    def __init__(self, category: str, words: str = "x") -> None:
        super().__init__(words)
        self.category = category


MERCHANT_DOWN = _Categorised("merchant site problem", "The shop answers 500: ask its owner.")
API_VIOLATION = _Categorised("API contract", "The answer has no href.")
REDIRECT_BUG = RedirectBug(verdict(HOME, "same-path"))


@pytest.mark.parametrize(("error", "category", "explained"), [
    (API_VIOLATION, "API contract", True),
    (REDIRECT_BUG, "redirect bug", True),
    (PageChanged("The page", "https://a/", missing=["x"], found=[]), "page changed", True),
    (PageDown("The page could not be opened: start the target."), "target problem", True),
    (MERCHANT_DOWN, "merchant site problem", True),
    (BehaviourProblem("There is no behaviour named x: name another."), "suite problem", True),
    (CaseProblem("case.toml, line 1: correct it."), "suite problem", True),
    (StandInFailed("Port 1 is in use: choose another."), "suite problem", True),
    (requests.ConnectionError("refused"), "target problem", True),
    (Error("Page.goto: net::ERR_CONNECTION_REFUSED at https://a/"), "target problem", True),
    (PlaywrightTimeout("Page.goto: Timeout 30000ms exceeded."), "target problem", True),
    (PlaywrightTimeout("Locator.click: Timeout 30000ms exceeded."), "page changed", True),
    (Error("Locator.click: Error: strict mode violation"), "page changed", True),
    (TargetClosedError("Target page, context or browser has been closed"), "suite problem", True),
    (Error("BrowserType.launch: Executable doesn't exist at /x"), "suite problem", True),
    (KeyError("x"), "suite problem", False),
    (AssertionError("1 == 2"), "suite problem", False),
    (Error("odd"), "suite problem", False),
    (_Categorised("cosmic rays"), "suite problem", False),
], ids=lambda value: value if isinstance(value, str) else type(value).__name__)  # fmt: skip
def test_unknown_error_needs_a_traceback(error: Exception, category: str, explained: bool) -> None:
    """An error that names its category, or a known error of a library, is explained."""
    finding = classify(error)
    assert (finding.category, finding.explained) == (category, explained)


@pytest.mark.parametrize(("errors", "category"), [
    ([MERCHANT_DOWN, API_VIOLATION, REDIRECT_BUG], "redirect bug"),
    ([MERCHANT_DOWN, API_VIOLATION], "API contract"),
    ([KeyError("x"), MERCHANT_DOWN], "merchant site problem"),
], ids=lambda value: value if isinstance(value, str) else "")  # fmt: skip
def test_most_important_error_of_a_group_counts(errors: list[Exception], category: str) -> None:
    """A failure takes precedence over an error, an explained error over an unknown one."""
    group = ExceptionGroup("outer", [errors[0], ExceptionGroup("inner", errors[1:])])
    assert classify(group).category == category


def test_note_on_an_error_is_part_of_its_text() -> None:
    """What ``add_note`` added is shown, although the traceback is not."""
    error = _Categorised("merchant site problem")
    error.add_note("It belongs to another test.")
    assert classify(error).text.splitlines()[-1] == "It belongs to another test."


def test_each_category_is_counted_in_words() -> None:
    """The totals name failures first, in the singular and the plural."""
    one = dict.fromkeys(reversed(CATEGORIES), 1)

    assert counted(one, FAILURES) == (
        "1 redirect bug, 1 API contract violation, 1 shop request bug, 1 shop page bug, "
        "1 shop order bug"
    )
    assert counted(dict.fromkeys(one, 2)) == (
        "2 redirect bugs, 2 API contract violations, 2 shop request bugs, 2 shop page bugs, "
        "2 shop order bugs, 2 pages changed, 2 target problems, 2 merchant site problems, "
        "2 suite problems"
    )
