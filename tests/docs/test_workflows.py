"""Rules for the workflows beyond those of zizmor and the schemas."""

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests.docs.markdown import ROOT, code, table

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
ACTIONS = sorted((ROOT / ".github" / "actions").glob("*/action.yml"))
IDS = [path.stem for path in WORKFLOWS]
#: What a job may write, by workflow and job; an identity counts as written.
WRITES = {("nightly", "issue"): ["issues"], ("release", "publish"): ["id-token"]}
every_workflow = pytest.mark.parametrize("path", WORKFLOWS, ids=IDS)


def load(path: Path) -> Any:
    """Parse a workflow."""
    return YAML(typ="safe").load(path)


def test_guide_names_every_workflow() -> None:
    """docs/guide/ci.md has a row for each workflow."""
    rows = table(ROOT / "docs" / "guide" / "ci.md", "workflow")
    assert sorted(code(row[0])[0] for row in rows) == [path.name for path in WORKFLOWS]


@every_workflow
def test_only_named_jobs_may_write(path: Path) -> None:
    """A workflow grants no permissions; only the nightly issue and a release need to write."""
    workflow = load(path)

    assert workflow["permissions"] == {}
    for name, job in workflow["jobs"].items():
        writes = [right for right, level in job["permissions"].items() if level == "write"]

        assert writes == WRITES.get((path.stem, name), []), name
        assert job["timeout-minutes"] <= 90, name


@pytest.mark.parametrize("path", [*WORKFLOWS, *ACTIONS], ids=lambda path: path.parent.name)
def test_actions_are_pinned_by_commit(path: Path) -> None:
    """Each action is local, or named by its full commit with the version in a comment."""
    for used in re.findall(r"uses: (.+)", path.read_text(encoding="utf-8")):
        assert re.fullmatch(r"\$/\.github/\S+|[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", used), used


@every_workflow
def test_secrets_are_given_to_single_steps(path: Path) -> None:
    """Secrets appear in steps only, in jobs that run in a GitHub environment."""
    for name, job in load(path)["jobs"].items():
        rest = {key: value for key, value in job.items() if key != "steps"}
        assert "secrets." not in str(rest), name
        if "secrets." in str(job["steps"]):
            assert path.stem != "ci", "forks can start this workflow"
            assert job["environment"] in {"sandbox", "${{ inputs.target }}"}, name


def test_required_job_waits_for_every_other() -> None:
    """The required job needs all other jobs, and also runs after a failure."""
    jobs = load(ROOT / ".github" / "workflows" / "ci.yml")["jobs"]
    required = jobs.pop("required")
    assert required["if"] == "always()"
    assert sorted(required["needs"]) == sorted(jobs)


def test_nightly_avoids_the_full_hour() -> None:
    """The schedule avoids the minutes at which GitHub delays or drops runs."""
    nightly = (ROOT / ".github" / "workflows" / "nightly.yml").read_text(encoding="utf-8")
    (minute,) = re.findall(r'cron: "(\d+) ', nightly)
    assert int(minute) % 15


@every_workflow
def test_every_run_of_e2e_is_followed_by_its_proof(path: Path) -> None:
    """The step after each e2e run counts its checkouts."""
    for job in load(path)["jobs"].values():
        runs = [step.get("run", "") for step in job["steps"]]
        for run, following in pairwise([*runs, ""]):
            if run.startswith(("make e2e", "make repro")):
                assert "prove_checkouts.py" in following
