"""The documentation's example tests: green on the stand-in, red under the fault they name."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from clover.verdict import CLAUSES
from tests.docs.markdown import DOCS, ROOT, code
from tools.faults.fault_run import ALL_TESTS, FaultRun

_EXAMPLE = re.compile(
    r"^```python\n(.*?)^```$(.*?)--fault ([a-z0-9-]+)`([^.]*)", re.MULTILINE | re.DOTALL
)


class Example(NamedTuple):
    """A test, the fault that the text after it names, and the clause named with that."""

    name: str
    source: str
    fault: str
    clause: str


def read_example(page: Path) -> Example:
    """Return the one example of a page."""
    (found,) = _EXAMPLE.finditer(page.read_text(encoding="utf-8"))
    (clause,) = set(code(found[4])) & set(CLAUSES)
    return Example(page.stem.replace("-", "_"), found[1], found[3], clause)


EXAMPLES = [read_example(page) for page in (ROOT / "README.md", DOCS / "guide/adding-a-test.md")]


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, FaultRun]:
    """Results of all examples, without a fault and under each fault that a page names.

    The examples are the tests of a project with the plug-ins of this one.
    """
    project = tmp_path_factory.mktemp("project")
    for name in ("conftest.py", "pytest.ini"):
        shutil.copy(ROOT / name, project)
    (project / "e2e").mkdir()
    for example in EXAMPLES:
        (project / "e2e" / f"test_{example.name}.py").write_text(example.source, encoding="utf-8")
    report = project / "faults.jsonl"
    command = [
        *(sys.executable, "-m", "pytest", "e2e", "-n", "0", "-p", "tools.faults.fault_run"),
        *("-p", "no:randomly", "--tracing", "off", "--fault-tests", ALL_TESTS),
        *("--faults", ",".join(["", *(example.fault for example in EXAMPLES)])),
        *("--fault-report", str(report)),
    ]
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command, cwd=project, env=environ, capture_output=True, text=True, check=False
    )
    assert report.exists(), done.stdout + done.stderr
    found = map(FaultRun.from_json, report.read_text(encoding="utf-8").splitlines())
    return {run.fault: run for run in found}


def test_examples_pass(runs: dict[str, FaultRun]) -> None:
    """The examples pass on the stand-in without a fault."""
    clean = runs[""]
    assert (clean.ran, clean.kills, clean.errors) == (len(EXAMPLES), [], [])


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_example_detects_the_fault_of_its_page(runs: dict[str, FaultRun], example: Example) -> None:
    """Under the fault that its page names, the example fails with the clause named there."""
    kills = runs[example.fault].kills
    (kill,) = [kill for kill in kills if kill.test.startswith(f"e2e/test_{example.name}.py::")]
    assert example.clause in kill.clauses
