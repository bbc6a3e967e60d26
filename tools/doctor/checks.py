"""Checks and their rows: what each found, and what to do about it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from playwright.sync_api import Browser, Playwright

from clover.client import CheckoutsClient
from clover.errors import ApiContractViolation, ApiProblem
from clover.models import CheckoutSession
from landing.site import LandingSite
from pages.checkout import CheckoutPage
from pages.snapshot import Snapshot
from suite.redirect_urls import Urls
from suite.settings.settings import Settings
from suite.targets import Account, Target

#: States of a row. ``ODD`` needs a look and does not keep a run from starting.
OK: Final = "ok"
ODD: Final = "odd"
FAILED: Final = "FAILED"
NOT_TRIED: Final = "not tried"


@dataclass(frozen=True, slots=True)
class Row:
    """What was found.

    Attributes:
        state: one of the four states.
        cure: one thing to do, or "".
    """

    name: str
    state: str
    found: str
    cure: str = ""


@dataclass(slots=True)
class Patient:
    """What the checks have learnt so far; a check may use what an earlier one has set.

    Attributes:
        stack: closes at the end what the checks have opened.
        seen: the hosted page when it had loaded.
        date: the server's ``Date`` header, or "".
        passed: names of the checks that later ones may build on.
    """

    settings: Settings
    target: Target
    account: Account
    client: CheckoutsClient
    site: LandingSite
    urls: Urls
    stack: ExitStack
    playwright: Playwright
    date: str = ""
    session: CheckoutSession | None = None
    browser: Browser | None = None
    checkout: CheckoutPage | None = None
    seen: Snapshot = field(default_factory=Snapshot)
    dashboard_urls: Urls | None = None
    passed: set[str] = field(default_factory=set)


class Check(NamedTuple):
    """One check.

    Attributes:
        run: yields its rows.
        needs: names of checks that must have passed.
    """

    name: str
    run: Callable[[Patient], Iterator[Row]]
    needs: Sequence[str] = ()


def examine(patient: Patient, checks: Sequence[Check]) -> Iterator[Row]:
    """Run the checks in order; a check whose precondition failed is not tried.

    A check passes unless one of its rows has failed or was not tried.
    """
    for check in checks:
        if missing := [name for name in check.needs if name not in patient.passed]:
            yield Row(check.name, NOT_TRIED, f"needs: {', '.join(missing)}")
            continue
        rows = [*check.run(patient)]
        if not {FAILED, NOT_TRIED} & {row.state for row in rows}:
            patient.passed.add(check.name)
        yield from rows


def next_step(rows: Sequence[Row]) -> str:
    """Return the one thing to do next, or "" if a run can start.

    What is odd comes first if something after it has failed.
    """
    if all(row.state != FAILED for row in rows):
        return ""
    return next(row.cure for row in rows if row.state == FAILED or (row.state == ODD and row.cure))


def failed_call(name: str, problem: ApiProblem) -> Row:
    """Return the row of an API call without success, whose message ends with cause; cure."""
    cause, _, cure = str(problem).rpartition("; ")
    if isinstance(problem, ApiContractViolation):  # its message ends with what was sent
        return Row(name, FAILED, str(problem), "Check that CLOVER_API_URL names Clover's API.")
    return Row(name, FAILED, cause, cure)
