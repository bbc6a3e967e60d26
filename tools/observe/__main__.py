"""``python -m tools.observe``: what a target really does, beside what is documented.

It makes a few checkouts and asserts nothing. An answer that is missing says why. The exit code is
0 unless the target cannot be used at all.
"""

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import sync_playwright

from clover import cards
from clover.behaviour import load_behaviour
from clover.errors import ApiProblem
from landing.site import LandingSite
from pages.errors import CaptchaInTheWay, PageProblem
from suite.browser_launch import launch_options
from suite.browsers import SetUpProblem
from suite.evidence.scrubber import Scrubber
from suite.merchant import MerchantFactory
from suite.sample_order import sample_request
from suite.settings.settings import Settings, SettingsProblem, load_settings
from suite.targets import make_target
from tools.observe.api import observe_answer, observe_refusals, observe_urls
from tools.observe.checkout import (
    OF_THE_LANDING,
    observe_cancel,
    observe_decline,
    observe_no_urls,
    observe_payment,
)
from tools.observe.control import observe_expiry, observe_sources
from tools.observe.questions import rows
from tools.observe.visit import ProbeContext
from tools.observe.writing import Result, as_json, behaviour_file, markdown, text_table

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Probe:
    """Something to try out.

    Attributes:
        keys: the questions that stay open if it fails half-way.
    """

    name: str
    run: Callable[[ProbeContext], None]
    keys: Sequence[str]


def probes() -> tuple[Probe, ...]:
    """Return everything that is tried, in order: the clock is turned last."""
    of_payment = (*OF_THE_LANDING, "paid-reopened", "captcha")
    of_decline = ("decline", "declines", "decline-words", "code-in-failure")
    return (
        Probe("the API's answer", observe_answer, ("time-format", "life", "href", "read-back")),
        Probe(
            "requests with something missing", observe_refusals, ("user-agent", "missing-customer")
        ),
        Probe("redirect URLs of all kinds", observe_urls, ("http-url",)),
        Probe("a payment", observe_payment, of_payment),
        Probe("no URLs", observe_no_urls, ("no-url-success", "no-url-failure")),
        Probe("two sources", observe_sources, ("precedence", "fallback", "id-in-dashboard")),
        Probe("declines", observe_decline, of_decline),
        Probe("cancelling", observe_cancel, ("cancel", "cancel-words", "code-in-cancel")),
        Probe("an expired link", observe_expiry, ("expired",)),
    )


def try_out(probe: Probe, context: ProbeContext) -> None:
    """Run one probe; an error becomes the reason why its questions stay open."""
    try:
        probe.run(context)
    except CaptchaInTheWay:
        context.notes.see("captcha", "yes", "blocking")
        context.notes.miss("a captcha stands in the way", *probe.keys)
    except (PageProblem, ApiProblem, PlaywrightError) as problem:
        context.notes.miss(_first_line(problem), *probe.keys)


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__


@contextmanager
def make_context(
    settings: Settings, skin: str, hide: Callable[[str], object]
) -> Iterator[ProbeContext]:
    """Start or reach the target, the landing site and a browser."""
    with (
        LandingSite() as site,
        make_target(settings, skin=skin).started() as target,
        sync_playwright() as playwright,
        ExitStack() as clients,
    ):
        pins = (site.spki, target.key_pin)
        options = launch_options(settings, resolver_rules=site.resolver_rules, pins=pins)
        merchant = MerchantFactory(target, site.origin, iter(()), hide, clients)()
        with playwright.chromium.launch(**options) as browser:
            yield ProbeContext(browser, merchant, site)


def observe(settings: Settings, skin: str, hide: Callable[[str], object]) -> Result:
    """Try everything out on the target.

    Raises:
        ApiProblem: the target does not create the simplest session.
    """
    with make_context(settings, skin, hide) as context:
        client = context.merchant.client
        client.create(sample_request())  # a target that cannot do this much has nothing to show
        for probe in probes():
            print(f"… {probe.name}", file=sys.stderr, flush=True)
            try_out(probe, context)
        created = sum(exchange.status == 200 for exchange in client.exchanges)
        return Result(
            target=context.merchant.target.description,
            date=datetime.now(UTC).date().isoformat(),
            rows=rows(context.notes, load_behaviour("documented")),
            counts={"API calls": len(client.exchanges), "sessions": created},
            trace=tuple(context.visits),
        )


def write(result: Result, folder: Path, scrubber: Scrubber) -> list[Path]:
    """Write the evidence, the page and the behaviour file; return their paths."""
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
    """Observe, print, write; return 2 if settings are wrong, 1 if the target cannot be used."""
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
        result = observe(settings, options.skin, scrubber.hide)
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
