"""``python -m tools.first_contact``: what a sandbox does, for 8 sessions and 4 payments at most.

It runs the doctor, then makes a few checkouts and asserts nothing. What it learns is kept, so that
the next call goes on where this one stopped.
"""

import os
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final

from playwright.sync_api import Error as PlaywrightError

from clover.behaviour import DEFAULT, load_behaviour
from suite.browsers import SetUpProblem
from suite.places import HOME
from suite.settings.settings import Settings, SettingsProblem, load_settings
from tools.command_line import Parser, first_line, say
from tools.doctor.__main__ import examine_target, report
from tools.first_contact.memory import Memory
from tools.first_contact.writing import fitting, text_table
from tools.observe.__main__ import probing
from tools.observe.api import observe_http, read_back
from tools.observe.back import observe_back
from tools.observe.checkout import (
    OF_THE_LANDING,
    WITHOUT_URLS,
    observe_cancel,
    observe_decline,
    observe_no_urls,
    observe_payment,
)
from tools.observe.probes import OF_THE_ANSWER, OF_THE_DECLINE, Probe, try_out
from tools.observe.questions import Row, rows, switches
from tools.observe.visit import ProbeContext
from tools.observe.writing import Result, as_json, behaviour_file
from tools.secrets import scrubber_for

MOST_SESSIONS: Final = 8
MOST_PAYMENTS: Final = 4
_FOLDER: Final = HOME / "first-contact"


def _pay(context: ProbeContext) -> None:
    checkout = context.create_checkout()
    read_back(context, checkout.session)
    observe_payment(context, checkout)


_NO_URLS: Final = {key: WITHOUT_URLS[key] for key in ("no-url-success",)}
_PAYMENT_KEYS: Final = (
    *OF_THE_ANSWER,
    *OF_THE_LANDING,
    *("paid-reopened", "back-after-paying", "captcha"),
)
_CANCEL_KEYS: Final = ("cancel", "cancel-words", "code-in-cancel", "id-in-cancel")

#: What tells most comes first. The decline may use what the steps before it have left.
STEPS: Final = (
    Probe("success", _pay, _PAYMENT_KEYS, payments=1),
    Probe("cancel", observe_cancel, _CANCEL_KEYS),
    Probe("Back", observe_back, ("back", "cache")),
    Probe("http://", observe_http, ("http-url",), payments=1),
    Probe("failure", observe_decline, OF_THE_DECLINE, payments=1),
    Probe("no URLs", partial(observe_no_urls, tried=_NO_URLS), tuple(_NO_URLS), payments=1),
)


def explore(context: ProbeContext, memory: Memory, save: Callable[[], object]) -> None:
    """Take every step that is not done and that the budget allows.

    What a step may cost is written down before it begins, so that an interruption loses no count.
    """
    context.notes, context.visits = memory.notes, memory.visits
    for step in STEPS:
        probe = step
        if probe.name in memory.done:
            continue
        if probe.run is observe_decline:
            most = max(probe.payments, min(2, MOST_PAYMENTS - memory.payments - 1))
            probe = probe._replace(run=partial(observe_decline, most=most), payments=most)
        sessions, payments = memory.sessions + probe.sessions, memory.payments + probe.payments
        sessions_before, payments_before = memory.sessions, memory.payments
        if sessions > MOST_SESSIONS or payments > MOST_PAYMENTS:
            memory.notes.miss("the budget of sessions and payments is spent", *probe.keys)
            continue
        memory.forget_reasons(probe.keys)
        memory.sessions, memory.payments = sessions, payments
        save()
        created, paid = context.sessions, context.payments
        ended = try_out(probe, context)
        memory.sessions = sessions_before + context.sessions - created
        memory.payments = payments_before + context.payments - paid
        memory.done += [probe.name] if ended else []
        save()


def main(arguments: Sequence[str] | None = None) -> int:
    """Examine, explore, print and write; return 1 if the target is not ready."""
    parser = Parser(prog="python -m tools.first_contact", description=__doc__)
    parser.add_argument("--target", choices=("standin", "sandbox"), help="what to look at")
    parser.add_argument("--behaviour", help="how the stand-in behaves; a sandbox does as it likes")
    parser.add_argument("--output", type=Path, default=_FOLDER, help="folder of what is known")
    parser.add_argument("--again", action="store_true", help="forget what is known")
    try:
        return _make_contact(parser.parse_args(arguments))
    except KeyboardInterrupt:
        print("\nInterrupted; the same command goes on from here.")
        return 130
    except (SetUpProblem, PlaywrightError) as problem:
        print(first_line(problem), file=sys.stderr)
        return 1


def _make_contact(chosen: Namespace) -> int:
    options = {"target": chosen.target, "behaviour": chosen.behaviour}
    try:
        settings = load_settings(**options, environ=os.environ, dotenv_path=HOME / ".env")
    except SettingsProblem:
        return report(*examine_target(**options))
    file: Path = chosen.output / "known.json"
    if chosen.again or settings.api is None:  # every stand-in is a new one
        file.unlink(missing_ok=True)
    memory = Memory.load(file, _name(settings))
    if memory.sessions:
        say(f"… going on; known already: {', '.join(memory.done) or 'nothing'}")
    else:
        if code := report(*examine_target(**options)):
            return code
        memory.sessions = 1  # the doctor's
    scrubber = scrubber_for(settings)
    with probing(settings, "classic", scrubber.hide, chosen.output) as context:
        explore(context, memory, lambda: memory.save(file, scrubber.text))
        target = context.merchant.target.description
    counts = {"sessions": memory.sessions, "payments": memory.payments}
    keys = {key for step in STEPS for key in step.keys}
    found = [row for row in rows(memory.notes, load_behaviour("documented")) if row.key in keys]
    result = Result(target, datetime.now(UTC).date().isoformat(), found, counts, memory.visits)
    print(scrubber.text(f"\nFirst contact with {target}: {result.counted}\n\n{text_table(found)}"))
    written = chosen.output / "observed.toml"
    written.write_text(scrubber.text(behaviour_file(result)), encoding="utf-8")
    (chosen.output / "observation.json").write_text(scrubber.text(as_json(result)), "utf-8")
    print(f"\nwritten: {written} and observation.json\n")
    print(conclusion(found, memory, written, settings.target))
    return 0


def conclusion(found: Sequence[Row], memory: Memory, written: Path, target: str) -> str:
    """Name the behaviour that fits, and the command to run next."""
    undone = [step.name for step in STEPS if step.name not in memory.done]
    again = f"make first-contact TARGET={target}"
    if undone and memory.sessions < MOST_SESSIONS and memory.payments < MOST_PAYMENTS:
        return f"Open: {', '.join(undone)}.\nNext: {again}"
    if "placeholders" not in switches(found):
        return (
            "No landing shows which behaviour fits; the table says why.\nNext, when that is"
            f" corrected: {again} ARGS=--again"
        )
    fits = fitting(found)
    behaviour = fits[0] if fits else str(written)
    says = (
        f"The behaviour that fits: {' and '.join(fits)}."
        if fits
        else f"No behaviour that comes with the suite fits; this target's own is {written}."
    )
    option = "" if behaviour == DEFAULT else f" BEHAVIOUR={behaviour}"
    return f'{says}\nNext: make e2e TARGET={target}{option} ARGS="-m core"'


def _name(settings: Settings) -> str:
    return f"{settings.api.url} {settings.api.merchant_id}" if settings.api else "a stand-in"


if __name__ == "__main__":
    sys.exit(main())
