"""Categories of problems: only a wrong provider is a failure."""

import pytest
import requests
from playwright.sync_api import Error
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from clover.behaviour import BehaviourProblem
from clover.verdict import RedirectBug
from pages.errors import PageChanged, PageDown
from records.outcome import Outcome
from records.verdict import Verdict, Violation
from standin import StandInFailed
from suite.cases.case import CaseProblem
from suite.reporting.categories import CATEGORIES, FAILURES, classify, counted


class TargetClosedError(Error):
    """Playwright's own error of this name, which is not public."""


class MerchantDown(Exception):
    """A merchant's page that does not respond."""

    category = "merchant site problem"


class UnknownCategory(Exception):
    """An error with a category that no report counts."""

    category = "cosmic rays"


def _redirect_bug() -> RedirectBug:
    violation = Violation("same-path", "/success", "/")
    return RedirectBug(
        Verdict(Outcome.SUCCESS, "lands", "https://a/success", "https://a/", (violation,), "1", "d")
    )


def _api_violation() -> Exception:
    error = AssertionError("The answer has no href.")
    error.category = "API contract"  # type: ignore[attr-defined]
    return error


@pytest.mark.parametrize(("error", "category", "explained"), [
    (_api_violation(), "API contract", True),
    (_redirect_bug(), "redirect bug", True),
    (PageChanged("The page", "https://a/", missing=["x"], found=[]), "page changed", True),
    (PageDown("The page could not be opened: start the target."), "target problem", True),
    (MerchantDown("The shop answers 500: ask its owner."), "merchant site problem", True),
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
    (UnknownCategory("x"), "suite problem", False),
], ids=lambda value: value if isinstance(value, str) else type(value).__name__)  # fmt: skip
def test_unknown_error_needs_a_traceback(error: Exception, category: str, explained: bool) -> None:
    """An error that names its category, or a known error of a library, is explained."""
    finding = classify(error)
    assert (finding.category, finding.explained) == (category, explained)


@pytest.mark.parametrize(("errors", "category"), [
    ([MerchantDown("down"), _api_violation(), _redirect_bug()], "redirect bug"),
    ([MerchantDown("down"), _api_violation()], "API contract"),
    ([KeyError("x"), MerchantDown("down")], "merchant site problem"),
], ids=lambda value: value if isinstance(value, str) else "")  # fmt: skip
def test_most_important_error_of_a_group_counts(errors: list[Exception], category: str) -> None:
    """A failure takes precedence over an error, an explained error over an unknown one."""
    group = ExceptionGroup("outer", [errors[0], ExceptionGroup("inner", errors[1:])])
    assert classify(group).category == category


def test_note_on_an_error_is_part_of_its_text() -> None:
    """What ``add_note`` added is shown, although the traceback is not."""
    error = MerchantDown("The shop is down: wait.")
    error.add_note("It belongs to another test.")
    assert classify(error).text.splitlines()[-1] == "It belongs to another test."


def test_each_category_is_counted_in_words() -> None:
    """The totals name failures first, in the singular and the plural."""
    one = dict.fromkeys(reversed(CATEGORIES), 1)

    assert counted(one, FAILURES) == "1 redirect bug, 1 API contract violation"
    assert counted(dict.fromkeys(one, 2)) == (
        "2 redirect bugs, 2 API contract violations, 2 pages changed, 2 target problems, "
        "2 merchant site problems, 2 suite problems"
    )
