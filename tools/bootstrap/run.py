"""The set-up, step by step."""

import os
from pathlib import Path

from suite.browsers import SetUpProblem
from tools.bootstrap.browser_install import chosen_in, ensure_browser
from tools.bootstrap.console import say
from tools.bootstrap.environment import Environment

ROOT = Path(__file__).resolve().parents[2]


def run(root: Path = ROOT) -> int:
    """Make the environment and the browser ready; returns the exit code."""
    environ = dict(os.environ)
    environ.setdefault("CHROMIUM_PATH", chosen_in(root / ".env"))
    environment = Environment(root)
    try:
        if not environment.is_ready():
            environment.make_ready()
        ensure_browser(environment, environ)
    except SetUpProblem as problem:
        say(str(problem))
        return 1
    except KeyboardInterrupt:
        say("Stopped; the next run takes it up again.")
        return 130
    return 0
