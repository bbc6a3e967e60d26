"""`make test`: every check of the project, run to the end."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from suite.browsers import SetUpProblem, find_firefox
from tools.command_line import Parser, say

PYTHON = sys.executable
BEHAVIOURS = ("documented", "measured")
SUMMARY_VARIABLE = "GITHUB_STEP_SUMMARY"
#: Two for each core: the tests of shops wait more than they work.
WORKERS = str(2 * (os.cpu_count() or 1))

#: Each check by the name that is shown. It passes with exit code 0 only, so that a pytest that
#: collects nothing (5) fails like a failed test (1).
Steps = Mapping[str, Sequence[str]]


def steps(pytest_arguments: list[str]) -> Steps:
    """Return the checks, the quickest first.

    Args:
        pytest_arguments: added to each run of pytest.
    """
    pytest = (PYTHON, "-m", "pytest")
    return {
        "ruff check": (PYTHON, "-m", "ruff", "check", "."),
        "ruff format": (PYTHON, "-m", "ruff", "format", "--check", "."),
        "mypy": (PYTHON, "-m", "mypy", ".", ".github/scripts"),
        "lint-imports": (str(Path(PYTHON).with_name("lint-imports")), "--no-logo"),
        **workflow_steps(),
        "tests": (*pytest, "tests", "-n", WORKERS, "--dist", "worksteal", *pytest_arguments),
        **firefox_steps(pytest_arguments),
        **{
            # A run clears its results folder first, so each run needs one.
            f"e2e, {name}": (
                *(*pytest, "e2e", "--behaviour", name, "--output", f"test-results/{name}"),
                *pytest_arguments,
            )
            for name in BEHAVIOURS
        },
    }


def firefox_steps(pytest_arguments: list[str]) -> Steps:
    """Return the core tests in Firefox, where there is one."""
    with suppress(SetUpProblem):
        find_firefox(os.environ)
        words = ("-m", "core", "--browser", "firefox", "--output", "test-results/firefox")
        return {"core, Firefox": (PYTHON, "-m", "pytest", "e2e", *words, *pytest_arguments)}
    say("There is no Firefox, so its core tests are left out.")
    return {}


def workflow_steps() -> Steps:
    """Return the checks of .github and the container: linters and schemas."""
    folder = Path(".github")
    workflows = sorted(folder.glob("workflows/*.yml"))
    forms = set(folder.glob("ISSUE_TEMPLATE/*.yml")) - {folder / "ISSUE_TEMPLATE" / "config.yml"}
    schemas = {
        "vendor.github-workflows": workflows,
        "custom.github-workflows-require-timeout": workflows,
        "vendor.github-actions": sorted(folder.glob("actions/*/action.yml")),
        "vendor.dependabot": [folder / "dependabot.yml"],
        "vendor.github-issue-config": [folder / "ISSUE_TEMPLATE" / "config.yml"],
        "vendor.github-issue-forms": sorted(forms),
        "vendor.compose-spec": [Path("compose.yaml")],
    }
    audit = ("--offline", "--persona", "auditor", "--strict-collection", "--collect=all")
    return {
        "hadolint": (str(Path(PYTHON).with_name("hadolint")), "Dockerfile"),
        "zizmor": (str(Path(PYTHON).with_name("zizmor")), *audit, str(folder)),
        **{
            schema: (PYTHON, "-m", "check_jsonschema", "--builtin-schema", schema, *map(str, paths))
            for schema, paths in schemas.items()
        },
    }


def run(chosen: Steps) -> list[str]:
    """Run every step, also after a failure, and return the names of those that failed.

    What the steps took stands before the last one, whose closing line then ends the output, and in
    the summary of a GitHub job.
    """
    failed: list[str] = []
    took: list[str] = []
    for name, command in chosen.items():
        if name == list(chosen)[-1] and took:
            say("\n".join(("took:", *took)))
        say(f"— {name}")
        began, used = time.monotonic(), _processor_s()
        if subprocess.run(command, stdin=subprocess.DEVNULL, check=False).returncode:
            failed.append(name)
        wall, processor = time.monotonic() - began, _processor_s() - used
        took.append(f"{wall:6.0f} s, {processor:5.0f} s of processor time: {name}")
    if summary := os.environ.get(SUMMARY_VARIABLE):
        with Path(summary).open("a", encoding="utf-8") as file:
            file.write("\n".join(("```", *took, "```", "")))
    return failed


def _processor_s() -> float:
    """Processor time of all processes that have been waited for, seconds; 0 under Windows."""
    times = os.times()
    return times.children_user + times.children_system


def main(arguments: list[str] | None = None) -> int:
    """Run all checks; pytest's closing line stays the last one unless a check failed."""
    parser = Parser(
        prog="python -m tools.bootstrap.checks",
        usage="%(prog)s [-h] [pytest options]",
        description="Run every check: lint, types, layers, workflows, tests, and e2e under both"
        " behaviours. Options are passed to each run of pytest.",
        allow_abbrev=False,
    )
    _, pytest_arguments = parser.parse_known_args(arguments)
    try:
        failed = run(steps(pytest_arguments))
    except KeyboardInterrupt:
        return 130
    if failed:
        say(f"make test failed: {'; '.join(failed)}.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
