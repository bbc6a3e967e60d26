"""The steps of the set-up."""

import os
from pathlib import Path

from suite.browsers import SetUpProblem
from tools.bootstrap.browser_install import chosen_in, ensure_browser
from tools.bootstrap.environment import Environment
from tools.command_line import Parser, say

ROOT = Path(__file__).resolve().parents[2]


def main(arguments: list[str] | None = None) -> int:
    """Make the environment and the browser ready; return the exit code."""
    Parser(
        prog="python -m tools.bootstrap",
        description="Create .venv, install the packages of requirements.txt, and find a browser or"
        " install one. Whatever is ready stays as it is.",
    ).parse_args(arguments)
    environ = dict(os.environ)
    environ.setdefault("CHROMIUM_PATH", chosen_in(ROOT / ".env"))
    environment = Environment(ROOT)
    try:
        if not environment.is_ready():
            environment.make_ready()
        ensure_browser(environ, python=environment.python, prefix=environment.folder)
    except SetUpProblem as problem:
        say(str(problem))
        return 1
    except KeyboardInterrupt:
        say("Stopped; the next run continues.")
        return 130
    return 0
