"""The terminal's table shows each redirect of a small run, and sums a large one up."""

from suite.reporting.redirect_table import MOST_ROWS, redirect_table, totals
from suite.reporting.run_summary import percentile
from tests.suite.samples import bug, error, record, verdict


def _lines(records: list[object]) -> str:
    return "\n".join(line for line, _ in redirect_table(records))  # type: ignore[arg-type]


def test_small_run_shows_each_redirect() -> None:
    """Outcome, time and URL of a kept promise; both URLs and the clauses of a broken one."""
    table = _lines([record(), bug("test_bug", "same-path")])

    assert "success  passed       120  Paying leads to the success URL." in table
    assert "expected https://merchant.example/success" in table
    assert "landed   https://merchant.example/" in table
    assert "violated same-path" in table


def test_shopper_who_stayed_is_said_to_have_stayed() -> None:
    """A promise without a landing is not shown as a lost one."""
    stays = verdict(None, expected_url=None, redirect_ms=None)

    assert "stayed on the checkout page" in _lines([record(verdicts=[stays])])


def test_large_run_is_summed_up_by_outcome_and_clause() -> None:
    """Hundreds of kept promises are a number; each broken one has a line."""
    many = [record(f"test_{number}") for number in range(MOST_ROWS)]

    table = _lines([*many, bug("test_bug", "same-path")])

    assert f"success   {MOST_ROWS:>6}" in table
    assert "same-path                        1" in table
    assert table.count("Paying leads") == 1


def test_run_without_a_checkout_has_no_table() -> None:
    """Nothing is summed up where nothing was driven."""
    assert _lines([error(f"test_{number}") for number in range(MOST_ROWS + 1)]) == ""


def test_totals_count_problems_by_category() -> None:
    """The exit summary names each kind of problem, bugs first."""
    lines = list(totals([record(), bug(), error(), error(category="API contract")]))

    assert lines == [
        "4 tests, 2 checkouts, 1 violation",
        "problems: 1 redirect bug, 1 API contract violation, 1 target problem",
    ]


DOWN = verdict(None, undecided="the provider's server failed (POST https://c/pay: 500)")


def test_undecided_promise_is_not_called_broken() -> None:
    """Where a server failed nothing was found out, and the reason is given."""
    down = error()
    down.verdicts.append(DOWN)

    table = _lines([down])

    assert "success  undecided" in table
    assert "because  the provider's server failed" in table
    assert next(totals([down])) == "1 test, 1 checkout, 0 violations"


def test_undecided_promise_of_a_large_run_is_neither_kept_nor_broken() -> None:
    """It has a line where it made a test fail, and none where a test was about just that."""
    down = error()
    down.verdicts.append(DOWN)
    expected = record("test_outage", verdicts=[DOWN])
    many = [record(f"test_{number}") for number in range(MOST_ROWS)]

    table = _lines([*many, down, expected])

    assert f"success   {MOST_ROWS:>6}       0" in table
    assert table.count("undecided") == 1


def test_percentile_of_one_value_is_the_value() -> None:
    """A single redirect has a distribution too."""
    assert percentile([7.0], 95) == 7.0
