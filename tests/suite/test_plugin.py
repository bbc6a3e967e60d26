"""The plugin as a run sees it: outcomes, words, evidence and files, whatever the phase."""

import json
import textwrap
from pathlib import Path
from typing import Any

import pytest

pytest_plugins = ["pytester"]

# Nested runs in this process cannot share pytest-playwright's scope for soft assertions.
QUICK = (
    "-p",
    "suite.plugin",
    "-p",
    "no:playwright",
    "-p",
    "no:randomly",
    "-p",
    "no:cacheprovider",
)

TESTS = """
    import pytest
    from clover.cards import DECLINED
    from records.outcome import Outcome
    from clover.verdict import RedirectBug
    from records.verdict import Verdict, Violation

    class PageChanged(Exception):
        category = "page changed"

    class ApiViolation(AssertionError):
        category = "API contract"

    def a_bug():
        return Verdict(
            Outcome.SUCCESS, "the shopper lands", "https://a.example/s?x=1", "https://a.example/s",
            (Violation("keeps-query", "x=1", "nothing"),), "id-1", "documented", 12.0,
        )

    @pytest.fixture
    def late(evidence):
        yield
        evidence.add_verdict(a_bug())
        raise RedirectBug(a_bug())

    @pytest.fixture
    def dead():
        raise ConnectionError("nobody listens")

    def test_kept():
        \"\"\"Nothing breaks.\"\"\"

    def test_bug(evidence):
        \"\"\"Parameters arrive.\"\"\"
        evidence.case = {"title": "t", "outcome": "success", "card": DECLINED}
        evidence.note("who", "me")
        evidence.add_verdict(a_bug())
        raise RedirectBug(a_bug())

    def test_late(late):
        pass

    def test_page():
        raise PageChanged("The page has changed: mend pages/.")

    def test_dead(dead):
        pass

    def test_wrong(evidence):
        evidence.hide("tok-123456")
        token = "tok-123456"
        assert token == "4242424242424242"

    @pytest.mark.api_contract
    def test_api_status():
        assert 500 == 200

    def test_api_answer():
        raise ApiViolation("The answer has no href.")

    def test_skipped():
        pytest.skip("no dashboard")

    def test_last():
        pass
"""


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    """A project with one test of each kind."""
    pytester.makeini("[pytest]\nmarkers = api_contract")
    folder = pytester.mkdir("e2e")
    (folder / "test_kinds.py").write_text(textwrap.dedent(TESTS), encoding="utf-8")
    return pytester


def _records(project: pytest.Pytester) -> dict[str, Any]:
    found = (project.path / "test-results").glob("*/evidence.json")
    records = [json.loads(path.read_text(encoding="utf-8")) for path in found]
    return {record["test"]: record for record in records}


def test_only_redirect_bugs_are_failures(project: pytest.Pytester) -> None:
    """A late bug in teardown and a broken assertion of a test are failures, all else are errors."""
    run = project.runpytest_inprocess(*QUICK, "-v", "e2e")

    run.assert_outcomes(passed=3, failed=5, errors=2, skipped=1)
    run.stdout.fnmatch_lines_random(
        [
            "*::test_bug FAILED (redirect bug)*",
            "*::test_late FAILED (redirect bug)*",
            "*::test_page ERROR (page changed)*",
            "*::test_wrong FAILED (redirect bug)*",
            "*::test_api_status FAILED (API contract)*",
            "*::test_api_answer FAILED (API contract)*",
            "*= API contract: 2 =*",
        ]
    )
    assert run.ret == pytest.ExitCode.TESTS_FAILED


def test_words_replace_the_traceback_where_there_are_any(project: pytest.Pytester) -> None:
    """A changed page is told in its sentence, a defect of the suite with its traceback."""
    said = project.runpytest_inprocess(*QUICK, "e2e").stdout.str()

    assert "The page has changed: mend pages/." in said
    assert "raise PageChanged" not in said
    assert "raise ConnectionError" in said
    assert "success: the shopper lands; violated: keeps-query" in said
    assert (
        "problems: 3 redirect bugs, 2 API contract violations, 1 page changed, 1 suite problem"
        in said
    )
    assert "report: test-results" in said


def test_secrets_are_hidden_in_output_and_files(project: pytest.Pytester) -> None:
    """Neither the terminal nor any file shows a token or a card number."""
    said = project.runpytest_inprocess(*QUICK, "e2e").stdout.str()

    kept = [path for path in (project.path / "test-results").rglob("*") if path.is_file()]
    texts = [said, *(path.read_text(encoding="utf-8") for path in kept)]
    assert len(kept) > 8
    for secret in ("tok-123456", "4242424242424242", "4005571702222222"):
        assert not any(secret in text for text in texts)


