"""``python -m tools.observe``: what a target really does, beside what is documented.

It makes a few checkouts and asserts nothing. An answer that is missing says why. The exit code is
1 if the target cannot be used at all, or has changed since the observation of ``--against``.
"""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import sync_playwright

from clover.behaviour import load_behaviour
from clover.errors import ApiProblem
from landing.site import LandingSite
from pages.errors import CaptchaInTheWay, PageProblem
from suite.browser_launch import launch_options
from suite.browsers import SetUpProblem
from suite.merchant import MerchantFactory
from suite.places import HOME
from suite.sample_order import sample_request
from suite.settings.settings import Settings, SettingsProblem, load_settings
from suite.targets import make_target
from tools.command_line import Parser, first_line
from tools.observe import drift
from tools.observe.api import observe_answer, observe_refusals, observe_urls
from tools.observe.checkout import (
    OF_THE_LANDING,
    observe_back,
    observe_cancel,
    observe_decline,
    observe_no_urls,
    observe_payment,
)
from tools.observe.control import observe_expiry, observe_sources
from tools.observe.drift import Earlier, NoObservation, changes
from tools.observe.questions import rows
from tools.observe.visit import ProbeContext
from tools.observe.writing import Result, as_json, behaviour_file, markdown, text_table
from tools.secrets import scrubber_for


class Probe(NamedTuple):
    """Something to try out, and the questions that stay open if it fails half-way."""

    name: str
    run: Callable[[ProbeContext], None]
    keys: Sequence[str]


#: Everything that is tried, in order; the last one turns the clock.
PROBES: Final = (
    Probe("the API's answer", observe_answer, ("time-format", "life", "href", "read-back")),
    Probe("requests with something missing", observe_refusals, ("user-agent", "missing-customer")),
    Probe("redirect URLs of all kinds", observe_urls, ("http-url",)),
    Probe("a payment", observe_payment, (*OF_THE_LANDING, "paid-reopened", "captcha", "controls")),
    Probe("no URLs", observe_no_urls, ("no-url-success", "no-url-failure")),
    Probe("two sources", observe_sources, ("precedence", "fallback", "id-in-dashboard")),
    Probe("declines", observe_decline, ("decline", "declines", "decline-words", "code-in-failure")),
    Probe("cancelling", observe_cancel, ("cancel", "cancel-words", "code-in-cancel")),
    Probe("the browser's Back", observe_back, ("back",)),
    Probe("an expired link", observe_expiry, ("expired",)),
)


def try_out(probe: Probe, context: ProbeContext) -> bool:
    """Run one probe; an error becomes the reason why its questions stay open.

    Returns:
        Whether the probe ran to its end.
    """
    print(f"… {probe.name}", file=sys.stderr, flush=True)
    try:
        probe.run(context)
    except CaptchaInTheWay:
        context.notes.see("captcha", "yes", "blocking")
        context.notes.miss("a captcha stands in the way", *probe.keys)
    except (PageProblem, ApiProblem, PlaywrightError) as problem:
        context.notes.miss(first_line(problem), *probe.keys)
    else:
        return True
    return False


@contextmanager
def probing(settings: Settings, skin: str, hide: Callable[[str], object]) -> Iterator[ProbeContext]:
    """Start the target, the landing site and a browser."""
    with (
        LandingSite() as site,
        make_target(settings, skin=skin).started() as target,
        sync_playwright() as playwright,
        ExitStack() as clients,
    ):
        pins = (site.spki, target.key_pin)
        options = launch_options(settings, resolver_rules=site.resolver_rules, pins=pins)
        merchant = MerchantFactory(target, site.origin, iter(()), hide, clients)()
        browser = clients.enter_context(playwright.chromium.launch(**options))
        yield ProbeContext(browser, merchant, site)


def observe(settings: Settings, skin: str, hide: Callable[[str], object]) -> Result:
    """Try everything out on the target.

    Raises:
        ApiProblem: the target does not create the simplest session.
    """
    with probing(settings, skin, hide) as context:
        client = context.merchant.client
        client.create(sample_request())  # a target that cannot do this much has nothing to show
        for probe in PROBES:
            try_out(probe, context)
        return Result(
            target=context.merchant.target.description,
            date=datetime.now(UTC).date().isoformat(),
            rows=rows(context.notes, load_behaviour("documented")),
            counts={"API calls": len(client.exchanges), "sessions": context.sessions},
            checkouts=context.visits,
        )


def main(arguments: list[str] | None = None) -> int:
    """Observe, print, write; return 2 if settings are wrong, 1 if the target cannot be used."""
    parser = Parser(prog="python -m tools.observe", description=__doc__)
    parser.add_argument("--target", choices=("standin", "sandbox"), help="what to look at")
    parser.add_argument("--behaviour", help="how the stand-in behaves; a sandbox does as it likes")
    parser.add_argument("--skin", default="classic", help="page design of the stand-in")
    parser.add_argument("--output", type=Path, default=Path("test-results"), help="folder")
    parser.add_argument(
        "--against",
        type=Path,
        metavar="FILE",
        help="an earlier observed.toml; ends with code 1 if the target has changed since",
    )
    chosen = parser.parse_args(arguments)
    try:
        earlier = Earlier.read(chosen.against) if chosen.against else None
        settings = load_settings(
            target=chosen.target,
            behaviour=chosen.behaviour,
            environ=os.environ,
            dotenv_path=HOME / ".env",
        )
    except (NoObservation, SettingsProblem) as problem:
        print(problem, file=sys.stderr)
        return 2
    scrubber = scrubber_for(settings)
    try:
        result = observe(settings, chosen.skin, scrubber.hide)
    except (ApiProblem, SetUpProblem, PlaywrightError) as problem:
        print(scrubber.text(first_line(problem)), file=sys.stderr)
        return 1
    print(scrubber.text(text_table(result)))
    print("\nThis target as a behaviour, for --behaviour:\n")
    print(scrubber.text(behaviour_file(result)))
    chosen.output.mkdir(parents=True, exist_ok=True)
    for name, text in (
        ("observation.json", as_json(result)),
        ("observation.md", markdown(result)),
        ("observed.toml", behaviour_file(result)),
    ):
        (chosen.output / name).write_text(scrubber.text(text), encoding="utf-8")
        print(f"written: {chosen.output / name}")
    if earlier is None:
        return 0
    found = list(changes(earlier, result.rows))
    file = chosen.output / "drift.json"
    file.write_text(scrubber.text(drift.as_json(earlier, found, result.date)), encoding="utf-8")
    print(f"written: {file}\n\n{scrubber.text(drift.text(earlier, found, result.date))}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
