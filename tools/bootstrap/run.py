"""The steps of the set-up."""

import os
from pathlib import Path

from suite.browsers import SetUpProblem
from tools.bootstrap.browser_install import ensure_run, split_options, with_choice
from tools.bootstrap.environment import Environment
from tools.command_line import Parser, say

ROOT = Path(__file__).resolve().parents[2]


def main(arguments: list[str] | None = None) -> int:
    """Make the environment and the browser ready; return the exit code."""
    parser = Parser(
        prog="python -m tools.bootstrap",
        description="Create .venv, install the packages of requirements.txt, and find a browser or"
        " install one. Whatever is ready stays as it is.",
    )
    checks = "install what the project's own checks need too: requirements-dev.txt"
    parser.add_argument("--checks", action="store_true", help=checks)
    chosen = parser.parse_args(arguments)
    environ = with_choice(os.environ, ROOT / ".env")
    options = split_options(environ.get("ARGS", ""))  # make puts those for pytest there
    environment = Environment(ROOT, for_checks=chosen.checks)
    try:
        if not environment.is_ready():
            environment.make_ready()
        ensure_run(options, environ, python=environment.python, prefix=environment.folder)
    except SetUpProblem as problem:
        say(str(problem))
        return 1
    except KeyboardInterrupt:
        say("Stopped; the next run continues.")
        return 130
    return 0
