"""Everything that ``make observe`` tries out, and what each part may cost."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, NamedTuple

from playwright.sync_api import Error as PlaywrightError

from clover.errors import ApiProblem
from pages.errors import CaptchaInTheWay, PageProblem
from suite.dashboard.editor import NotSaved
from suite.reporting.run_summary import number
from tools.command_line import first_line, say
from tools.observe.api import observe_answer, observe_refusals, observe_urls
from tools.observe.back import observe_back
from tools.observe.checkout import (
    MOST_DECLINES,
    OF_THE_LANDING,
    WITHOUT_URLS,
    observe_cancel,
    observe_decline,
    observe_no_urls,
    observe_payment,
)
from tools.observe.control import observe_expiry, observe_sources
from tools.observe.parts import MEASURED_TAXES, observe_length, observe_tax
from tools.observe.questions import ODD_URLS, odd_key
from tools.observe.visit import ProbeContext


class Probe(NamedTuple):
    """Something to try out.

    Attributes:
        keys: the questions that stay open if it fails half-way.
        sessions: the most that it creates.
        payments: the most that it tries, approved or declined.
    """

    name: str
    run: Callable[[ProbeContext], None]
    keys: Sequence[str]
    sessions: int = 1
    payments: int = 0

    @property
    def cost(self) -> str:
        """What it may cost, in words."""
        sessions, payments = number(self.sessions, "session"), number(self.payments, "payment")
        return f"at most {sessions} and {payments}"


OF_THE_ANSWER: Final = ("time-format", "life", "href", "read-back")
_REFUSALS: Final = ("user-agent", "missing-customer", "missing-quantity")
_PAYMENT: Final = (*OF_THE_LANDING, "paid-reopened", "back-after-paying", "captcha", "controls")
_URLS: Final = ("http-url", *map(odd_key, ODD_URLS))
OF_THE_DECLINE: Final = ("decline", "declines", "decline-words", "code-in-failure", "id-in-failure")
_SOURCES: Final = ("precedence", "fallback", "id-in-dashboard", "braces")


def probes(*, wait_for_expiry: bool = False) -> tuple[Probe, ...]:
    """Return everything to try out, in order; the last one turns the clock.

    Args:
        wait_for_expiry: whether to wait for the end of a session where no clock can be turned.
    """
    expiry = partial(observe_expiry, waits=wait_for_expiry)
    return (
        Probe("the API's answer", observe_answer, OF_THE_ANSWER),
        Probe("requests with something missing", observe_refusals, _REFUSALS, len(_REFUSALS)),
        Probe("redirect URLs of all kinds", observe_urls, _URLS, len(ODD_URLS) + 1, 1),
        Probe("a payment", observe_payment, _PAYMENT, payments=1),
        Probe("no URLs", observe_no_urls, tuple(WITHOUT_URLS), 2, 2),
        Probe("two sources", observe_sources, _SOURCES, 2, 2),
        Probe("declines", observe_decline, OF_THE_DECLINE, payments=MOST_DECLINES),
        Probe(
            "cancelling",
            observe_cancel,
            ("cancel", "cancel-words", "code-in-cancel", "id-in-cancel"),
        ),
        Probe("a long URL", observe_length, ("url-length", "long-url")),
        Probe("the browser's Back", observe_back, ("back", "cache")),
        Probe("taxes", observe_tax, ("tax", "tax-rounding"), len(MEASURED_TAXES) + 1),
        Probe("an expired link", expiry, ("expired",)),
    )


def try_out(probe: Probe, context: ProbeContext) -> bool:
    """Run one probe; an error becomes the reason why its questions stay open.

    Returns:
        Whether the probe ran to its end.
    """
    say(f"… {probe.name}: {probe.cost}")
    try:
        probe.run(context)
    except CaptchaInTheWay:
        context.notes.see("captcha", "yes", "blocking")
        context.notes.miss("a captcha stands in the way", *probe.keys)
    except (PageProblem, ApiProblem, NotSaved, PlaywrightError) as problem:
        context.notes.miss(first_line(problem), *probe.keys)
    else:
        return True
    return False
