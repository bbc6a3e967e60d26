"""Rules for the container, and for what the guide says to paste."""

import subprocess
import sys
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from tests.docs.markdown import DOCS, ROOT, fences
from tests.workflows.runner import load

PASTED = fences(DOCS / "guide" / "your-repository.md", "yaml")


def test_container_runs_as_an_unprivileged_user() -> None:
    """The image names a version and ends as a user by number; secrets stay out of it."""
    words = [line.split() for line in (ROOT / "Dockerfile").read_text("utf-8").splitlines()]
    named = {line[0]: line[1:] for line in words if line and line[0].isupper()}
    ignored = (ROOT / ".dockerignore").read_text("utf-8").split()

    assert ":" in named["FROM"][0]
    assert int(named["USER"][0]) > 0
    assert {".env", ".auth", ".git"} <= {*ignored}


@pytest.mark.parametrize("text", PASTED, ids=range(len(PASTED)))
def test_pasted_job_is_valid(tmp_path: Path, text: str) -> None:
    """Each block of the guide is a valid job, and its inputs exist."""
    block = YAML(typ="safe").load(text)
    if "redirects" in block:
        file = tmp_path / ".gitlab-ci.yml"
        file.write_text(text, encoding="utf-8")
        check = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.gitlab-ci"]
        subprocess.run([*check, "--data-transform", "gitlab-ci", file], check=True)
        return
    steps = block.get("steps") or block["jobs"].values()
    [used] = [step for step in steps if "OWNER/REPOSITORY" in step.get("uses", "")]
    path = ROOT / used["uses"].partition("@")[0].removeprefix("OWNER/REPOSITORY/")
    called = load(path / "action.yml" if path.is_dir() else path)
    inputs = called if path.is_dir() else called["on"]["workflow_call"]
    assert used["with"].keys() <= inputs["inputs"].keys()
