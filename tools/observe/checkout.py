"""Probes of the hosted page: payments, declines, cancelling."""

from collections.abc import Mapping
from contextlib import suppress

from playwright.sync_api import Error

from clover import cards
from clover.address import parse
from clover.cards import Card
from pages.matches import checkout_matches
from pages.snapshot import Snapshot
from pages.words import checkout as words
from pages.words.matching import says
from records.observation import Hop
from records.outcome import Outcome
from suite.merchant import Checkout
from tools.observe.reading import (
    ERROR_CODE,
    MISSPELT,
    SESSION_ID,
    appended,
    became,
    describe_redirect,
    outcome_of,
)
from tools.observe.visit import ProbeContext, Visit

#: After so many declines the page is taken to stay for good.
MOST_DECLINES = 3
#: Delays are reported in steps of this many milliseconds: anything less is the machine's.
_DELAY_STEP_MS = 500

LED_NOWHERE = "the payment led nowhere"
UNCLEAR = "unclear: a good card was declined, as one that is used too often"
#: The questions that the landing of a payment answers.
OF_THE_LANDING = (
    *("id-in-query", "id-in-path", "id-in-fragment", "code-in-success", "misspelt"),
    *("appended", "own-query", "fragment", "redirect", "delay", "interstitial", "referer"),
)


def observe_payment(context: ProbeContext, checkout: Checkout | None = None) -> None:
    """Pay, look at every part of the landing, and open the paid link again."""
    notes, checkout = context.notes, checkout or context.create_checkout()
    with context.visit("payment", checkout) as visit:
        notes.see("controls", _controls(visit.open().hosted_page.snapshot()))
        landing = visit.pay(cards.APPROVED).follow()
        notes.see("captcha", "no", "off")
        if landing is None:
            seen = visit.hosted_page.snapshot()
            why = f"{LED_NOWHERE}, and the page was headed “{seen.heading}”"
            declined = words.says_declined(seen.alert)
            notes.miss(UNCLEAR if declined else why, *OF_THE_LANDING)
        elif declined := outcome_of(landing.url) == Outcome.FAILURE:
            notes.miss(UNCLEAR, *OF_THE_LANDING)
        elif not visit.is_requested(landing):
            why = f"the shopper landed on {landing.url}, which the request does not name"
            notes.miss(f"{why}: empty the dashboard's URLs", *OF_THE_LANDING)
        else:
            declined = False
            see_landing(context, visit, landing)
            _see_back(context, visit)
    if declined:
        notes.miss(UNCLEAR, "paid-reopened", "back-after-paying")
        return
    with context.visit("paid link again", checkout) as again:
        landing, seen = again.open_link().settle(lambda seen: bool(seen.heading))
        if landing is not None:
            notes.see("paid-reopened", f"nothing: it leads to {landing.url}")
            return
        known = "received" if seen.heading == words.PAYMENT_RECEIVED else "error"
        notes.see("paid-reopened", f"“{seen.heading}”", known if seen.heading else None)


def _see_back(context: ProbeContext, visit: Visit) -> None:
    """Go back from the landing to Clover."""
    with suppress(Error):  # a page that leads forward again interrupts it
        visit.page.go_back(wait_until="load", timeout=visit.quiet_s * 1000)
    seen = visit.hosted_page.snapshot()
    if visit.ownership.is_merchant(seen.url):
        context.notes.see("back-after-paying", "the merchant's page again")
    else:
        fields = " with a form that can be paid" if seen.fields else ""
        context.notes.see("back-after-paying", f"“{seen.heading}”{fields}")


def see_landing(context: ProbeContext, visit: Visit, landing: Hop) -> None:
    """Note every part of a success landing, and how the browser got there."""
    notes, landed, own_id = context.notes, visit.landed(landing), visit.session_id
    notes.see("id-in-query", *became(landed.id_in_query, SESSION_ID, own_id))
    notes.see("id-in-path", became(landed.id_in_path, SESSION_ID, own_id)[0])
    notes.see("id-in-fragment", became(landed.id_in_fragment, SESSION_ID, own_id)[0])
    notes.see("misspelt", became(landed.misspelt, MISSPELT, own_id)[0])
    notes.see("code-in-success", became(landed.code, ERROR_CODE, own_id)[0])
    notes.see("appended", *appended(landed, own_id))
    own_query = "as written" if landed.own_query else f"otherwise: {landed.query}"
    notes.see("own-query", own_query, landed.own_query)
    if visit.checkout.observed:
        notes.see("fragment", visit.checkout.observed)
    else:
        notes.see("fragment", "as written" if landed.own_fragment else "not, or otherwise")
    notes.see("redirect", *describe_redirect(visit.trail.hops, landing))
    notes.see("interstitial", *(("a click", "click") if visit.continued else ("none", "none")))
    path = parse(landing.referer).path if landing.referer else ""
    kind = {"": "none", "/": "origin"}.get(path, "address")
    notes.see("referer", landing.referer or "none", kind)
    if "delay" in notes.seen:  # the first one is as good as the second
        return
    answers = [at_ms for at_ms in visit.answered_ms if at_ms <= landing.at_ms]
    if visit.continued or not answers:
        notes.miss("no call of the page shows when the payment was answered", "delay")
        return
    delay_ms = landing.at_ms - answers[-1]
    from_click_ms = landing.at_ms - visit.acted_ms
    notes.see(
        "delay",
        f"{delay_ms:.0f} ms ({from_click_ms:.0f} ms from the click)",
        round(delay_ms / _DELAY_STEP_MS) * _DELAY_STEP_MS,
    )


