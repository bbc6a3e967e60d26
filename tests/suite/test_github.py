"""What GitHub shows is small enough to be shown, and text in it stays text."""

from pathlib import Path

from suite.reporting.github import MOST_ANNOTATIONS, annotations, write_summary
from tests.suite.samples import bug, error, record


def _summary(tmp_path: Path, *records: object) -> str:
    file = tmp_path / "summary.md"
    write_summary(file, list(records))  # type: ignore[arg-type]
    return file.read_text(encoding="utf-8")


def test_summary_has_matrix_and_failures(tmp_path: Path) -> None:
    """The job's page tells what broke without a download."""
    text = _summary(tmp_path, bug("test_bug", "keeps-query"), record())

    assert text.startswith("## Redirects: 1 redirect bug in 2 tests")
    assert "| redirect bug | Paying leads to the success URL. | keeps-query |" in text
    assert "| Paying leads to the success URL. | ❌ 1 ✅ 1 |" in text


def test_summary_stays_below_the_limit(tmp_path: Path) -> None:
    """Four thousand long titles are cut at a line, with a word on where the rest is."""
    many = [record(f"test_{number}", title=f"{number} " + "ü" * 300) for number in range(4_000)]

    text = _summary(tmp_path, *many)

    assert len(text.encode()) < 1024 * 1024
    assert text.rstrip().endswith("see report.html among the artefacts.")


def test_summary_is_appended(tmp_path: Path) -> None:
    """Another step's summary is not lost."""
    (tmp_path / "summary.md").write_text("before\n")

    assert _summary(tmp_path, record()).startswith("before\n## Redirects")


def test_markup_in_titles_stays_text(tmp_path: Path) -> None:
    """A title can neither open a column nor an element."""
    text = _summary(tmp_path, bug("test_bug", landed="https://a/"), record(title="a|b <img> *c*"))

    assert "a\\|b &lt;img&gt; \\*c\\*" in text


def test_annotation_is_one_line_at_the_tests_place() -> None:
    """Line breaks, colons and commas do not end a workflow command early."""
    found = bug()
    found.title = "One: two, three"
    found.problems[0].headline = "first\nsecond 100%"

    assert list(annotations([found])) == [
        "::error file=e2e/test_outcomes.py,line=7,title=redirect bug%3A One%3A two%2C three"
        "::first%0Asecond 100%25"
    ]


def test_redirect_bugs_are_annotated_before_errors() -> None:
    """Of more problems than GitHub shows, the bugs are shown."""
    lines = list(annotations([error(f"test_{n}") for n in range(20)] + [bug()]))

    assert len(lines) == MOST_ANNOTATIONS
    assert "redirect bug" in lines[0]
