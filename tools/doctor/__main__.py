"""``python -m tools.doctor``: is everything there that a run needs?

It checks in the order in which things fail, and ends with “ready” or with the one thing to do next.
It creates a session or two, pays nothing and changes nothing.
"""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from typing import Final

from playwright.sync_api import sync_playwright

from landing.site import LandingSite
from suite.evidence.scrubber import Scrubber
from suite.merchant import MerchantFactory
from suite.places import HOME
from suite.redirect_urls import nonces
from suite.settings.settings import Settings, SettingsProblem, load_settings
from suite.targets import make_target
from tools.command_line import Parser
from tools.doctor import browsing, network
from tools.doctor.checks import FAILED, NOT_TRIED, Check, Patient, Row, examine, next_step
from tools.doctor.writing import text_table
from tools.secrets import scrubber_for

CHECKS: Final = (
    Check("settings", network.check_settings),
    Check("host", network.check_host),
    Check("DNS", network.check_dns),
    Check("TLS and proxy", network.check_connection, ("DNS",)),
    Check("clock", network.check_clock, ("TLS and proxy",)),
    Check("token", network.check_token, ("TLS and proxy",)),
    Check("browser", browsing.check_browser),
    Check("hosted page", browsing.check_hosted_page, ("token", "browser")),
    Check("captcha", browsing.check_captcha, ("hosted page",)),
    Check("locators", browsing.check_locators, ("hosted page",)),
    Check("dashboard login", browsing.check_dashboard, ("browser",)),
    Check("redirect URLs", browsing.check_redirect_urls, ("browser",)),
    Check("dashboard URLs", browsing.check_dashboard_urls, ("browser",)),
)


def diagnose(settings: Settings, scrubber: Scrubber) -> Iterator[Row]:
    """Run every check on the target that the settings name."""
    with (
        ExitStack() as stack,
        LandingSite() as site,
        make_target(settings).started() as target,
        sync_playwright() as playwright,
        ExitStack() as opened,
    ):
        hide = scrubber.hide
        merchant = MerchantFactory(target, site.origin, nonces(0, "doctor"), hide, stack)()
        account = merchant.account
        client = opened.enter_context(account.connect(pauses_s=()))
        urls = merchant.urls()
        patient = Patient(settings, target, account, client, site, urls, opened, playwright)
        yield from examine(patient, CHECKS)


def main(arguments: Sequence[str] | None = None, prog: str = "python -m tools.doctor") -> int:
    """Print the table; return 0 if a run can start, else 1."""
    parser = Parser(prog=prog, description=__doc__)
    parser.add_argument("--target", choices=("standin", "sandbox"), help="what to look at")
    parser.add_argument("--behaviour", help="what to expect, and how the stand-in behaves")
    chosen = parser.parse_args(arguments)
    return report(*examine_target(chosen.target, chosen.behaviour))


def examine_target(target: str | None, behaviour: str | None) -> tuple[list[Row], Scrubber]:
    """Run every check; return their rows and what removes secrets from them."""
    try:
        settings = load_settings(
            target=target, behaviour=behaviour, environ=os.environ, dotenv_path=HOME / ".env"
        )
    except SettingsProblem as problem:
        wrong = [Row("settings", FAILED, each, each) for each in problem.sentences]
        others = [Row(check.name, NOT_TRIED, "needs: settings") for check in CHECKS[1:]]
        return [*wrong, *others], Scrubber()
    scrubber = scrubber_for(settings)
    return [*diagnose(settings, scrubber)], scrubber


def report(rows: Sequence[Row], scrubber: Scrubber) -> int:
    """Print the table and its last line; return the exit code."""
    step = next_step(rows)
    print(scrubber.text(text_table(rows)))
    print(scrubber.text(f"\nNext: {step}" if step else "\nready"))
    return 1 if step else 0


if __name__ == "__main__":
    sys.exit(main())
