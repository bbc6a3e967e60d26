"""``python -m tools.observe``: what a target really does, beside what is documented.

It makes a few checkouts and asserts nothing. An answer that is missing says why. The exit code is
1 if the target cannot be used at all, or has changed since the observation of ``--against``.
"""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import MappingProxyType

from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from clover.behaviour import load_behaviour
from clover.errors import ApiProblem
from landing.site import LandingSite
from suite.browser_launch import launch_options
from suite.browsers import SetUpProblem
from suite.merchant import MerchantFactory
from suite.places import HOME
from suite.plan import Budget, read_budget
from suite.reporting.run_summary import number
from suite.sample_order import sample_request
from suite.settings.settings import Settings, SettingsProblem, load_settings
from suite.targets import make_target
from tools.command_line import Parser, first_line, say
from tools.observe import drift
from tools.observe.drift import Earlier, NoObservation, changes
from tools.observe.probes import probes, try_out
from tools.observe.questions import rows
from tools.observe.visit import ProbeContext
from tools.observe.writing import Result, as_json, behaviour_file, markdown, text_table
from tools.secrets import scrubber_for


@contextmanager
def probing(
    settings: Settings, skin: str, hide: Callable[[str], object], results: Path
) -> Iterator[ProbeContext]:
    """Start the target, the landing site and a browser."""
    with (
        LandingSite() as site,
        make_target(settings, skin=skin).started() as target,
        sync_playwright() as playwright,
        ExitStack() as closing,
    ):
        chosen = partial(
            launch_options,
            settings,
            resolver_rules=site.resolver_rules,
            pins=(site.spki, target.key_pin),
        )

        def launch(*, with_cache: bool = False) -> Browser:
            options = chosen(headed=with_cache) | {"headless": True}
            if with_cache:
                options["ignore_default_args"] = ["--disable-back-forward-cache"]
            return closing.enter_context(playwright.chromium.launch(**options))

        merchant = MerchantFactory(target, site.origin, iter(()), hide, closing)()
        yield ProbeContext(launch, chosen(), merchant, site, closing, results)


def observe(
    settings: Settings,
    hide: Callable[[str], object],
    results: Path,
    *,
    skin: str = "classic",
    budget: Budget = MappingProxyType({}),
    wait_for_expiry: bool = False,
) -> Result:
    """Try everything out on the target that the budget allows.

    Raises:
        ApiProblem: the target does not create the simplest session.
    """
    planned = probes(wait_for_expiry=wait_for_expiry)
    most = {"sessions": 1 + sum(probe.sessions for probe in planned)}
    most["payments"] = sum(probe.payments for probe in planned)
    most = {name: min(value, budget.get(name, value)) for name, value in most.items()}
    say(
        f"plan: {number(len(planned), 'experiment')}, at most {number(most['sessions'], 'session')}"
        f" and {number(most['payments'], 'payment')}"
    )
    with probing(settings, skin, hide, results) as context:
        client = context.merchant.client
        client.create(sample_request())  # a target that cannot do this much has nothing to show
        for probe in planned:
            left = {name: value - getattr(context, name) for name, value in most.items()}
            if all(getattr(probe, name) <= value for name, value in left.items()):
                try_out(probe, context)
            else:
                context.notes.miss("the budget has no room for it", *probe.keys)
        target = context.merchant.target
        return Result(
            target=target.description,
            date=datetime.now(UTC).date().isoformat(),
            rows=rows(context.notes, load_behaviour("documented"), stand_in=target.is_embedded),
            counts={
                "API calls": len(client.exchanges),
                "sessions": context.sessions,
                "payments": context.payments,
            },
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
    parser.add_argument(
        "--budget",
        type=read_budget,
        default={},
        metavar="payments=N,sessions=N",
        help="leave out what may cost more",
    )
    parser.add_argument(
        "--wait-for-expiry",
        action="store_true",
        help="wait 15 minutes on a sandbox to see an expired link",
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
        result = observe(
            settings,
            scrubber.hide,
            chosen.output,
            skin=chosen.skin,
            budget=chosen.budget,
            wait_for_expiry=chosen.wait_for_expiry,
        )
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
