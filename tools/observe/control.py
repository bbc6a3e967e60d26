"""What takes control over the target: its dashboard, or its clock."""

from clover import cards
from standin import RedirectUrls, StandIn
from tools.observe.checkout import outcome_of, see_landing
from tools.observe.reading import SESSION_ID, became, read_landing
from tools.observe.visit import ProbeContext, Visit

_NEEDS_DASHBOARD = "it takes URLs in the Merchant Dashboard, which this tool does not set"
_ONLY = "dashboard-only"
_NEEDS_CLOCK = "a session has to be left alone until it expires; open a link again by hand then"


def observe_sources(room: ProbeContext) -> None:
    """Put URLs into the dashboard too: first for the same outcome, then only one source has one."""
    if room.standin is None:
        room.notes.miss(_NEEDS_DASHBOARD, "precedence", "fallback", "id-in-dashboard")
        return
    winner = _see_precedence(room, room.standin)
    if winner == _ONLY:
        room.notes.miss("the request's URLs are never used", "fallback")
        # What comes after this needs URLs that are used.
        room.standin.merchant.urls = _dashboard(room)
        return
    if winner:
        _see_fallback(room, room.standin, winner)
    room.standin.merchant.urls = RedirectUrls()


def _see_precedence(room: ProbeContext, standin: StandIn) -> str:
    standin.merchant.urls = _dashboard(room)
    with room.visit("both sources", room.create_checkout(room.urls("request"))) as visit:
        visit.open()
        visit.pay(cards.APPROVED)
        landing = visit.follow()
        address = visit.address_of(landing) if landing else None
        if address is None:
            room.notes.miss("the payment led nowhere", "precedence", "fallback", "id-in-dashboard")
            return ""
        winner = "dashboard" if "/dashboard-" in address.path else "request"
        if winner == "request":
            room.notes.miss("the dashboard's URLs were not used", "id-in-dashboard")
        else:
            found = read_landing(address).id_in_query
            words = became(found, SESSION_ID, visit.session.session_id)[0]
            room.notes.see("id-in-dashboard", words)
        if winner == "dashboard" and "id-in-query" not in room.notes.seen:
            # With nothing in the dashboard the request's URLs were not used either.
            winner = _ONLY
        room.notes.see("precedence", f"the {winner.partition('-')[0]}'s", winner)
        if landing is not None:
            # Adds what the payment before did not show, if that one led nowhere.
            see_landing(room, visit, landing)
        return winner


def _see_fallback(room: ProbeContext, standin: StandIn, winner: str) -> None:
    """Pay where the winning source has a URL for failure alone."""
    if winner == "dashboard":
        standin.merchant.urls = _dashboard(room, "failure")
        session = room.create_checkout(room.urls("request"))
    else:
        standin.merchant.urls = _dashboard(room)
        session = room.create_checkout(room.urls("request", "failure"))
    with room.visit("one source", session) as visit:
        visit.open()
        visit.pay(cards.APPROVED)
        landing, seen = visit.settle(lambda seen: bool(seen.heading) and not seen.fields)
        if landing is None:
            room.notes.see("fallback", f"none: Clover's page “{seen.heading}”", "clover-page")
        else:
            source = "dashboard" if "/dashboard-" in landing.url else "request"
            url = f"the {outcome_of(landing.url)} URL of the {source}"
            room.notes.see("fallback", url, "other")


def observe_expiry(room: ProbeContext) -> None:
    """Turn the clock, and open the link of a session that nobody paid."""
    life = room.notes.seen.get("life")
    if room.standin is None or life is None or not isinstance(life.value, int):
        room.notes.miss(_NEEDS_CLOCK, "expired")
        return
    session = room.create_checkout(room.urls("request"))
    room.standin.clock.advance(life.value + 1)
    with room.visit("expired link", session) as visit:
        visit.checkout.go(session.href)
        _see_expired(room, visit)


def _see_expired(room: ProbeContext, visit: Visit) -> None:
    landing, seen = visit.settle(lambda seen: bool(seen.heading))
    if landing is None:
        fields = " with a form that can be paid" if seen.fields else ""
        room.notes.see("expired", f"“{seen.heading}”{fields}", None if fields else "error")
        return
    outcome = outcome_of(landing.url)
    known = outcome if outcome in {"failure", "cancel"} else None
    room.notes.see("expired", f"nothing: it leads to the {outcome} URL", known)


def _dashboard(room: ProbeContext, *outcomes: str) -> RedirectUrls:
    urls = room.urls("dashboard", *outcomes)
    return RedirectUrls(urls.success, urls.failure, urls.cancel)
