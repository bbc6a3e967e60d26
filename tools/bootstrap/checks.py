"""`make test`: every check of the project, run to the end."""

import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from tools.command_line import Parser, say

PYTHON = sys.executable
BEHAVIOURS = ("documented", "measured")
EXAMPLES = "tests/storefront/test_examples.py"

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
        "tests": (*pytest, "tests", f"--ignore={EXAMPLES}", *pytest_arguments),
        # They wait more than they work.
        "example shops": (*pytest, EXAMPLES, "-n", "4", *pytest_arguments),
        **{
            # A run clears its results folder first, so each run needs one.
            f"e2e, {name}": (
                *(*pytest, "e2e", "--behaviour", name, "--output", f"test-results/{name}"),
                *pytest_arguments,
            )
            for name in BEHAVIOURS
        },
    }


def workflow_steps() -> Steps:
    """Return the checks of .github and the compose file: a security linter and schemas."""
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
        "zizmor": (str(Path(PYTHON).with_name("zizmor")), *audit, str(folder)),
        **{
            schema: (PYTHON, "-m", "check_jsonschema", "--builtin-schema", schema, *map(str, paths))
            for schema, paths in schemas.items()
        },
    }


def run(chosen: Steps) -> list[str]:
    """Run every step, also after a failure, and return the names of those that failed."""
    failed = []
    for name, command in chosen.items():
        say(f"— {name}")
        if subprocess.run(command, stdin=subprocess.DEVNULL, check=False).returncode:
            failed.append(name)
    return failed


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
