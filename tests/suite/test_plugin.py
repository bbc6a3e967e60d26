"""The plugin in a nested run: results, texts, evidence and files, whatever the phase."""

import json
import textwrap
from pathlib import Path
from typing import Any

import pytest

from suite.run import check_folder

pytest_plugins = ["pytester"]

# Nested runs in this process cannot share pytest-playwright's scope for soft assertions.
WITHOUT = ("playwright", "randomly", "cacheprovider")
QUICK = ("-p", "suite.plugin", *(word for name in WITHOUT for word in ("-p", f"no:{name}")))

SECRETS = ("tok-123456", "4242424242424242", "4005571702222222")
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
        raise ConnectionError("refused")

    def test_passes():
        pass

    def test_bug(evidence):
        \"\"\"Parameters arrive.\"\"\"
        case = {"title": "t", "outcome": "failure", "card": [DECLINED]}
        evidence.cases |= {"id-0": {**case, "title": "u"}, "id-1": case, "id-2": {"title": "v"}}
        evidence.note("who", "me")
        evidence.add_verdict(a_bug())
        raise RedirectBug(a_bug())

    def test_late(late):
        pass

    def test_page():
        raise PageChanged("The page has changed: repair pages/.")

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

"""


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    """A project with one test of each kind."""
    pytester.makeini("[pytest]\nmarkers = api_contract")
    write_tests(pytester, textwrap.dedent(TESTS))
    return pytester


def write_tests(project: pytest.Pytester, text: str) -> None:
    """Write one file of end-to-end tests."""
    (project.path / "e2e").mkdir(exist_ok=True)
    (project.path / "e2e" / "test_kinds.py").write_text(text, encoding="utf-8")


def _records(project: pytest.Pytester) -> dict[str, Any]:
    found = (project.path / "test-results").glob("*/evidence.json")
    records = [json.loads(path.read_text(encoding="utf-8")) for path in found]
    return {record["test"]: record for record in records}


def test_terminal_separates_failures_from_errors(project: pytest.Pytester) -> None:
    """Bugs are failures in every phase; an explained problem has no traceback."""
    run = project.runpytest_inprocess(*QUICK, "-v", "e2e")

    run.assert_outcomes(passed=1, failed=5, errors=2, skipped=1)
    assert run.ret == pytest.ExitCode.TESTS_FAILED
    run.stdout.fnmatch_lines_random([
        "*::test_bug FAILED (redirect bug)*",
        "*::test_late FAILED (redirect bug)*",
        "*::test_page ERROR (page changed)*",
        "*::test_wrong FAILED (redirect bug)*",
        "*::test_api_status FAILED (API contract)*",
        "*::test_api_answer FAILED (API contract)*",
        "*= API contract: 2 =*",
        "success: the shopper lands; violated: keeps-query",
        "problems: 3 redirect bugs, 2 API contract violations, 1 page changed, 1 suite problem",
        "report: test-results*report.html",
    ])  # fmt: skip
    shown = run.stdout.str()
    assert "The page has changed: repair pages/." in shown
    assert "raise PageChanged" not in shown
    assert "raise ConnectionError" in shown
    assert not any(secret in shown for secret in SECRETS)


def test_files_agree_and_contain_no_secret(project: pytest.Pytester) -> None:
    """Evidence, JUnit, CTRF and report have the same results, and neither token nor card number."""
    project.runpytest_inprocess(*QUICK, "e2e")
    results = project.path / "test-results"
    kept = [path for path in results.rglob("*") if path.is_file()]
    texts = {path.name: path.read_text(encoding="utf-8") for path in kept}
    records = _records(project)

    assert {name: record["status"] for name, record in records.items()} == {
        "test_passes": "passed",
        "test_skipped": "skipped",
        **dict.fromkeys(("test_page", "test_dead"), "error"),
        **dict.fromkeys(("test_bug", "test_late", "test_wrong"), "failed"),
        **dict.fromkeys(("test_api_status", "test_api_answer"), "failed"),
    }
    failed = records["test_bug"]
    assert failed["title"] == "Parameters arrive."
    assert failed["verdicts"][0]["violations"][0]["clause"] == "keeps-query"
    assert failed["notes"] == {"who": "me"}
    assert records["test_skipped"]["reason"] == "no dashboard"

    assert 'title = "t"' in texts["case.toml"]
    assert 'title = "u"' in texts["other-checkout.toml"]
    assert 'card = ["DECLINED"]' in texts["case.toml"]
    assert "other-checkout-2.toml" not in texts  # a case without an outcome could not be read
    assert 'errors="2" failures="5" skipped="1" tests="9"' in texts["junit.xml"]
    assert 'type="API contract"' in texts["junit.xml"]
    summary = json.loads(texts["ctrf.json"])["results"]["summary"]
    assert (summary["tests"], summary["failed"], summary["other"]) == (9, 5, 2)
    assert '<span class="badge failed">API contract</span>' in texts["report.html"]

    everything = "".join(path.read_text(encoding="utf-8") for path in kept)
    assert not any(secret in everything for secret in SECRETS)


def test_only_a_reported_run_replaces_the_last_report(project: pytest.Pytester) -> None:
    """A run of e2e deletes the former results; the project's own tests leave them alone."""
    project.makepyfile(**{"tests/test_own": "def test_own(): assert 1 == 2"})
    project.runpytest_inprocess(*QUICK, "e2e", "-k", "test_skipped")
    stale = project.path / "test-results" / "old-test"
    stale.mkdir()
    (stale / "evidence.json").write_text("{}")

    project.runpytest_inprocess(*QUICK, "tests").assert_outcomes(failed=1)
    assert (stale / "evidence.json").exists()

    project.runpytest_inprocess(*QUICK, "e2e", "-k", "test_passes")
    assert list(_records(project)) == ["test_passes"]


