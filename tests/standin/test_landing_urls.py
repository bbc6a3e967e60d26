"""Where the browser is sent, step by step, without any web."""

from collections.abc import Mapping
from dataclasses import replace

import ada_url
import pytest

from standin import Outcome, RedirectUrls
from standin.behaviour import Behaviour, with_switches
from standin.outcomes import NO_URLS
from standin.redirect.pipeline import plan_redirect
from standin.redirect.situation import Situation, Trigger
from standin.redirect.steps import header_safe

SESSION = "5d50d014-0fab-4363-9633-cbba76563450"
ALL = RedirectUrls("https://r.example/s", "https://r.example/f", "https://r.example/c")


def situation(
    trigger: Trigger = Trigger.APPROVED,
    *,
    requested: RedirectUrls = ALL,
    dashboard: RedirectUrls = NO_URLS,
    declines: int = 0,
    switches: Mapping[str, object] | None = None,
) -> Situation:
    """A session to which something has just trigger."""
    return Situation(
        trigger=trigger,
        session_id=SESSION,
        behaviour=with_switches(Behaviour(), switches or {}),
        requested=requested,
        dashboard=dashboard,
        dashboard_at_creation=dashboard,
        declines=declines,
    )


def success_url(template: str, **switches: object) -> str | None:
    """The landing made of a success URL."""
    return plan_redirect(situation(requested=RedirectUrls(template), switches=switches), None).url


@pytest.mark.parametrize(
    ("trigger", "declines", "switches", "outcome"),
    [
        (Trigger.APPROVED, 0, {}, Outcome.SUCCESS),
        (Trigger.CANCELLED, 0, {}, Outcome.CANCEL),
        (Trigger.DECLINED, 1, {}, Outcome.FAILURE),
        (Trigger.DECLINED, 1, {"declines_before_failure": 2}, None),
        (Trigger.DECLINED, 2, {"declines_before_failure": 2}, Outcome.FAILURE),
        (Trigger.DECLINED, 1, {"decline": "stay"}, None),
        (Trigger.DECLINED, 1, {"decline": "button"}, None),
        (Trigger.DECLINED, 1, {"decline": "cancel"}, Outcome.CANCEL),
        (Trigger.GAVE_UP, 1, {"decline": "button"}, Outcome.FAILURE),
        (Trigger.EXPIRED, 0, {}, None),
        (Trigger.EXPIRED, 0, {"expired_page": "failure"}, Outcome.FAILURE),
        (Trigger.EXPIRED, 0, {"expired_page": "cancel"}, Outcome.CANCEL),
    ],
)
def test_outcome_follows_from_what_happened(
    trigger: Trigger, declines: int, switches: dict[str, object], outcome: Outcome | None
) -> None:
    """Each happening ends the checkout as the behaviour says, at the URL of that outcome."""
    plan = plan_redirect(situation(trigger, declines=declines, switches=switches), None)

    assert plan.outcome is outcome
    assert plan.url == (ALL.of(outcome) if outcome else None)


DASHBOARD = RedirectUrls("https://d.example/s", None, "https://d.example/c")


@pytest.mark.parametrize(
    ("switches", "dashboard", "success", "failure"),
    [
        ({}, DASHBOARD, "https://d.example/s", "https://r.example/f"),
        ({}, RedirectUrls(), "https://r.example/s", "https://r.example/f"),
        ({"fallback": "clover-page"}, DASHBOARD, "https://d.example/s", None),
        ({"fallback": "clover-page"}, RedirectUrls(), "https://r.example/s", "https://r.example/f"),
        ({"precedence": "request"}, DASHBOARD, "https://r.example/s", "https://r.example/f"),
        ({"precedence": "dashboard-only"}, DASHBOARD, "https://d.example/s", None),
        ({"precedence": "dashboard-only"}, RedirectUrls(), None, None),
    ],
)
def test_source_follows_precedence_and_fallback(
    switches: dict[str, object],
    dashboard: RedirectUrls,
    success: str | None,
    failure: str | None,
) -> None:
    """Dashboard and request compete outcome by outcome; a source without any URL does not."""
    approved = situation(dashboard=dashboard, switches=switches)
    declined = replace(approved, trigger=Trigger.DECLINED, declines=1)

    assert plan_redirect(approved, None).url == success
    assert plan_redirect(declined, None).url == failure


@pytest.mark.parametrize(
    ("switch", "url"), [("never-redirect", None), ("accept", "http://m.example/")]
)
def test_plain_http_url_is_used_as_the_behaviour_says(switch: str, url: str | None) -> None:
    """An http URL that was taken may still never be used."""
    assert success_url("http://m.example/", http_url=switch) == url


