"""Problems in the terminal: each test counted once, and the same reason shown once."""

import pytest

from tests.suite.test_plugin import QUICK, write_tests

pytest_plugins = ["pytester"]


def test_test_that_fails_twice_is_counted_once(pytester: pytest.Pytester) -> None:
    """A test that passes and then fails has one sign, and so has one that fails in two phases."""
    write_tests(pytester, """
import pytest

class Down(Exception):
    category = "target problem"

@pytest.fixture
def late():
    yield
    raise Down("The target went away.")

def test_passes(): pass
def test_late(late): pass
def test_both(late): assert 1 == 2
""")  # fmt: skip
    run = pytester.runpytest_inprocess(*QUICK, "e2e")

    run.assert_outcomes(passed=1, failed=1, errors=1)
    run.stdout.fnmatch_lines_random([
        "e2e/test_kinds.py .EF *",
        "*= target problem: 1 =*",
        "*= redirect bug: 1 =*",
        "3 tests, 0 checkouts, 0 violations",
        "problems: 1 redirect bug, 1 target problem",
    ])  # fmt: skip


def test_bugs_with_one_reason_have_one_example(pytester: pytest.Pytester) -> None:
    """Forty reds with one reason are one group; another reason is another group."""
    write_tests(pytester, """
import pytest
from records.outcome import Outcome
from clover.verdict import RedirectBug
from records.verdict import Verdict, Violation

@pytest.mark.parametrize("number", range(40))
def test_one(number):
    url = f"https://a.example/{number}"
    broken = (Violation("lands" if number == 7 else "is-a-get", "GET", "POST"),)
    raise RedirectBug(
        Verdict(Outcome.SUCCESS, "the shopper lands", url, url, broken, "id", "documented", 12.0)
    )
""")  # fmt: skip
    shown = pytester.runpytest_inprocess(*QUICK, "e2e").stdout.str()

    assert shown.count("success: the shopper lands; violated: is-a-get") == 1
    assert "39 tests with one reason; the first of them:" in shown
    assert shown.count("success: the shopper lands; violated: lands") == 1


def test_same_error_is_shown_once(pytester: pytest.Pytester) -> None:
    """The terminal does not repeat the error of a dead target for every test."""
    write_tests(pytester, """
import pytest

class Down(Exception):
    category = "target problem"

@pytest.mark.parametrize("number", range(30))
def test_one(number):
    raise Down("The target does not answer: start it.")
""")  # fmt: skip
    shown = pytester.runpytest_inprocess(*QUICK, "e2e").stdout.str()

    assert shown.count("The target does not answer: start it.") == 1
    assert "and 25 more tests" in shown


def test_output_does_not_grow_with_the_run(pytester: pytest.Pytester) -> None:
    """Many reds with many causes leave room for the signs of 5,000 tests within 200 lines."""
    write_tests(pytester, """
import pytest
from records.outcome import Outcome
from clover.verdict import RedirectBug
from records.verdict import Verdict, Violation

@pytest.mark.parametrize("number", range(200))
def test_one(number, evidence):
    url = f"https://a.example/{number}"
    broken = (Violation(f"clause-{number % 60}", "GET", "POST"),)
    unclear = "a card limit" if number >= 120 else ""
    evidence.note("integration check", f"finding {number}")
    verdict = Verdict(
        Outcome.SUCCESS, "it lands", url, url, () if unclear else broken, str(number),
        undecided=unclear,
    )
    evidence.add_verdict(verdict)
    if unclear:
        pytest.skip(unclear)
    raise RedirectBug(verdict)
""")  # fmt: skip
    lines = pytester.runpytest_inprocess(*QUICK, "e2e").outlines

    assert len(lines) < 200 - 5000 / 70
    for line in (
        "43 more problems: see the report",
        "and 112 more failed checkouts: see the report",
        "200 tests, 200 checkouts, 120 violations",
    ):
        assert line in lines


def test_green_run_is_silent(pytester: pytest.Pytester) -> None:
    """Without a problem the terminal shows no line about problems."""
    write_tests(pytester, "def test_one(): pass\n")

    shown = pytester.runpytest_inprocess(*QUICK, "e2e").stdout.str()

    assert "1 test, 0 checkouts, 0 violations" in shown
    assert "problem" not in shown