def observe_decline(context: ProbeContext, most: int = MOST_DECLINES) -> None:
    """Have a card declined until the shopper is sent somewhere, at most ``most`` times."""
    notes, message = context.notes, ""
    with context.visit("decline", context.create_checkout()) as visit:
        visit.open()
        for number in range(1, most + 1):
            visit.pay(cards.DECLINED)
            landing, seen = visit.settle(lambda seen: bool(seen.alert))
            if not visit.ownership.is_merchant(seen.url):
                message = message or seen.alert
            given_up = landing is None and bool(seen.buttons_that(_gives_up))
            if given_up:
                visit.hosted_page.press(*words.GIVE_UP)
                landing = visit.follow()
            if landing is not None:
                _see_decline(context, visit, landing, number, by_button=given_up)
                break
        else:
            notes.see("decline", f"nothing: the page stays, {most} times", "stay")
            notes.miss("no decline led anywhere", "declines", "code-in-failure", "id-in-failure")
    notes.see("decline-words", f"“{message}”" if message else "none was seen before the redirect")


def _see_decline(
    context: ProbeContext, visit: Visit, landing: Hop, number: int, *, by_button: bool
) -> None:
    notes, outcome = context.notes, outcome_of(landing.url)
    known = "button" if by_button else outcome if outcome in {"failure", "cancel"} else None
    led_to = f"the {outcome} URL" + (", by a button" if by_button else "")
    notes.see("decline", led_to, known)
    notes.see("declines", str(number), number)
    if outcome != "failure":
        notes.miss(f"a decline leads to {led_to}", "code-in-failure", "id-in-failure")
        return
    landed = visit.landed(landing)
    notes.see("id-in-failure", became(landed.id_in_query, SESSION_ID, visit.session_id)[0])
    code = landed.code
    meaning, kind = became(code, ERROR_CODE, visit.session_id)
    notes.see("code-in-failure", meaning, code if kind == "substitute" else None)


def leave(visit: Visit) -> tuple[Hop | None, list[str]]:
    """Leave by the page's link or button, else by the browser's Back.

    Returns:
        The landing, and what the links and buttons are called.
    """
    offered = visit.hosted_page.cancel_options()
    if offered:
        visit.hosted_page.cancel()
    else:
        # A page that answers Back by leaving interrupts it: the trail knows where it went.
        with suppress(Error):
            visit.page.go_back(wait_until="commit", timeout=visit.quiet_s * 1000)
    landing, _ = visit.settle(lambda seen: not offered or not seen.fields)
    return landing, offered


def observe_cancel(context: ProbeContext) -> None:
    """Leave without paying: by the page's link or button, else by the browser's back button."""
    notes = context.notes
    with context.visit("cancel", context.create_checkout()) as visit:
        landing, offered = leave(visit.open())
        notes.see("cancel-words", ", ".join(f"“{name}”" for name in offered) or "none was found")
        if landing is None:
            stays = "a link, and then stays with Clover" if offered else "nothing that was found"
            notes.see("cancel", stays, "link" if offered else "none")
            notes.miss("cancelling led nowhere", "code-in-cancel", "id-in-cancel")
            return
        how = "link" if offered else "browser-back"
        notes.see("cancel", f"{how}, to the {outcome_of(landing.url)} URL", how)
        landed, own_id = visit.landed(landing), visit.session_id
        notes.see("code-in-cancel", became(landed.code, ERROR_CODE, own_id)[0])
        notes.see("id-in-cancel", became(landed.id_in_query, SESSION_ID, own_id)[0])


#: What a checkout without URLs tries, by the key of its question.
WITHOUT_URLS = {"no-url-success": cards.APPROVED, "no-url-failure": cards.DECLINED}


def observe_no_urls(context: ProbeContext, tried: Mapping[str, Card] = WITHOUT_URLS) -> None:
    """Pay, and be declined, without any redirect URL."""
    for key, card in tried.items():
        with context.visit(key, context.merchant.create_checkout({})) as visit:
            landing, seen = (
                visit.open().pay(card).settle(lambda seen: _is_receipt(seen) or bool(seen.alert))
            )
            if landing is not None:
                context.notes.see(key, f"the merchant's page all the same: {landing.url}")
                continue
            if card == cards.APPROVED and words.says_declined(seen.alert):
                context.notes.miss(UNCLEAR, key)
                continue
            alert = f", saying “{seen.alert}”" if seen.alert else ""
            context.notes.see(key, f"Clover's page “{seen.heading}”{alert}", seen.heading)


def observe_plain_http(context: ProbeContext, checkout: Checkout) -> None:
    """Pay a session whose redirect URL is plain HTTP, which the API accepted."""
    with context.visit("http:// URL", checkout) as visit:
        landing, seen = visit.open().pay(cards.APPROVED).settle(_is_receipt)
        if landing is None:
            ending = f"is taken, and ends on “{seen.heading}”"
            context.notes.see("http-url", ending, "never-redirect")
        elif landing.url.startswith("http:"):
            context.notes.see("http-url", "is taken, and landed on", "accept")
        else:
            context.notes.see("http-url", f"is taken, and landed on as {landing.url}")


def _is_receipt(seen: Snapshot) -> bool:
    return seen.heading == words.PAYMENT_RECEIVED


def _gives_up(text: str) -> bool:
    return says(text, words.GIVE_UP) and not words.says_cancel(text)


def _controls(seen: Snapshot) -> str:
    """What each locator of the page finds, by the page's own names."""
    found = ((match.what, match.found) for match in checkout_matches(seen))
    return "; ".join(
        f"{what} is {', '.join(element.describe() for element in elements) or 'not there'}"
        for what, elements in found
    )
