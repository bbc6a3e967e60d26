"""Probes that need control of the target: its dashboard, or its clock."""

from clover import cards
from records.outcome import Outcome
from tools.observe.checkout import see_landing
from tools.observe.questions import Notes
from tools.observe.reading import SESSION_ID, became, outcome_of, read_landing
from tools.observe.visit import ProbeContext, Visit

_NEEDS_DASHBOARD = "it takes URLs in the Merchant Dashboard, which this tool does not set"
_ONLY = "dashboard-only"
_NEEDS_CLOCK = "a session has to be left alone until it expires; open a link again by hand then"


def observe_sources(context: ProbeContext) -> None:
    """Put URLs on the dashboard too: for every outcome first, then so that one source has one."""
    if not _save(context, *Outcome):
        context.notes.miss(_NEEDS_DASHBOARD, "precedence", "fallback", "id-in-dashboard")
        return
    winner = _see_precedence(context)
    if winner == _ONLY:
        context.notes.miss("the request's URLs are never used", "fallback")
        _save(context, *Outcome)  # later probes need URLs that are used
        return
    if winner:
        _see_fallback(context, winner)
    context.merchant.target.save_dashboard_urls(context.merchant.account, {})


def _save(context: ProbeContext, *outcomes: Outcome) -> bool:
    urls = context.urls("dashboard", *outcomes)
    return context.merchant.target.save_dashboard_urls(context.merchant.account, urls)


def _see_precedence(context: ProbeContext) -> str:
    """Note which source wins; return it, or "" if it is unknown."""
    notes = context.notes
    with context.visit("both sources", context.create_checkout()) as visit:
        visit.open()
        visit.pay(cards.APPROVED)
        landing = visit.follow()
        address = visit.address_of(landing) if landing else None
        if landing is None or address is None:
            notes.miss("the payment led nowhere", "precedence", "fallback", "id-in-dashboard")
            return ""
        winner = _source(address.path)
        if winner == "request":
            notes.miss("the dashboard's URLs were not used", "id-in-dashboard")
        else:
            found = read_landing(address).id_in_query
            notes.see("id-in-dashboard", became(found, SESSION_ID, visit.session_id)[0])
            if "id-in-query" not in notes.seen:  # an empty dashboard changed nothing either
                winner = _ONLY
        notes.see("precedence", f"the {winner.partition('-')[0]}'s", winner)
        see_landing(context, visit, landing)  # in case the first payment led nowhere
        return winner


def _see_fallback(context: ProbeContext, winner: str) -> None:
    """Pay a session for which the winning source has a URL for failure alone."""
    if winner == "dashboard":
        _save(context, Outcome.FAILURE)
        checkout = context.create_checkout()
    else:
        _save(context, *Outcome)
        checkout = context.create_checkout(Outcome.FAILURE)
    with context.visit("one source", checkout) as visit:
        visit.open()
        visit.pay(cards.APPROVED)
        landing, seen = visit.settle(lambda seen: bool(seen.heading) and not seen.fields)
        if landing is None:
            context.notes.see("fallback", f"none: Clover's page “{seen.heading}”", "clover-page")
        else:
            url = f"the {outcome_of(landing.url)} URL of the {_source(landing.url)}"
            context.notes.see("fallback", url, "other")


def _source(url: str) -> str:
    return "dashboard" if "/dashboard-" in url else "request"


def observe_expiry(context: ProbeContext) -> None:
    """Turn the clock, and open the link of an expired session."""
    life = context.notes.seen.get("life")
    stand_in = context.merchant.target.stand_in
    if stand_in is None or life is None or not isinstance(life.value, int):
        context.notes.miss(_NEEDS_CLOCK, "expired")
        return
    checkout = context.create_checkout()
    stand_in.clock.advance(life.value + 1)
    with context.visit("expired link", checkout) as visit:
        visit.open_link()
        _see_expired(context.notes, visit)


def _see_expired(notes: Notes, visit: Visit) -> None:
    landing, seen = visit.settle(lambda seen: bool(seen.heading))
    if landing is None:
        fields = " with a form that can be paid" if seen.fields else ""
        notes.see("expired", f"“{seen.heading}”{fields}", None if fields else "error")
        return
    outcome = outcome_of(landing.url)
    known = outcome if outcome in {"failure", "cancel"} else None
    notes.see("expired", f"nothing: it leads to the {outcome} URL", known)
