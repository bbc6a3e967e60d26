"""The steps of the redirect: pure functions of the situation and of the step before."""

import re
from typing import Final

from standin.address import is_plain_http
from standin.outcomes import Outcome, RedirectUrls
from standin.redirect.response_plan import Navigation, View
from standin.redirect.situation import Situation, Trigger

SESSION_PLACEHOLDER = "{CHECKOUT_SESSION_ID}"
ERROR_PLACEHOLDER = "{ERROR_CODE}"
_PLACEHOLDER = re.compile(f"{re.escape(SESSION_PLACEHOLDER)}|{re.escape(ERROR_PLACEHOLDER)}")
_LINE_BREAKS = re.compile(r"[\t\r\n]")
#: The values of the switches ``decline`` and ``expired_page`` that lead to an outcome.
_BY_SWITCH: Final = {"failure": Outcome.FAILURE, "cancel": Outcome.CANCEL}
_C0_AND_SPACE = "".join(map(chr, range(0x21)))


def outcome(situation: Situation) -> Outcome | None:
    """The outcome that follows from the trigger; None while the checkout goes on."""
    behaviour = situation.behaviour
    match situation.trigger:
        case Trigger.APPROVED:
            return Outcome.SUCCESS
        case Trigger.CANCELLED:
            return Outcome.CANCEL
        case Trigger.GAVE_UP:
            return Outcome.FAILURE
        case Trigger.EXPIRED:
            return _BY_SWITCH.get(behaviour.expired_page)
        case Trigger.DECLINED if situation.declines >= behaviour.declines_before_failure:
            return _BY_SWITCH.get(behaviour.decline)
        case _:
            return None


def choose_urls(situation: Situation) -> RedirectUrls:
    """The URL of each outcome, by precedence and fallback.

    A source without any URL is ignored. Source: the switches ``precedence`` and ``fallback`` in
    docs/sources.md.
    """
    behaviour = situation.behaviour
    dashboard, requested = situation.dashboard, situation.requested
    if behaviour.precedence == "dashboard-only":
        return dashboard
    winner, other = dashboard, requested
    if behaviour.precedence == "request":
        winner, other = requested, dashboard
    if not winner.any:
        return other
    if behaviour.fallback != "other":
        return winner
    return RedirectUrls(*(winner.of(each) or other.of(each) for each in Outcome))


def choose_url(situation: Situation, urls: RedirectUrls, outcome: Outcome) -> str | None:
    """The merchant's URL for an outcome, or None if the shopper stays."""
    url = urls.of(outcome)
    if url and situation.behaviour.http_url == "never-redirect" and is_plain_http(url):
        return None
    return url


def substitute(situation: Situation, template: str) -> str:
    """Replace every placeholder by its value.

    Only the raw form is a placeholder: ``%7BCHECKOUT_SESSION_ID%7D`` and other names in braces
    stay as they are. ``{ERROR_CODE}`` in a success or cancel URL becomes empty, because what
    Clover does there is unknown.
    """
    if situation.behaviour.placeholders == "verbatim":
        return template
    values = {SESSION_PLACEHOLDER: "", ERROR_PLACEHOLDER: ""}
    if situation.behaviour.placeholders == "substitute":
        values[SESSION_PLACEHOLDER] = situation.session_id
        if outcome(situation) is Outcome.FAILURE:
            values[ERROR_PLACEHOLDER] = situation.behaviour.error_code
    return _PLACEHOLDER.sub(lambda match: values[match.group()], template)


def append(situation: Situation, url: str) -> str:
    """Add the provider's own parameter before the fragment, if the behaviour has one."""
    name = situation.behaviour.appended
    return url if name == "none" else with_pair(url, f"{name}={situation.session_id}")


def with_pair(url: str, pair: str) -> str:
    """The URL with one more ``name=value`` at the end of its query."""
    front, hash_mark, fragment = url.partition("#")
    joint = "?" if "?" not in front else "" if front[-1] in "?&" else "&"
    return f"{front}{joint}{pair}{hash_mark}{fragment}"


def encode(situation: Situation, url: str) -> str:
    """Encode the URL for its transport: unchanged in a script, header-safe elsewhere.

    Tabs and line ends are removed even for a script. A browser drops them anyway, and Chromium
    blocks a URL that has them beside a ``<`` as dangling markup.
    """
    if situation.behaviour.redirect == "script":
        return _LINE_BREAKS.sub("", url)
    return header_safe(url)


def header_safe(url: str) -> str:
    """Return the URL in printable ASCII, equivalent to the original for a browser.

    Follows the parser of the URL standard: blanks around the URL and all tabs and line ends are
    dropped, other characters become percent-encoded UTF-8. The function is idempotent.
    """
    kept = _LINE_BREAKS.sub("", url.strip(_C0_AND_SPACE))
    return "".join(
        character
        if "!" <= character <= "~"
        else "".join(f"%{byte:02X}" for byte in character.encode())
        for character in kept
    )


def navigation(situation: Situation) -> Navigation:
    """How the browser gets to the URL."""
    behaviour = situation.behaviour
    return Navigation(
        via=behaviour.redirect,
        delay_ms=behaviour.redirect_delay_ms,
        click=behaviour.interstitial == "click",
    )


def view(situation: Situation) -> View:
    """What the hosted page's address shows; ``trigger`` is OPENED or EXPIRED."""
    if situation.paid:
        received = situation.behaviour.paid_reopened == "received"
        return View.RECEIVED if received else View.ALREADY_PAID
    return View.EXPIRED if situation.trigger is Trigger.EXPIRED else View.FORM