@pytest.mark.parametrize(
    ("name", "says"), [("notes", "contents that no run made"), ("notes/kept.txt", "is a file")]
)
def test_run_deletes_nothing_that_no_run_made(tmp_path: Path, name: str, says: str) -> None:
    """A results folder with other contents, or a file of its name, is refused."""
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "kept.txt").write_text("kept", encoding="utf-8")

    with pytest.raises(pytest.UsageError, match=f"^The results folder .*{name} .*{says}"):
        check_folder(tmp_path / name)


@pytest.mark.parametrize("name", ["new", "empty", "test-results"])
def test_run_takes_a_new_or_an_empty_folder_and_its_own(tmp_path: Path, name: str) -> None:
    """The default folder is a run's own, whatever another command has put there."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "test-results").mkdir()
    (tmp_path / "test-results" / "observation.json").touch()

    check_folder(tmp_path / name)


@pytest.mark.parametrize("chosen", ["test_skipped", "no_such_test"])
def test_run_without_a_test_fails(project: pytest.Pytester, chosen: str) -> None:
    """A run that skips everything, or finds nothing, verifies nothing."""
    run = project.runpytest_inprocess(*QUICK, "e2e", "-k", chosen)
    assert run.ret == pytest.ExitCode.NO_TESTS_COLLECTED
    run.stdout.fnmatch_lines(["No test was run, so nothing was verified*"])


def test_fault_that_no_test_noticed_is_no_success(project: pytest.Pytester) -> None:
    """A green run under a fault proves nothing about it, and says whether the fault acted."""
    project.makeconftest("""
import pytest
from suite.run import RUN

def pytest_addoption(parser): parser.addoption("--fault")

@pytest.fixture(autouse=True, scope="session")
def target(pytestconfig):
    yield
    pytestconfig.stash[RUN].acted_faults.add("other-fault")
""")
    options = (*QUICK, "e2e", "--fault", "some-fault", "-k")

    green = project.runpytest_inprocess(*options, "test_passes")

    assert green.ret == pytest.ExitCode.USAGE_ERROR
    green.stdout.fnmatch_lines(["The fault some-fault never acted, because *"])
    options = (*options[:-2], "other-fault", "-k")
    for workers in ((), ("-n", "1")):
        acted = project.runpytest_inprocess(*options, "test_passes", *workers)
        acted.stdout.fnmatch_lines(["No test noticed the fault other-fault, although *"])
    red = project.runpytest_inprocess(*options, "test_bug")
    assert red.ret == pytest.ExitCode.TESTS_FAILED
    assert "o test noticed" not in red.stdout.str()


def test_interrupted_test_has_no_result(project: pytest.Pytester) -> None:
    """A test that runs at Ctrl-C did not fail, so no report counts it."""
    write_tests(project, "def test_fine(): pass\ndef test_slow(): raise KeyboardInterrupt")
    run = project.runpytest_inprocess(*QUICK, "e2e", no_reraise_ctrlc=True)

    assert run.ret == pytest.ExitCode.INTERRUPTED
    assert "1 test, 0 checkouts, 0 violations" in run.stdout.str()
    assert _records(project)["test_slow"]["status"] == "running"
    assert "process that ran" not in (project.path / "test-results/report.html").read_text()


def test_pytest_options_know_failures_and_errors(project: pytest.Pytester) -> None:
    """``--lf`` repeats errors of a test's body too, and ``-x`` stops at the first failure."""
    options = [option for option in QUICK if option != "no:cacheprovider"][:-1]
    project.runpytest_inprocess(*options, "e2e")
    again = project.runpytest_inprocess(*options, "--lf", "e2e")
    again.assert_outcomes(failed=5, errors=2)
    project.runpytest_inprocess(*QUICK, "-x", "e2e").assert_outcomes(passed=1, failed=1)


def test_github_and_history_options_are_followed(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """GitHub gets a job summary and annotations; two runs with a history make a trend."""
    summary, history = tmp_path / "summary.md", tmp_path / "history.sqlite"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    monkeypatch.setenv("GITHUB_ACTIONS", "true")

    for _ in range(2):
        run = project.runpytest_inprocess(*QUICK, "--history", str(history), "e2e")

    for category in ("redirect bug", "API contract"):
        run.stdout.fnmatch_lines([f"::error file=e2e/test_kinds.py,line=*{category}*"])
    text = summary.read_text(encoding="utf-8")
    assert "## Redirects: 3 redirect bugs, 2 API contract violations in 8 tests" in text
    assert "| API contract | 1 | 20" in text
    assert "| AssertionError: assert 500 == 200 | test api status |" in text
    run.stdout.fnmatch_lines_random(
        ["since the run of 20*: nothing changed", "=*= page changed, known since *"]
    )
    assert "Last 2 nights" in (project.path / "test-results" / "report.html").read_text()
    assert "did not exist" not in run.stdout.str()
