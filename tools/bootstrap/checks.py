"""`make test`: every check of the project, run to the end."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tools.bootstrap.console import say
from tools.command_line import Parser

PYTHON = sys.executable
BEHAVIOURS = ("documented", "measured")


@dataclass(frozen=True, slots=True)
class Step:
    """One check.

    Attributes:
        name: shown before it runs, and again if it fails.
        command: passes with exit code 0 only, so that a pytest that collects nothing (5) fails
            like a failed test (1).
    """

    name: str
    command: tuple[str, ...]


def steps(pytest_arguments: list[str]) -> list[Step]:
    """Return the checks, the quickest first.

    Args:
        pytest_arguments: added to each run of pytest.
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
    # A run clears its results folder first, so each run needs one.
    return ("--output", f"test-results/{behaviour}")


def workflow_steps() -> list[Step]:
    """Return the checks of .github: schemas and a security linter."""
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
    """Run every step, also after a failure, and return the names of those that failed."""
    failed = []
    for step in chosen:
        say(f"— {step.name}")
        if subprocess.run(step.command, stdin=subprocess.DEVNULL, check=False).returncode:
            failed.append(step.name)
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
