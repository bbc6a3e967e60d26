"""Probes that need control of the target: its dashboard, or its clock."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event

from playwright.sync_api import Browser, BrowserType, Page

from clover import cards
from pages.dashboard.hosted_checkout import outcome_fields
from records.outcome import Outcome
from suite.dashboard.dashboard_backup import DashboardBackup
from suite.dashboard.editor import DashboardEditor, NotRestored, NotSaved
from suite.dashboard.fallback_browser import work_in_new_browser
from suite.dashboard.merchant_lock import lock_merchant, on_interrupt
from suite.redirect_urls import without_braces
from tools.command_line import first_line, say
from tools.observe.checkout import LED_NOWHERE, see_landing
from tools.observe.reading import SESSION_ID, became, outcome_of
from tools.observe.visit import ProbeContext

_NEEDS_LOGIN = "it takes the login of the Merchant Dashboard: set CLOVER_DASHBOARD_… in .env"
_ONLY = "dashboard-only"
_NEEDS_TIME = "a session has to be left alone until it expires: add --wait-for-expiry"


def observe_sources(context: ProbeContext) -> None:
    """Put URLs on the dashboard too: for every outcome first, then so that one source has one.

    The dashboard holds again what it held before, unless the request's URLs are never used: later
    probes need some, so it is then restored when the observation ends.
    """
    if context.merchant.account.dashboard is None:
        context.notes.miss(_NEEDS_LOGIN, "precedence", "fallback", "id-in-dashboard", "braces")
        return
    editor = context.closing.enter_context(_editing(context))
    _try_braces(context, editor)
    winner = _see_precedence(context)
    if winner == _ONLY:
        context.notes.miss("the request's URLs are never used", "fallback")
        return
    if winner:
        _see_fallback(context, editor, winner)
    _restore(editor)


@contextmanager
def _editing(context: ProbeContext) -> Iterator[DashboardEditor]:
    """Open the dashboard for this process alone, and restore it at the end."""
    merchant, shared = context.merchant, context.merchant.target.shared_folder
    access = merchant.account.dashboard
    assert access is not None, "the caller has looked"
    options = {"locale": "en-US", **access.context_options}
    pages = context.closing

    def start(kind: BrowserType) -> Browser:
        return kind.launch(**context.options)

    def new_page() -> Page:
        return pages.enter_context(context.browser.new_context(**options)).new_page()

    with TemporaryDirectory() as own, lock_merchant(shared or Path(own), exclusive=True):
        backup = DashboardBackup(shared or Path(own), context.results)
        fallback = partial(work_in_new_browser, "chromium", start, options)
        editor = DashboardEditor(merchant, access, backup, new_page=new_page, fallback=fallback)
        with on_interrupt(lambda: editor.restore(interrupted=True)):
            yield editor
            _restore(editor)


def _restore(editor: DashboardEditor) -> None:
    try:
        editor.restore()
    except NotRestored as problem:  # what was observed is still worth having
        say(str(problem))


def _save(context: ProbeContext, editor: DashboardEditor, *outcomes: Outcome) -> None:
    """Save URLs for these outcomes, as far as the dashboard has a field for them."""
    there = outcome_fields(editor.screen.snapshot())
    urls = context.urls("dashboard", *(one for one in outcomes if one in there))
    if context.notes.seen.get("braces", ("", ""))[1] == "refused":
        urls = without_braces(urls)
    editor.set(urls)


def _try_braces(context: ProbeContext, editor: DashboardEditor) -> None:
    """Save URLs for all outcomes, with placeholders if the dashboard takes them."""
    try:
        _save(context, editor, *Outcome)
    except NotSaved as problem:
        context.notes.see("braces", f"refused: {first_line(problem)}", "refused")
        _save(context, editor, *Outcome)
    else:
        context.notes.see("braces", "kept", "kept")


def _see_precedence(context: ProbeContext) -> str:
    """Note which source wins; return it, or "" if it is unknown."""
    notes = context.notes
    with context.visit("both sources", context.create_checkout()) as visit:
        landing = visit.open().pay(cards.APPROVED).follow()
        if landing is None or outcome_of(landing.url) != Outcome.SUCCESS:
            why = "the payment led nowhere" if landing is None else f"it led to {landing.url}"
            notes.miss(why, "precedence", "fallback", "id-in-dashboard")
            return ""
        winner = _source(landing.url)
        if winner == "request":
            notes.miss("the dashboard's URLs were not used", "id-in-dashboard")
        elif notes.seen["braces"][1] == "refused":
            notes.miss("the dashboard refuses braces", "id-in-dashboard")
        else:
            found = visit.landed(landing).id_in_query
            notes.see("id-in-dashboard", became(found, SESSION_ID, visit.session_id)[0])
        if winner == "dashboard" and notes.missed.get("id-in-query", "").startswith(LED_NOWHERE):
            winner = _ONLY  # an empty dashboard changed nothing either
        notes.see("precedence", f"the {winner.partition('-')[0]}'s", winner)
        if winner != "dashboard":  # once more from the request, or for the first time
            see_landing(context, visit, landing)
        return winner


def _see_fallback(context: ProbeContext, editor: DashboardEditor, winner: str) -> None:
    """Pay a session for which the winning source has a URL for failure alone."""
    sparse = (Outcome.FAILURE,)
    _save(context, editor, *(sparse if winner == "dashboard" else Outcome))
    checkout = context.create_checkout(*(sparse if winner == "request" else Outcome))
    with context.visit("one source", checkout) as visit:
        visit.open().pay(cards.APPROVED)
        landing, seen = visit.settle(lambda seen: bool(seen.heading) and not seen.fields)
        if landing is None:
            context.notes.see("fallback", f"none: Clover's page “{seen.heading}”", "clover-page")
        else:
            url = f"the {outcome_of(landing.url)} URL of the {_source(landing.url)}"
            context.notes.see("fallback", url, "other")


def _source(url: str) -> str:
    return "dashboard" if "/dashboard-" in url else "request"


def observe_expiry(context: ProbeContext, *, waits: bool = False) -> None:
    """Turn the clock or wait, and open the link of an expired session.

    Args:
        context: of the observation; its notes must have the life of a session.
        waits: whether to wait where no clock can be turned.
    """
    notes, stand_in = context.notes, context.merchant.target.stand_in
    _, life_s = notes.seen.get("life", ("", None))
    if not isinstance(life_s, int) or not (stand_in or waits):
        notes.miss(_NEEDS_TIME, "expired")
        return
    checkout = context.create_checkout()
    if stand_in:
        stand_in.clock.advance(life_s + 1)
    else:
        say(f"  waiting {life_s} s for a session to expire")
        Event().wait(life_s + 1)
    with context.visit("expired link", checkout) as visit:
        landing, seen = visit.open_link().settle(lambda seen: bool(seen.heading))
    if landing is None:
        fields = " with a form that can be paid" if seen.fields else ""
        notes.see("expired", f"“{seen.heading}”{fields}", None if fields else "error")
        return
    outcome = outcome_of(landing.url)
    known = outcome if outcome in {"failure", "cancel"} else None
    notes.see("expired", f"nothing: it leads to the {outcome} URL", known)
