"""Evidence and counts of tests in worker processes, one of which dies."""

import json
import textwrap
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

ROOT = Path(__file__).parents[2]

TESTS = """
    import enum
    import os
    import pytest

    class End(enum.StrEnum):
        SUCCESS = "success"

    @pytest.fixture(autouse=True)
    def secret(evidence):
        evidence.hide("tok-123456")

    def test_dies(evidence):
        \"\"\"The end of a process.\"\"\"
        evidence.note("last", "words tok-123456")
        evidence.write()
        os._exit(9)

    @pytest.mark.parametrize("end", End)
    @pytest.mark.parametrize("number", range(6))
    def test_lives(evidence, number, end):
        evidence.add_screenshot(b"png")
        class Changed(Exception):
            category = "page changed"
        if number == 5:
            raise Changed("The page has changed: tok-123456.")
"""


def test_one_worker_may_die(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test has its record without a secret; an enumeration member kills no worker."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    folder = pytester.mkdir("e2e")
    (folder / "test_two.py").write_text(textwrap.dedent(TESTS), encoding="utf-8")

    run = pytester.runpytest_subprocess("-p", "suite.plugin", "-n", "2", "e2e", timeout=120)

    run.assert_outcomes(passed=5, errors=2)
    results = pytester.path / "test-results"
    paths = [*results.rglob("*.*ml"), *results.rglob("*.json")]
    texts = {path: path.read_text(encoding="utf-8") for path in paths}
    assert not any("tok-123456" in text for text in [*texts.values(), run.stdout.str()])
    summary = json.loads(texts[results / "ctrf.json"])["results"]["summary"]
    assert (summary["passed"], summary["failed"], summary["other"]) == (5, 0, 2)

    records = {
        record["nodeid"].partition("::")[2]: record
        for path, text in texts.items()
        if path.name == "evidence.json"
        for record in [json.loads(text)]
    }
    assert len(records) == 7
    dead, changed = records["test_dies"], records["test_lives[5-success]"]
    assert (dead["status"], dead["problems"][0]["category"]) == ("error", "suite problem")
    assert dead["notes"] == {"last": "words [redacted]"}
    assert changed["screenshots"] == ["screenshot.png"]
