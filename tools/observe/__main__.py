"""``python -m tools.observe``: what a target really does, beside what is documented.

It makes a few checkouts and looks. Nothing is asserted: whatever could not be seen says why, and
the exit code is 0 unless the target could not be talked to at all.
"""

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import Error as PlaywrightError
from pydantic import SecretStr

from clover import cards
from clover.behaviour import load_behaviour
from clover.client import CheckoutsClient
from clover.errors import ApiProblem
from clover.rate_limit import RateLimit
from landing.site import LandingSite
from pages.errors import CaptchaInTheWay, PageProblem
from standin import StandIn
from suite.browsers import SetUpProblem, find_browser
from suite.evidence.scrubber import Scrubber
from suite.settings.settings import Settings, SettingsProblem, load_settings
from tools.observe.api import observe_answer, observe_refusals, observe_urls
from tools.observe.checkout import (
    OF_THE_LANDING,
    observe_cancel,
    observe_decline,
    observe_no_urls,
    observe_payment,
    observe_plain_http,
)
from tools.observe.control import observe_expiry, observe_sources
from tools.observe.questions import Notes, rows
from tools.observe.visit import ProbeContext
from tools.observe.writing import Result, as_json, behaviour_file, markdown, text_table

ROOT = Path(__file__).parents[2]
#: A third party needed about 30 ms between two keys on Clover's own card fields.
REAL_KEY_DELAY_MS = 30
QUIET_S = {"standin": 1.0, "sandbox": 5.0}


@dataclass(frozen=True, slots=True)
class Probe:
    """Something to try.

    Attributes:
        keys: the questions that stay open if it fails half-way.
    """

    name: str
    run: Callable[[ProbeContext], None]
    keys: Sequence[str]


def probes() -> tuple[Probe, ...]:
    """Everything that is tried, in order: the clock is turned last."""
    return (
        Probe(
            "the API's answer",
            lambda room: observe_answer(room.client, room.notes),
            ("time-format", "life", "href", "read-back"),
        ),
        Probe(
            "requests with something missing",
            lambda room: observe_refusals(room.client, room.notes),
            ("user-agent", "missing-customer"),
        ),
        Probe("redirect URLs of all kinds", _observe_urls, ("http-url",)),
        Probe("a payment", observe_payment, (*OF_THE_LANDING, "paid-reopened", "captcha")),
        Probe("no URLs", observe_no_urls, ("no-url-success", "no-url-failure")),
        Probe("two sources", observe_sources, ("precedence", "fallback", "id-in-dashboard")),
        Probe(
            "declines",
            observe_decline,
            ("decline", "declines", "decline-words", "code-in-failure"),
        ),
        Probe("cancelling", observe_cancel, ("cancel", "cancel-words", "code-in-cancel")),
        Probe("an expired link", observe_expiry, ("expired",)),
    )


def _observe_urls(room: ProbeContext) -> None:
    session = observe_urls(room.client, room.notes)
    if session is not None:
        observe_plain_http(room, session)


def try_out(probe: Probe, room: ProbeContext) -> None:
    """Run one probe; whatever stops it becomes the reason why its questions stay open."""
    try:
        probe.run(room)
    except CaptchaInTheWay:
        room.notes.see("captcha", "yes", "blocking")
        room.notes.miss("a captcha stands in the way", *probe.keys)
    except (PageProblem, ApiProblem, PlaywrightError) as problem:
        room.notes.miss(_first_line(problem), *probe.keys)


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__


