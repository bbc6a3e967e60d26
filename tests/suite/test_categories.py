"""Problems fall into five kinds, and only one of them is a redirect bug."""

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
from suite.reporting.categories import CATEGORIES, judge
from suite.reporting.redirect_table import PLURALS


class TargetClosedError(Error):
    """As Playwright's own, which has no public name."""


class MerchantDown(Exception):
    """A merchant's page that does not answer."""

    category = "merchant site problem"


def _redirect_bug() -> RedirectBug:
    violation = Violation("same-path", "/success", "/")
    return RedirectBug(
        Verdict(Outcome.SUCCESS, "lands", "https://a/success", "https://a/", (violation,), "1", "d")
    )


@pytest.mark.parametrize(
    ("error", "category"),
    [
        (_redirect_bug(), "redirect bug"),
        (PageChanged("The page", "https://a/", missing=["x"], found=[]), "page changed"),
        (PageDown("The page could not be opened: start the target."), "target problem"),
        (MerchantDown("The shop answers 500: ask its owner."), "merchant site problem"),
        (BehaviourProblem("There is no behaviour named x: name another."), "suite problem"),
        (CaseProblem("case.toml, line 1: mend it."), "suite problem"),
        (StandInFailed("Port 1 is in use: choose another."), "suite problem"),
        (requests.ConnectionError("refused"), "target problem"),
        (Error("Page.goto: net::ERR_CONNECTION_REFUSED at https://a/"), "target problem"),
        (PlaywrightTimeout("Page.goto: Timeout 30000ms exceeded."), "target problem"),
        (PlaywrightTimeout("Locator.click: Timeout 30000ms exceeded."), "page changed"),
        (Error("Locator.click: Error: strict mode violation"), "page changed"),
        (TargetClosedError("Target page, context or browser has been closed"), "suite problem"),
        (Error("BrowserType.launch: Executable doesn't exist at /x"), "suite problem"),
    ],
    ids=lambda value: value if isinstance(value, str) else type(value).__name__,
)
def test_known_error_has_its_category_and_needs_no_traceback(
    error: Exception, category: str
) -> None:
    """An error that names its category, or that libraries are known for, is told in words."""
    finding = judge(error)

    assert finding.category == category
    assert finding.told


@pytest.mark.parametrize("error", [KeyError("x"), AssertionError("1 == 2"), Error("odd")])
def test_unknown_error_is_a_suite_problem_with_traceback(error: Exception) -> None:
    """Whatever nobody foresaw is the suite's own fault until shown otherwise."""
    finding = judge(error)

    assert finding.category == "suite problem"
    assert not finding.told


def test_unheard_of_category_is_not_taken_over() -> None:
    """A category that nobody counts does not slip into the reports."""

    class Odd(Exception):
        category = "cosmic rays"

    assert judge(Odd("x")).category == "suite problem"


def test_note_on_an_error_is_part_of_its_words() -> None:
    """What was added on the way is not lost with the traceback."""
    error = MerchantDown("The shop is down: wait.")
    error.add_note("It belongs to another test.")

    assert judge(error).text.splitlines()[-1] == "It belongs to another test."


def test_redirect_bug_counts_first_in_a_group() -> None:
    """Of several exceptions the redirect bug is the news."""
    group = ExceptionGroup("both", [KeyError("x"), ExceptionGroup("in", [_redirect_bug()])])

    assert judge(group).category == "redirect bug"


def test_told_error_comes_before_an_unknown_one_in_a_group() -> None:
    """A cause that has words is worth more than one that has none."""
    group = ExceptionGroup("both", [KeyError("x"), MerchantDown("The shop is down: wait.")])

    assert judge(group).text == "The shop is down: wait."


def test_every_category_has_a_sentence_for_the_summary() -> None:
    """Each category can be counted in words."""
    assert set(PLURALS) == set(CATEGORIES)
