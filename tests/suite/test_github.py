"""The GitHub job summary and annotations: limited in size, and text stays text."""

from pathlib import Path

from records.recorded_test import TestRecord
from suite.reporting.github import MOST_ANNOTATIONS, annotations, problem_text, write_summary
from suite.reporting.groups import circumstances, group
from tests.suite.samples import bug, error, record


def _summary(tmp_path: Path, *records: TestRecord) -> str:
    file = tmp_path / "summary.md"
    write_summary(file, records, group(records))
    return file.read_text(encoding="utf-8")


def test_summary_has_outcomes_failures_and_matrix(tmp_path: Path) -> None:
    """The job's page shows what failed; a former step's summary and the text's signs are kept."""
    (tmp_path / "summary.md").write_text("before\n")
    marked = record(title="a|b <img> *c*", params="x")
    marked.problems = error(category="API contract").problems

    text = _summary(tmp_path, bug("test_bug", "keeps-query"), record(), marked)

    assert text.startswith("before\n## Redirects: 1 redirect bug, 1 API contract violation in 3")
    for line in (
        "target standin · behaviour documented · browser chromium",
        "| success | 2 | 1 | 120 | 120 |",
        "| redirect bug | 1 | keeps-query: the shopper lands on the success URL of the request | P",
        "| API contract | 1 | The target does not answer: start it. | a\\|b &lt;img&gt; \\*c\\* ",
        "| Paying leads to the success URL. | ❌ 1 ✅ 1 |",
    ):
        assert f"\n{line}" in text


def test_problems_fit_into_an_issue() -> None:
    """Forty tests with one problem are one row with its age; of many problems some are listed."""
    alike = [bug(f"test_{number}", "keeps-query") for number in range(40)]
    known = dict.fromkeys(map(circumstances, alike), "2026-11-20")
    text = problem_text(alike, group(alike, known), "since the run of 2026-11-21: nothing changed")

    assert text.startswith("40 redirect bugs in 40 tests\n\nsince the run of 2026-11-21: nothing")
    assert "| redirect bug | 40 | 2026-11-20 | keeps-query: " in text
    assert text.count("| redirect bug |") == 1

    many = [error(f"test_{number}", words="x" * 2_000 + "y" * number) for number in range(900)]
    assert len(problem_text(many, group(many), "").encode()) < 65_536


def test_summary_stays_below_the_limit(tmp_path: Path) -> None:
    """Four thousand long titles are cut at a line end, with a hint to the whole report."""
    many = [record(f"test_{number}", title=f"{number} " + "ü" * 300) for number in range(4_000)]
    text = _summary(tmp_path, *many)
    assert len(text.encode()) < 1024 * 1024
    assert text.rstrip().endswith("see report.html among the artefacts.")


def test_annotations_are_lines_of_failures_first() -> None:
    """Of more problems than GitHub shows, failures are shown; no character ends a line early."""
    found = bug()
    found.title = "One: two, three"
    found.problems[0].headline = "first\nsecond 100%"
    violation = error(category="API contract")
    errors = [error(f"test_{n}", words="x" * n) for n in range(1, 20)]

    lines = list(annotations(group([*errors, found, violation])))

    assert len(lines) == MOST_ANNOTATIONS
    assert lines[0] == (
        "::error file=e2e/test_outcomes.py,line=7,title=redirect bug%3A One%3A two%2C three"
        "::first%0Asecond 100%25"
    )
    assert "title=API contract" in lines[1]
