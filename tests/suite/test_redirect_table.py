"""The terminal's table of redirects, and its totals."""

from dataclasses import replace

from records.recorded_test import TestRecord
from suite.reporting.redirect_table import MOST_ROWS, redirect_table, totals
from suite.reporting.run_summary import percentile
from tests.suite.samples import bug, error, record, verdict

UNDECIDED = verdict(None, undecided="the provider's server failed (POST https://c/pay: 500)")


def _lines(*records: TestRecord) -> str:
    return "\n".join(line for line, _ in redirect_table(records))


def _down() -> TestRecord:
    down = error()
    down.verdicts.append(UNDECIDED)
    return down


def test_small_run_shows_each_checkout() -> None:
    """A passed checkout has its URL, a failed one both URLs and clauses, an undecided one why."""
    stays = record(verdicts=[verdict(None, expected_url=None, redirect_ms=None)])

    table = _lines(record(), bug("test_bug", "same-path"), stays, _down())

    for text in (
        "success  passed       120  Paying leads to the success URL.",
        "expected https://merchant.example/success",
        "landed   https://merchant.example/",
        "violated same-path",
        "stayed on the checkout page",
        "success  undecided",
        "because  the provider's server failed",
    ):
        assert text in table


def test_large_run_is_summarised_by_outcome_and_clause() -> None:
    """Passed checkouts are a number, failed ones lines; undecided ones only if not expected."""
    many = [record(f"test_{number}") for number in range(MOST_ROWS)]
    expected = record("test_outage", verdicts=[UNDECIDED])

    table = _lines(*many, bug("test_bug", "same-path"), _down(), expected)

    assert f"success   {MOST_ROWS:>6}       1" in table
    assert "same-path                        1" in table
    assert table.count("Paying leads") == 2
    assert table.count("undecided") == 1


def test_totals_count_problems_by_category() -> None:
    """The totals name each category, failures first; a run without a checkout has no table."""
    other = record(verdicts=[replace(verdict(), session_id="another")] * 2)
    records = [record(), bug(), _down(), error(category="API contract"), other]

    assert list(totals(records)) == [
        "5 tests, 2 checkouts, 1 violation",
        "problems: 1 redirect bug, 1 API contract violation, 1 target problem",
    ]
    assert _lines(*(error(f"test_{number}") for number in range(MOST_ROWS + 1))) == ""
    assert percentile([7.0], 95) == 7.0


def test_report_says_what_the_browser_does_not_tell() -> None:
    """What a browser hides from the suite is named, so that a green run claims no more."""
    run = {"browser": "firefox", "target": "standin"}
    said = [
        line for line in totals([record(run=run)]) if line.startswith("not observed in firefox")
    ]
    assert len(said) == 1
    assert "titles shown for a moment" in said[0]
    assert len(list(totals([record()]))) == 1
    assert said[0] in totals([record(), record(run=run)])