def test_evidence_tells_what_happened(project: pytest.Pytester) -> None:
    """Each test leaves its record; a failed one its verdict and case as well."""
    project.runpytest_inprocess(*QUICK, "e2e")

    records = _records(project)
    assert {name: record["status"] for name, record in records.items()} == {
        "test_kept": "passed",
        "test_bug": "failed",
        "test_late": "failed",
        "test_page": "error",
        "test_dead": "error",
        "test_wrong": "failed",
        "test_api_status": "failed",
        "test_api_answer": "failed",
        "test_skipped": "skipped",
        "test_last": "passed",
    }
    failed = records["test_bug"]
    assert failed["title"] == "Parameters arrive."
    assert failed["verdicts"][0]["violations"][0]["clause"] == "keeps-query"
    assert failed["notes"] == {"who": "me"}
    case = next((project.path / "test-results").glob("*/case.toml")).read_text(encoding="utf-8")
    assert 'card = "DECLINED"' in case
    assert records["test_skipped"]["reason"] == "no dashboard"


def test_files_for_machines_agree_with_the_terminal(project: pytest.Pytester) -> None:
    """JUnit and CTRF are written unasked, with the same counts."""
    project.runpytest_inprocess(*QUICK, "e2e")

    results = project.path / "test-results"
    assert 'errors="2"' in (results / "junit.xml").read_text()
    assert 'failures="5"' in (results / "junit.xml").read_text()
    summary = json.loads((results / "ctrf.json").read_text())["results"]["summary"]
    assert (summary["failed"], summary["other"]) == (5, 2)
    assert 'type="API contract"' in (results / "junit.xml").read_text()
    assert '<span class="badge failed">API contract</span>' in (results / "report.html").read_text()


def test_former_results_are_cleared_once(project: pytest.Pytester) -> None:
    """What an earlier run left does not get into the report of this one."""
    stale = project.path / "test-results" / "old-test" / "evidence.json"
    stale.parent.mkdir(parents=True)
    stale.write_text("{}")

    project.runpytest_inprocess(*QUICK, "e2e", "-k", "test_kept")

    assert not stale.exists()
    assert list(_records(project)) == ["test_kept"]


def test_other_folders_tests_leave_the_last_report_alone(project: pytest.Pytester) -> None:
    """The project's own tests run without evidence, and as pytest shows them."""
    project.makepyfile(**{"tests/test_own": "def test_own(): assert 1 == 2"})
    kept = project.path / "test-results" / "report.html"
    kept.parent.mkdir()
    kept.write_text("the last report")

    run = project.runpytest_inprocess(*QUICK, "tests")

    run.assert_outcomes(failed=1)
    assert [path.name for path in kept.parent.iterdir()] == ["report.html"]


@pytest.mark.parametrize("chosen", ["test_skipped", "no_such_test"])
def test_run_without_a_test_is_red(project: pytest.Pytester, chosen: str) -> None:
    """Skipping everything, or finding nothing, proves nothing and says so."""
    run = project.runpytest_inprocess(*QUICK, "e2e", "-k", chosen)

    assert run.ret == pytest.ExitCode.NO_TESTS_COLLECTED
    run.stdout.fnmatch_lines(["No test was run, so nothing was verified*"])


def test_first_bug_ends_the_run_where_asked(project: pytest.Pytester) -> None:
    """``-x`` counts failures and errors as pytest does."""
    run = project.runpytest_inprocess(*QUICK, "-x", "e2e")

    run.assert_outcomes(passed=1, failed=1)


def test_last_failed_repeats_failures_and_errors(project: pytest.Pytester) -> None:
    """``--lf`` knows errors in a test's body too."""
    options = [option for option in QUICK if option != "no:cacheprovider"][:-1]
    project.runpytest_inprocess(*options, "e2e")

    run = project.runpytest_inprocess(*options, "--lf", "e2e")

    run.assert_outcomes(passed=1, failed=5, errors=2)


def test_same_error_is_told_once(pytester: pytest.Pytester) -> None:
    """A dead target does not fill the screen with one sentence per test."""
    folder = pytester.mkdir("e2e")
    (folder / "test_many.py").write_text(
        textwrap.dedent("""
        import pytest

        class Down(Exception):
            category = "target problem"

        @pytest.mark.parametrize("number", range(30))
        def test_one(number):
            raise Down("The target does not answer: start it.")
        """)
    )

    said = pytester.runpytest_inprocess(*QUICK, "e2e").stdout.str()

    assert said.count("The target does not answer: start it.") == 1
    assert "and 25 more tests" in said


def test_github_gets_summary_and_annotations(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """On GitHub the matrix is in the job summary and the failures at their lines."""
    summary = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    monkeypatch.setenv("GITHUB_ACTIONS", "true")

    run = project.runpytest_inprocess(*QUICK, "e2e")

    for category in ("redirect bug", "API contract"):
        run.stdout.fnmatch_lines([f"::error file=e2e/test_kinds.py,line=*{category}*"])
    text = summary.read_text(encoding="utf-8")
    assert "## Redirects: 3 redirect bugs, 2 API contract violations in 9 tests" in text
    assert "| API contract | test api status |" in text


def test_history_is_kept_and_shown(project: pytest.Pytester, tmp_path: Path) -> None:
    """Two runs with one history make a trend in the second's report."""
    history = tmp_path / "history.sqlite"
    for _ in range(2):
        run = project.runpytest_inprocess(*QUICK, "--history", str(history), "e2e")

    assert "Last 2 nights" in (project.path / "test-results" / "report.html").read_text()
    assert "did not exist" not in run.stdout.str()