@contextmanager
def make_room(settings: Settings, skin: str) -> Iterator[ProbeContext]:
    """Start or reach the target, the landing site and a browser."""
    with ExitStack() as open_ones:
        site = open_ones.enter_context(LandingSite())
        standin = None
        if settings.target == "standin":
            standin = open_ones.enter_context(StandIn(settings.behaviour, skin=skin))
        account = standin.merchant if standin else settings.account
        token = account.token if isinstance(account.token, SecretStr) else SecretStr(account.token)
        client = open_ones.enter_context(
            CheckoutsClient(
                standin.api_url if standin else settings.account.url,
                standin.merchant.id if standin else settings.account.merchant_id,
                token,
                verify=str(standin.ca_file) if standin else True,
                limiter=None if standin else RateLimit(token),
            )
        )
        pins = ",".join(server.spki for server in (site, standin) if server)
        yield ProbeContext(
            browser=open_ones.enter_context(_browser(settings, site.resolver_rules, pins)),
            client=client,
            notes=Notes(),
            site=site.origin,
            within_s=settings.redirect_timeout_s,
            quiet_s=QUIET_S[settings.target],
            key_delay_ms=0 if standin else REAL_KEY_DELAY_MS,
            standin=standin,
        )


@contextmanager
def _browser(settings: Settings, resolver_rules: str, pins: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_browser(settings.browser_environ(os.environ)),
            chromium_sandbox=not hasattr(os, "geteuid") or os.geteuid() != 0,
            args=[
                f"--host-resolver-rules={resolver_rules}",
                f"--ignore-certificate-errors-spki-list={pins}",
            ],
        )
        try:
            yield browser
        finally:
            browser.close()


def observe(settings: Settings, skin: str) -> Result:
    """Try everything out on the target.

    Raises:
        ApiProblem: the target does not create the simplest session.
    """
    with make_room(settings, skin) as room:
        room.create_checkout(None)  # a target that cannot do this much has nothing to show
        for probe in probes():
            print(f"… {probe.name}", file=sys.stderr, flush=True)
            try_out(probe, room)
        where = settings.target if room.standin else f"{settings.target}, {settings.account.url}"
        created = sum(exchange.status == 200 for exchange in room.client.exchanges)
        return Result(
            target=where,
            date=datetime.now(UTC).date().isoformat(),
            rows=rows(room.notes, load_behaviour("documented")),
            counts={"API calls": len(room.client.exchanges), "sessions": created},
            trace=tuple(room.trace),
        )


def write(result: Result, folder: Path, scrubber: Scrubber) -> list[Path]:
    """Leave the evidence, the page and the behaviour file; returns where they are."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {
        "observation.json": as_json(result),
        "observation.md": markdown(result),
        "observed.toml": behaviour_file(result),
    }
    for name, text in files.items():
        (folder / name).write_text(scrubber.text(text), encoding="utf-8")
    return [folder / name for name in files]


def main(arguments: list[str] | None = None) -> int:
    """Observe, print, write; 2 if the settings are wrong, 1 if the target is not to be used."""
    options = _parse(arguments)
    try:
        settings = load_settings(
            target=options.target,
            behaviour=options.behaviour,
            environ=os.environ,
            dotenv_path=ROOT / ".env",
        )
    except SettingsProblem as problem:
        print(problem, file=sys.stderr)
        return 2
    scrubber = Scrubber([card.number for card in (cards.APPROVED, cards.DECLINED)])
    for secret in settings.secrets:
        scrubber.hide(secret.get_secret_value())
    try:
        result = observe(settings, options.skin)
    except (ApiProblem, SetUpProblem, PlaywrightError) as problem:
        print(scrubber.text(_first_line(problem)), file=sys.stderr)
        return 1
    files = write(result, options.output, scrubber)
    print(scrubber.text(text_table(result)))
    print("\nThis target as a behaviour, for --behaviour:\n")
    print(scrubber.text(behaviour_file(result)))
    print("\n".join(f"written: {path}" for path in files))
    return 0


def _parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.observe", description=__doc__)
    parser.add_argument("--target", choices=("standin", "sandbox"), help="what to look at")
    parser.add_argument("--behaviour", help="how the stand-in behaves; a sandbox does as it likes")
    parser.add_argument("--skin", default="classic", help="page design of the stand-in")
    parser.add_argument("--output", type=Path, default=ROOT / "test-results", help="folder")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
