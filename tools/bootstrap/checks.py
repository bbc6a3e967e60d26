"""`make test`: every check of the project, whatever the ones before it say."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tools.bootstrap.console import say

PYTHON = sys.executable
BEHAVIOURS = ("documented", "measured")


@dataclass(frozen=True, slots=True)
class Step:
    """One check.

    Attributes:
        name: what a person calls it.
        command: what runs it; it passes with exit code 0 and with no other, so that a pytest
            that collected nothing (5) fails like a test that failed (1).
    """

    name: str
    command: tuple[str, ...]


def steps(pytest_arguments: list[str]) -> list[Step]:
    """The checks, the quickest first.

    Args:
        pytest_arguments: handed to each run of pytest.
    """
    layers = str(Path(PYTHON).with_name("lint-imports"))
    pytest = (PYTHON, "-m", "pytest")
    return [
        Step("ruff check", (PYTHON, "-m", "ruff", "check", ".")),
        Step("ruff format", (PYTHON, "-m", "ruff", "format", "--check", ".")),
        Step("mypy", (PYTHON, "-m", "mypy", ".", ".github/scripts")),
        Step("lint-imports", (layers, "--no-logo")),
        *workflow_steps(),
        Step("tests", (*pytest, "tests", *pytest_arguments)),
        *(
            Step(
                f"e2e, {name}",
                (*pytest, "e2e", *("--behaviour", name), *_results(name), *pytest_arguments),
            )
            for name in BEHAVIOURS
        ),
    ]


def _results(behaviour: str) -> tuple[str, str]:
    """A folder for each run, since a run clears its own before it begins."""
    return ("--output", f"test-results/{behaviour}")


def workflow_steps() -> list[Step]:
    """The workflows and forms of .github, by their schemas and by a security linter."""
    zizmor = str(Path(PYTHON).with_name("zizmor"))
    folder = Path(".github")
    kinds = {
        "vendor.github-workflows": sorted(folder.glob("workflows/*.yml")),
        "custom.github-workflows-require-timeout": sorted(folder.glob("workflows/*.yml")),
        "vendor.github-actions": sorted(folder.glob("actions/*/action.yml")),
        "vendor.dependabot": [folder / "dependabot.yml"],
        "vendor.github-issue-config": [folder / "ISSUE_TEMPLATE" / "config.yml"],
        "vendor.github-issue-forms": sorted(
            path for path in folder.glob("ISSUE_TEMPLATE/*.yml") if path.stem != "config"
        ),
    }
    audit = ("--offline", "--persona", "auditor", "--strict-collection", "--collect=all")
    return [
        Step("zizmor", (zizmor, *audit, str(folder))),
        *(
            Step(schema, (PYTHON, "-m", "check_jsonschema", "--builtin-schema", schema, *paths))
            for schema, paths in ((name, map(str, found)) for name, found in kinds.items())
        ),
    ]


def run(chosen: list[Step]) -> list[str]:
    """Run each step and return the names of those that failed.

    A step that fails stops none: whoever mends the one wants to know of the others.
    """
    failed = []
    for step in chosen:
        say(f"— {step.name}")
        if subprocess.run(step.command, stdin=subprocess.DEVNULL, check=False).returncode:
            failed.append(step.name)
    return failed


def main(arguments: list[str]) -> int:
    """Run all checks; pytest's closing line stays the last one unless something failed."""
    try:
        failed = run(steps(arguments))
    except KeyboardInterrupt:
        return 130
    if failed:
        say(f"make test failed: {'; '.join(failed)}.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
