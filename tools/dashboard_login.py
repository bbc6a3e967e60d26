"""``python -m tools.dashboard_login``: sign in to the dashboard by hand, and keep the sign-in."""

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Error, Page, sync_playwright

from suite.browser_launch import launch_options
from suite.browsers import SetUpProblem
from suite.dashboard.access import ROOT, SIGN_IN_FILE
from suite.settings.settings import Settings, SettingsProblem, load_settings
from tools.command_line import Parser
from tools.repro import has_display

_NO_DISPLAY = (
    "There is no display to show a browser on: run `make dashboard-login` on a machine with a"
    " desktop and copy {file} from there to here, readable by you alone."
)
_INSTRUCTIONS = """\
A browser window opens at {url}
Sign in there, with whatever else it asks for, until you see the dashboard.
Then come back here and press Enter. Ctrl-C leaves without keeping anything."""


class LoginProblem(Exception):
    """No sign-in was kept; the message is one sentence."""

    category = "suite problem"


def main(arguments: Sequence[str] = ()) -> int:
    """Let a person sign in; return the exit code."""
    Parser(prog="python -m tools.dashboard_login", description=__doc__).parse_args(arguments)
    try:
        settings = load_settings(target="standin", environ=os.environ, dotenv_path=ROOT / ".env")
        address = _dashboard_of(settings)
        _check_display()
        print(_INSTRUCTIONS.format(url=address), flush=True)
        _let_sign_in(address, settings)
    except KeyboardInterrupt:
        print("\nNothing was kept.")
        return 130
    except (LoginProblem, SettingsProblem, SetUpProblem) as problem:
        print(problem, file=sys.stderr)
        return 1
    print(f"The sign-in is in {SIGN_IN_FILE.relative_to(ROOT)}, and tests use it until it expires.")
    return 0


def _dashboard_of(settings: Settings) -> str:
    if settings.dashboard is None:
        raise LoginProblem("\n".join(settings.dashboard_problems.values()))
    return settings.dashboard.url


def _check_display() -> None:
    if not has_display():
        raise LoginProblem(_NO_DISPLAY.format(file=SIGN_IN_FILE.relative_to(ROOT)))


def _let_sign_in(address: str, settings: Settings) -> None:
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(**launch_options(settings, headed=True))
        except Error as error:
            cause = error.message.splitlines()[0]
            raise LoginProblem(
                f"The browser could not open a window ({cause}): check the display, or name"
                " another browser in CHROMIUM_PATH."
            ) from None
        page = browser.new_page()
        try:
            page.goto(address, wait_until="domcontentloaded")
            _wait_for_enter(page)
            keep(json.dumps(page.context.storage_state()), SIGN_IN_FILE)
        except Error as error:
            cause = error.message.splitlines()[0]
            raise LoginProblem(
                f"The sign-in was not finished ({cause}): run `make dashboard-login` again and"
                " leave the window open until the dashboard shows."
            ) from None
        finally:
            browser.close()


def _wait_for_enter(page: Page) -> None:
    """Wait for the person: no page shows for sure that a sign-in with all its steps is done.

    Raises:
        LoginProblem: there is no terminal, or no cookie was set.
    """
    try:
        input()
    except EOFError:
        raise LoginProblem(
            "This is no terminal to press Enter in: run `make dashboard-login` in one."
        ) from None
    if not page.context.cookies():
        raise LoginProblem(
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
