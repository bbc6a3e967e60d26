"""``python -m tools.dashboard_login``: sign in to the dashboard by hand, and keep the sign-in."""

import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import BrowserContext, Error, sync_playwright

from suite.browser_launch import launch_options
from suite.browsers import SetUpProblem
from suite.dashboard.access import SIGN_IN_FILE
from suite.display import has_display
from suite.places import HOME
from suite.settings.settings import Settings, SettingsProblem, load_settings
from tools.command_line import Parser

_FILE = SIGN_IN_FILE.relative_to(HOME)
_NO_DISPLAY = (
    "There is no display to show a browser on: run `make dashboard-login` on a machine with a"
    f" desktop and copy {_FILE} from there to here, readable by you alone."
)
_INSTRUCTIONS = """\
A browser window opens at {url}
Sign in there, with whatever else it asks for, until you see the dashboard.
Then come back here and press Enter. Ctrl-C leaves without keeping anything."""


def main(arguments: Sequence[str] = ()) -> int:
    """Let a person sign in; return the exit code."""
    Parser(prog="python -m tools.dashboard_login", description=__doc__).parse_args(arguments)
    try:
        settings = load_settings(target="standin", environ=os.environ, dotenv_path=HOME / ".env")
        _sign_in(settings)
    except KeyboardInterrupt:
        print("\nNothing was kept.")
        return 130
    except (SettingsProblem, SetUpProblem) as problem:
        print(problem, file=sys.stderr)
        return 1
    print(f"The sign-in is in {_FILE}, and tests use it until it expires.")
    return 0


def _sign_in(settings: Settings) -> None:
    if settings.dashboard is None:
        raise SetUpProblem("\n".join(settings.dashboard_problems.values()))
    if not has_display():
        raise SetUpProblem(_NO_DISPLAY)
    print(_INSTRUCTIONS.format(url=settings.dashboard.url), flush=True)
    with sync_playwright() as playwright:
        with _explained(
            "The browser could not open a window ({}): check the display, or name another browser"
            " in CHROMIUM_PATH."
        ):
            browser = playwright.chromium.launch(**launch_options(settings, headed=True))
        with (
            _explained(
                "The sign-in was not finished ({}): run `make dashboard-login` again and leave the"
                " window open until the dashboard shows."
            ),
            browser,
        ):
            page = browser.new_page()
            page.goto(settings.dashboard.url, wait_until="domcontentloaded")
            _wait_for_enter(page.context)
            keep(json.dumps(page.context.storage_state()), SIGN_IN_FILE)


@contextmanager
def _explained(sentence: str) -> Iterator[None]:
    """Report an error of the browser in this sentence."""
    try:
        yield
    except Error as error:
        raise SetUpProblem(sentence.format(error.message.splitlines()[0])) from None


def _wait_for_enter(context: BrowserContext) -> None:
    """Wait for the person: no page shows for sure that a sign-in with all its steps is done.

    Raises:
        SetUpProblem: there is no terminal, or no cookie was set.
    """
    try:
        input()
    except EOFError:
        raise SetUpProblem(
            "This is no terminal to press Enter in: run `make dashboard-login` in one."
        ) from None
    if not context.cookies():
        raise SetUpProblem(
            "The dashboard has set no cookie, so there is no sign-in to keep: run `make"
            " dashboard-login` again and sign in before you press Enter."
        )


def keep(state: str, file: Path) -> None:
    """Write a sign-in that only this user can read."""
    file.parent.mkdir(mode=0o700, exist_ok=True)
    file.unlink(missing_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(state)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
