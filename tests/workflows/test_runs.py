"""Every script of a workflow, run step by step on this machine."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docs.test_workflows import ACTIONS, WORKFLOWS
from tests.rehearsal.provider import rehearsal
from tests.workflows.runner import (
    EXPRESSION,
    Runner,
    dispatch_values,
    load,
    make_runner,
    needs_json,
    write_program,
)

INSTALLED = "tests/installed runs it"
KERNEL = "it changes a setting of the kernel"
#: Each script that is not run here, and the reason.
NOT_RUN = {
    "checks: Lint, types, layers, tests, e2e under both behaviours": "it runs this test",
    "browsers: Install Playwright's browser": "it downloads a browser and installs packages",
    "standin: Install Playwright's browser": "it downloads a browser and installs packages",
    "wheel: Run every check": "it runs this test",
    "wheel: Build": INSTALLED,
    "wheel: Demand that tag, version and changelog agree": INSTALLED,
    "setup: Let Chromium's sandbox start": KERNEL,
    "check: Let Chromium's sandbox start": KERNEL,
    "check: Install the suite": INSTALLED,
    "check: Drive the checkouts": INSTALLED,
    "check: Prove that a checkout was driven": INSTALLED,
}
#: Proofs that require more checkouts than the narrowed runs drive.
RED = {"browsers: Prove that checkouts were driven", "standin: Prove that checkouts were driven"}
#: What makes the runs of a job short. Nothing in a script is replaced.
CORE = {"PYTEST_ADDOPTS": "-m core -n 0"}
NARROW = {
    "browsers": CORE,
    "standin": CORE,
    "sandbox": CORE,
    "faults": {"ARGS": "accents-dropped --jobs 1"},
}
DASHBOARD = [f"secrets.CLOVER_DASHBOARD_{name}" for name in ("URL", "EMAIL", "PASSWORD")]
GITHUB = {
    "github.repository": "owner/name",
    "github.ref_name": "v0.1.0",
    "github.run_id": "1",
    "github.server_url": "https://github.com",
    "github.token": "",
}


@pytest.fixture
def runner(tmp_path: Path) -> Iterator[Runner]:
    """A machine, with a provider in place of the sandbox and a client that finds no issue."""
    with rehearsal() as provider:
        runner = make_runner(tmp_path, NOT_RUN)
        runner.environ |= {"CLOVER_API_URL": provider.origin}
        runner.values = {
            **GITHUB,
            **dict.fromkeys(DASHBOARD, ""),
            "secrets.CLOVER_MERCHANT_ID": provider.merchant_id,
            "secrets.CLOVER_PRIVATE_TOKEN": provider.token,
        }
        write_program(runner.workspace / ".venv" / "bin" / "gh", "echo '[]'")
        yield runner


@pytest.mark.skipif(os.name == "nt", reason="the scripts are for bash")
@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_scripts_of_a_workflow_run(runner: Runner, path: Path) -> None:
    """Each script ends as it should, in the order of jobs and steps, with its environment."""
    workflow = load(path)
    for name, job in workflow["jobs"].items():
        values = {**dispatch_values(workflow), "toJSON(needs)": needs_json(job)}
        runner.run_job(name, job, values, NARROW.get(name, {}))

    red = {script for script, code in runner.codes.items() if code}
    assert red == RED & {*runner.codes}, runner.output


def scripts() -> dict[str, str]:
    """Every script of the workflows and actions, by job or action and step."""
    steps = [
        (name, step)
        for path in WORKFLOWS
        for name, job in load(path)["jobs"].items()
        for step in job["steps"]
    ]
    steps += [(p.parent.name, step) for p in ACTIONS for step in load(p)["runs"]["steps"]]
    return {f"{name}: {step['name']}": step["run"] for name, step in steps if "run" in step}


def test_every_reason_is_for_a_script() -> None:
    """Each script that is left out exists."""
    assert NOT_RUN.keys() - scripts().keys() == set()


def test_scripts_contain_no_expression() -> None:
    """Inputs reach a script through its environment only, so none can add a command."""
    assert [name for name, script in scripts().items() if EXPRESSION.search(script)] == []