@pytest.mark.parametrize(
    ("template", "landing"),
    [
        ("https://m.example/{CHECKOUT_SESSION_ID}", f"https://m.example/{SESSION}"),
        (
            "https://m.example/?a={CHECKOUT_SESSION_ID}{CHECKOUT_SESSION_ID}#{CHECKOUT_SESSION_ID}",
            f"https://m.example/?a={SESSION}{SESSION}#{SESSION}",
        ),
        ("https://m.example/?a={{CHECKOUT_SESSION_ID}}", f"https://m.example/?a={{{SESSION}}}"),
        ("https://m.example/?e={ERROR_CODE}.", "https://m.example/?e=."),
        ("https://m.example/?a=%7BCHECKOUT_SESSION_ID%7D", None),
        ("https://m.example/?a={checkout_session_id}&b={OTHER}", None),
        ("https://m.example/a%20b+c/./../é?&&x=1&x=&y&=z;q='\"#", None),
        ("https:\\\\m.example\\p", None),
    ],
)
def test_placeholders_are_replaced_and_nothing_else_is_touched(
    template: str, landing: str | None
) -> None:
    """The merchant's text stays byte for byte; only raw placeholders change."""
    assert success_url(template) == (landing or template)


def test_script_gets_no_line_breaks() -> None:
    """Chromium takes a line break beside a < for an attack, and does not go there."""
    assert success_url("https://m.example/a\tb\r\nc?<d>") == "https://m.example/abc?<d>"


def test_error_code_stands_in_a_failure_url() -> None:
    """A decline's code is the behaviour's."""
    urls = RedirectUrls(failure="https://m.example/{ERROR_CODE}?id={CHECKOUT_SESSION_ID}")
    declined = situation(
        Trigger.DECLINED, declines=1, requested=urls, switches={"error_code": "processing_error"}
    )

    assert plan_redirect(declined, None).url == f"https://m.example/processing_error?id={SESSION}"


@pytest.mark.parametrize(
    ("mode", "landing"),
    [
        ("verbatim", "https://m.example/?a={CHECKOUT_SESSION_ID}&b={ERROR_CODE}"),
        ("blank", "https://m.example/?a=&b="),
    ],
)
def test_placeholders_stay_or_vanish_as_the_behaviour_says(mode: str, landing: str) -> None:
    """Two other things that a provider may do with placeholders."""
    template = "https://m.example/?a={CHECKOUT_SESSION_ID}&b={ERROR_CODE}"

    assert success_url(template, placeholders=mode) == landing


@pytest.mark.parametrize(
    ("template", "landing"),
    [
        ("https://m.example", "https://m.example?session_id=ID"),
        ("https://m.example/?", "https://m.example/?session_id=ID"),
        ("https://m.example/?a=1", "https://m.example/?a=1&session_id=ID"),
        ("https://m.example/?a=1&", "https://m.example/?a=1&session_id=ID"),
        ("https://m.example/#/r?x=1", "https://m.example/?session_id=ID#/r?x=1"),
    ],
)
def test_parameter_of_the_provider_joins_the_query(template: str, landing: str) -> None:
    """It comes last in the query, before a fragment, with ? or & as due."""
    url = success_url(template, appended="session_id")

    assert url == landing.replace("ID", SESSION)


def test_appended_parameter_has_the_behaviours_name() -> None:
    """The other name that was claimed can be had."""
    assert success_url("https://m.example/", appended="checkoutId") == (
        f"https://m.example/?checkoutId={SESSION}"
    )


@pytest.mark.parametrize(
    "url",
    [
        "https://bücher.example/straße?ü=ß&q=a b#é",
        " https://m.example/a\tb\r\nSet-Cookie: x ",
        "https://m.example/\x01\x7f?x=\x02",
        "https://m.example/😀?{x}|\"<>\\`'",
        "https:\\\\m.example/",
        "https://m。example/",
    ],
)
def test_header_form_is_safe_and_means_the_same_address(url: str) -> None:
    """A Location header gets printable ASCII that a browser reads as it reads the original."""
    safe = header_safe(url)

    assert all("!" <= character <= "~" for character in safe)
    assert ada_url.URL(safe).href == ada_url.URL(url).href
    assert header_safe(safe) == safe


def test_travel_follows_the_behaviour() -> None:
    """Mechanism, delay and click are three switches of their own."""
    navigation = plan_redirect(
        situation(switches={"redirect": "303", "redirect_delay_ms": 250, "interstitial": "click"}),
        None,
    ).navigation

    assert (navigation.via, navigation.delay_ms, navigation.click) == ("303", 250, True)
