"""What can only be seen with a shopper at the hosted page."""

from playwright.sync_api import Error

from clover import cards
from clover.models import CheckoutSession
from landing.hop import Hop
from pages.snapshot import Snapshot
from pages.words import checkout as wording
from pages.words.matching import says
from reports.observations_read import (
    ERROR_CODE,
    SESSION_ID,
    Landed,
    appended,
    became,
    read_landing,
    way,
)
from reports.observations_visit import OUTCOMES, Room, Visit

#: Declines that are tried before the page is taken to stay for good.
MOST_DECLINES = 3
#: Delays are told to this many milliseconds: what is less is the machine's own.
_DELAY_STEP_MS = 500

#: What the payment's landing answers.
OF_THE_LANDING = (
    *("id-in-query", "id-in-path", "id-in-fragment", "code-in-success", "appended", "own-query"),
    *("fragment", "redirect", "delay", "interstitial", "referer"),
)


def observe_payment(room: Room) -> None:
    """Pay, look at the landing in every part, and open the paid link again."""
    session = room.sell(room.urls("request"))
    with room.visit("payment", session) as visit:
        visit.open()
        visit.pay(cards.APPROVED)
        landing = visit.follow()
        room.notes.see("captcha", "no", "off")
        if landing is None:
            heading = visit.checkout.snapshot().heading
            why = f"the payment led nowhere, and the page was headed “{heading}”"
            room.notes.miss(why, *OF_THE_LANDING)
        else:
            see_landing(room, visit, landing)
    with room.visit("paid link again", session) as again:
        again.checkout.go(session.href)
        landing, seen = again.settle(lambda seen: bool(seen.heading))
        _see_reopened(room, landing, seen)


def see_landing(room: Room, visit: Visit, landing: Hop) -> None:
    """Note every part of a success landing, and how the browser got there."""
    notes, address = room.notes, visit.address_of(landing)
    if address is None:
        return
    landed, own_id = read_landing(address), visit.session.session_id
    notes.see("id-in-query", *became(landed.id_in_query, SESSION_ID, own_id))
    notes.see("id-in-path", became(landed.id_in_path, SESSION_ID, own_id)[0])
    notes.see("id-in-fragment", became(landed.id_in_fragment, SESSION_ID, own_id)[0])
    notes.see("code-in-success", became(landed.code, ERROR_CODE, own_id)[0])
    notes.see("appended", *appended(landed))
    notes.see("own-query", "as written" if landed.own_query else f"otherwise: {address.query}")
    notes.see("fragment", "as written" if landed.own_fragment else "not, or otherwise")
    notes.see("redirect", *way(visit.trail.hops, landing))
    notes.see("interstitial", *(("a click", "click") if visit.continued else ("none", "none")))
    notes.see("referer", landing.referer or "none")
    _see_delay(room, visit, landing)


def _see_delay(room: Room, visit: Visit, landing: Hop) -> None:
    answers = [at_ms for at_ms in visit.watch.answered_ms if at_ms <= landing.at_ms]
    if visit.continued or not answers:
        room.notes.miss("no call of the page shows when the payment was answered", "delay")
        return
    delay_ms = landing.at_ms - answers[-1]
    from_click_ms = landing.at_ms - visit.clicked_ms
    room.notes.see(
        "delay",
        f"{delay_ms:.0f} ms ({from_click_ms:.0f} ms from the click)",
        round(delay_ms / _DELAY_STEP_MS) * _DELAY_STEP_MS,
    )


def _see_reopened(room: Room, landing: Hop | None, seen: Snapshot) -> None:
    if landing is not None:
        room.notes.see("paid-reopened", f"nothing: it leads to {landing.url}")
        return
    known = "received" if seen.heading == wording.PAYMENT_RECEIVED else "error"
    room.notes.see("paid-reopened", f"“{seen.heading}”", known if seen.heading else None)


def observe_decline(room: Room) -> None:
    """Have a card declined until the shopper is sent somewhere, at most three times."""
    words = ""
    with room.visit("decline", room.sell(room.urls("request"))) as visit:
        visit.open()
        for number in range(1, MOST_DECLINES + 1):
            visit.pay(cards.DECLINED)
            landing, seen = visit.settle(_says_something)
            words = words or seen.alert
            given_up = landing is None and bool(seen.buttons_that(_gives_up))
            if given_up:
                visit.checkout.press(*wording.GIVE_UP)
                landing = visit.follow()
            if landing is not None:
                _see_decline(room, visit, landing, number, by_button=given_up)
                break
        else:
            room.notes.see("decline", f"nothing: the page stays, {MOST_DECLINES} times", "stay")
            room.notes.miss("no decline led anywhere", "declines", "code-in-failure")
    room.notes.see("decline-words", f"“{words}”" if words else "none was seen before the redirect")


