"""The redirect plan, without any server."""

from typing import Any

import ada_url
import pytest

from standin import Outcome, RedirectUrls
from standin.behaviour import Behaviour, with_switches
from standin.outcomes import NO_URLS
from standin.redirect.pipeline import plan_redirect
from standin.redirect.situation import Situation, Trigger
from standin.redirect.steps import header_safe

SESSION = "5d50d014-0fab-4363-9633-cbba76563450"
SID = "{CHECKOUT_SESSION_ID}"
ALL = RedirectUrls("https://r.example/s", "https://r.example/f", "https://r.example/c")


def situation(
    trigger: Trigger = Trigger.APPROVED,
    requested: RedirectUrls = ALL,
    declines: int = 0,
    **switches: object,
) -> Situation:
    """A session at the moment of a trigger."""
    behaviour = with_switches(Behaviour(), switches)
    return Situation(trigger, SESSION, behaviour, requested, NO_URLS, NO_URLS, declines=declines)


def success_url(template: str, **switches: Any) -> str | None:
    """The landing URL of an approved payment."""
    return plan_redirect(situation(requested=RedirectUrls(template), **switches), None).url


@pytest.mark.parametrize(("trigger", "switches", "outcome"), [
    (Trigger.APPROVED, {}, Outcome.SUCCESS),
    (Trigger.CANCELLED, {}, Outcome.CANCEL),
    (Trigger.DECLINED, {"declines": 1}, Outcome.FAILURE),
    (Trigger.DECLINED, {"declines": 1, "declines_before_failure": 2}, None),
    (Trigger.DECLINED, {"declines": 2, "declines_before_failure": 2}, Outcome.FAILURE),
    (Trigger.DECLINED, {"declines": 1, "decline": "stay"}, None),
    (Trigger.DECLINED, {"declines": 1, "decline": "button"}, None),
    (Trigger.DECLINED, {"declines": 1, "decline": "cancel"}, Outcome.CANCEL),
    (Trigger.GAVE_UP, {"declines": 1, "decline": "button"}, Outcome.FAILURE),
    (Trigger.EXPIRED, {}, None),
    (Trigger.EXPIRED, {"expired_page": "failure"}, Outcome.FAILURE),
    (Trigger.EXPIRED, {"expired_page": "cancel"}, Outcome.CANCEL),
])  # fmt: skip
def test_outcome_follows_from_what_happened(
    trigger: Trigger, switches: dict[str, Any], outcome: Outcome | None
) -> None:
    """Each trigger leads to the outcome of the behaviour and to the URL of that outcome."""
    plan = plan_redirect(situation(trigger, **switches), None)
    assert plan.outcome is outcome
    assert plan.url == (ALL.of(outcome) if outcome else None)


def test_plain_http_url_is_used_as_the_behaviour_says() -> None:
    """An accepted http URL is used only if the behaviour redirects to it."""
    plain = "http://m.example/"
    assert success_url(plain, http_url="never-redirect") is None
    assert success_url(plain, http_url="accept") == plain


@pytest.mark.parametrize(("template", "landing"), [
    (SID, SESSION),
    (f"?a={SID}{SID}#{SID}", f"?a={SESSION}{SESSION}#{SESSION}"),
    (f"?a={{{SID}}}", f"?a={{{SESSION}}}"),
    ("?e={ERROR_CODE}.", "?e=."),
    *((text, text) for text in (
        "?a=%7BCHECKOUT_SESSION_ID%7D", "?a={checkout_session_id}&b={OTHER}",
        "a%20b+c/./../é?&&x=1&x=&y&=z;q='\"#",
    )),
])  # fmt: skip
def test_placeholders_are_replaced_and_nothing_else(template: str, landing: str) -> None:
    """Only raw placeholders change; the rest of the URL stays byte for byte."""
    assert success_url(f"https://m.example/{template}") == f"https://m.example/{landing}"


def test_script_gets_no_line_breaks() -> None:
    """Tabs and line ends are removed, because Chromium blocks them beside a <; backslashes stay."""
    assert success_url("https://m.example/a\tb\r\nc?<d>") == "https://m.example/abc?<d>"
    assert success_url("https:\\\\m.example\\p") == "https:\\\\m.example\\p"


def test_error_code_stands_in_a_failure_url() -> None:
    """A decline has the error code of the behaviour."""
    urls = RedirectUrls(failure=f"https://m.example/{{ERROR_CODE}}?id={SID}")
    declined = situation(Trigger.DECLINED, urls, 1, error_code="processing_error")
    assert plan_redirect(declined, None).url == f"https://m.example/processing_error?id={SESSION}"


def test_placeholders_stay_or_vanish_as_the_behaviour_says() -> None:
    """A behaviour can keep placeholders or blank them."""
    template = f"https://m.example/?a={SID}&b={{ERROR_CODE}}"
    assert success_url(template, placeholders="verbatim") == template
    assert success_url(template, placeholders="blank") == "https://m.example/?a=&b="


@pytest.mark.parametrize(("name", "template", "landing"), [
    ("session_id", "https://m.example", "https://m.example?session_id=ID"),
    ("session_id", "https://m.example/?", "https://m.example/?session_id=ID"),
    ("session_id", "https://m.example/?a=1", "https://m.example/?a=1&session_id=ID"),
    ("session_id", "https://m.example/?a=1&", "https://m.example/?a=1&session_id=ID"),
    ("session_id", "https://m.example/#/r?x=1", "https://m.example/?session_id=ID#/r?x=1"),
    ("checkoutId", "https://m.example/", "https://m.example/?checkoutId=ID"),
])  # fmt: skip
def test_appended_parameter_joins_the_query(name: str, template: str, landing: str) -> None:
    """The provider's parameter is the last of the query, before the fragment."""
    assert success_url(template, appended=name) == landing.replace("ID", SESSION)


@pytest.mark.parametrize("url", [
    "https://bücher.example/straße?ü=ß&q=a b#é", " https://m.example/a\tb\r\nSet-Cookie: x ",
    "https://m.example/\x01\x7f?x=\x02", "https://m.example/😀?{x}|\"<>\\`'",
    "https:\\\\m.example/", "https://m。example/",
])  # fmt: skip
def test_header_form_is_safe_and_means_the_same_address(url: str) -> None:
    """A Location header is printable ASCII and equivalent to the original for a browser."""
    safe = header_safe(url)
    assert all("!" <= character <= "~" for character in safe)
    assert ada_url.URL(safe).href == ada_url.URL(url).href
    assert header_safe(safe) == safe


def test_navigation_follows_the_behaviour() -> None:
    """Mechanism, delay and click follow their switches."""
    now = situation(redirect="303", redirect_delay_ms=250, interstitial="click")
    navigation = plan_redirect(now, None).navigation
    assert (navigation.via, navigation.delay_ms, navigation.click) == ("303", 250, True)