def _see_decline(room: Room, visit: Visit, landing: Hop, number: int, *, by_button: bool) -> None:
    address = visit.address_of(landing)
    outcome = outcome_of(landing.url)
    known = "button" if by_button else outcome if outcome in {"failure", "cancel"} else None
    way_there = f"the {outcome} URL" + (", by a button" if by_button else "")
    room.notes.see("decline", way_there, known)
    room.notes.see("declines", str(number), number)
    if address is None or outcome != "failure":
        room.notes.miss(f"a decline leads to {way_there}", "code-in-failure")
        return
    landed: Landed = read_landing(address)
    words, kind = became(landed.code, ERROR_CODE, visit.session.session_id)
    room.notes.see("code-in-failure", words, landed.code if kind == "substitute" else None)


def observe_cancel(room: Room) -> None:
    """Leave without paying: by the page's own way out, else by the browser's back button."""
    with room.visit("cancel", room.sell(room.urls("request"))) as visit:
        visit.open()
        ways = visit.checkout.cancel_options()
        room.notes.see("cancel-words", ", ".join(f"“{way}”" for way in ways) or "none was found")
        if ways:
            visit.checkout.cancel()
        else:
            _go_back(visit)
        landing, _ = visit.settle(lambda seen: not ways or not seen.fields)
        if landing is None:
            stays = "a link, and then stays with Clover" if ways else "nothing that was found"
            room.notes.see("cancel", stays, "link" if ways else "none")
            room.notes.miss("cancelling led nowhere", "code-in-cancel")
            return
        outcome = outcome_of(landing.url)
        how = "link" if ways else "browser-back"
        room.notes.see("cancel", f"{how}, to the {outcome} URL", how)
        address = visit.address_of(landing)
        if address is not None:
            code = read_landing(address).code
            room.notes.see("code-in-cancel", became(code, ERROR_CODE, visit.session.session_id)[0])


def _go_back(visit: Visit) -> None:
    try:
        visit.page.go_back(wait_until="commit", timeout=visit.quiet_s * 1000)
    except Error:
        # A page that answers Back by going elsewhere interrupts it: the trail knows where.
        return


def observe_no_urls(room: Room) -> None:
    """Pay, and be declined, without any redirect URL."""
    for key, card in (("no-url-success", cards.APPROVED), ("no-url-failure", cards.DECLINED)):
        with room.visit(key, room.sell(None)) as visit:
            visit.open()
            visit.pay(card)
            landing, seen = visit.settle(
                lambda seen: seen.heading == wording.PAYMENT_RECEIVED or _says_something(seen)
            )
            if landing is not None:
                room.notes.see(key, f"the merchant's page all the same: {landing.url}")
                continue
            alert = f", saying “{seen.alert}”" if seen.alert else ""
            room.notes.see(key, f"Clover's page “{seen.heading}”{alert}", seen.heading)


def observe_plain_http(room: Room, session: CheckoutSession) -> None:
    """Pay a session whose redirect URL is plain HTTP, which the API took."""
    with room.visit("http:// URL", session) as visit:
        visit.open()
        visit.pay(cards.APPROVED)
        landing, seen = visit.settle(lambda seen: seen.heading == wording.PAYMENT_RECEIVED)
        if landing is None:
            room.notes.see("http-url", f"is taken, and ends on “{seen.heading}”", "never-redirect")
        elif landing.url.startswith("http:"):
            room.notes.see("http-url", "is taken, and landed on", "accept")
        else:
            room.notes.see("http-url", f"is taken, and landed on as {landing.url}")


def outcome_of(url: str) -> str:
    """Which outcome's own URL this is."""
    return next((outcome for outcome in OUTCOMES if f"/{outcome}" in url), "merchant's own")


def _says_something(seen: Snapshot) -> bool:
    return bool(seen.alert)


def _gives_up(text: str) -> bool:
    return says(text, wording.GIVE_UP) and not wording.says_cancel(text)
