"""Checks in a browser: the hosted page, its locators, the merchant's pages and the dashboard."""

from collections.abc import Iterator
from typing import Final

from playwright.sync_api import Error, Page

from clover import cards
from clover.behaviour import load_behaviour
from pages.checkout import CheckoutPage
from pages.errors import PageProblem, PersonNeeded, SignInExpired, SignInRefused
from pages.matches import Match, checkout_matches, mentions_captcha
from pages.snapshot import Snapshot
from records.outcome import Outcome
from suite.browser_launch import launch_options
from suite.browsers import SetUpProblem
from suite.dashboard.access import urls_on
from suite.redirect_urls import Urls
from suite.settings.raw_settings import DASHBOARD_NAMES
from tools.command_line import first_line
from tools.doctor.checks import FAILED, NOT_TRIED, ODD, OK, Patient, Row

#: Longest wait for the form of the hosted page, seconds.
FORM_WITHIN_S: Final = 20.0
_BY_HAND: Final = "Run `make dashboard-login` and sign in by hand once."
_WORDS: Final = "If the page is right, add its words to the lists in pages/words/."
#: Statuses of a page that exists, and wants more than an address.
_WANTS_MORE: Final = frozenset({400, 401, 403, 405, 422})


def check_browser(patient: Patient) -> Iterator[Row]:
    """Find and start the browser."""
    site, target = patient.site, patient.target
    try:
        options = launch_options(
            patient.settings, resolver_rules=site.resolver_rules, pins=(site.spki, target.key_pin)
        )
    except SetUpProblem as problem:
        cure = "Install Google Chrome or Chromium, or name one in CHROMIUM_PATH."
        yield Row("browser", FAILED, str(problem), cure)
        return
    try:
        patient.browser = patient.playwright.chromium.launch(**options)
    except Error as error:
        found = f"{options['executable_path'] or 'Chromium'} does not start: {first_line(error)}"
        cure = "Start this browser by hand to see why, or name another in CHROMIUM_PATH."
        yield Row("browser", FAILED, found, cure)
        return
    patient.stack.callback(patient.browser.close)
    yield Row("browser", OK, f"Chromium {patient.browser.version} starts")


def check_hosted_page(patient: Patient) -> Iterator[Row]:
    """Open the session's page, and look at what it shows."""
    assert patient.session is not None
    within_s = min(FORM_WITHIN_S, patient.target.within_s)
    delay_ms = patient.target.key_delay_ms
    checkout = CheckoutPage(_tab(patient), within_s=within_s, key_delay_ms=delay_ms)
    try:
        checkout.go(patient.session.href)
    except PageProblem as problem:
        cure = "Open the address in a browser; if it fails there too, wait for the provider."
        yield Row("hosted page", FAILED, str(problem), cure)
        return
    _, seen = checkout.wait_for(
        lambda seen: all(_fits(match) for match in checkout_matches(seen)) or seen.captcha or None
    )
    patient.checkout = checkout
    patient.seen = seen
    if seen.fields or seen.captcha:
        yield Row("hosted page", OK, f"“{seen.heading}” at {seen.url}")
        return
    yield Row(
        "hosted page",
        FAILED,
        f"{seen.url} has no field; it shows {_shown(seen)}",
        "If this is a maintenance page, try again later; if not, look at the page in a browser.",
    )


def check_captcha(patient: Patient) -> Iterator[Row]:
    """Tell whether a captcha asks for a person."""
    if patient.seen.captcha:
        cure = (
            "Switch reCAPTCHA off for this test merchant: Account & Setup > Ecommerce > Hosted"
            " Checkout > ReCAPTCHA."
        )
        yield Row("captcha", FAILED, "on: it asks for a person", cure)
        return
    named = (
        "the page mentions one, which does not block it"
        if mentions_captcha(patient.seen)
        else "off"
    )
    yield Row("captcha", OK, named)


def check_locators(patient: Patient) -> Iterator[Row]:
    """Count what each locator matches, type a card and press nothing."""
    matches, seen = checkout_matches(patient.seen), patient.seen
    used = {id(element) for match in matches for element in match.found}
    others = "; ".join(
        element.describe()
        for element in seen.elements
        if element.kind in {"field", "action"} and id(element) not in used
    )
    for match in matches:
        number = len(match.found)
        found = f"{number} {'match' if number == 1 else 'matches'}"
        if _fits(match):
            yield Row(match.what, OK, found if number else f"{found}; the page need not have it")
        else:
            state = FAILED if match.needed else ODD
            yield Row(match.what, state, f"{found}; also there: {others or 'nothing'}", _WORDS)
    if seen.captcha or not all(_fits(match) for match in matches if match.needed):
        yield Row("Pay", NOT_TRIED, "needs: captcha, locators")
        return
    try:
        assert patient.checkout is not None
        payable = patient.checkout.ready().type(cards.APPROVED.details()).is_payable()
    except (PageProblem, Error) as problem:
        yield Row("Pay", FAILED, first_line(problem), _WORDS)
        return
    if payable:
        yield Row("Pay", OK, "enabled once a card is typed")
        return
    cure = "Look for what the page still wants: a captcha, consent or another field."
    yield Row("Pay", FAILED, "stays disabled although a card is typed", cure)


def check_redirect_urls(patient: Patient) -> Iterator[Row]:
    """Open each redirect URL in this browser."""
    settings, session = patient.settings, patient.session
    page = _tab(patient)
    for outcome, url in patient.urls.items():
        name = f"redirect URL, {outcome}"
        filled = url.replace("{CHECKOUT_SESSION_ID}", session.session_id if session else "")
        own = outcome in settings.redirect_urls
        setting = f"Correct REDIRECT_{outcome.upper()}_URL, or start the shop."
        cure = setting if own else "Look for a security product that filters this browser."
        try:
            answer = page.goto(filled, wait_until="commit")
        except Error as error:
            yield Row(name, FAILED, f"{url}: {first_line(error)}", cure)
            continue
        status = answer.status if answer else 0
        refused = ODD if status in _WANTS_MORE else FAILED
        yield Row(name, OK if 200 <= status < 300 else refused, f"{url} answers {status}", cure)


def check_dashboard(patient: Patient) -> Iterator[Row]:
    """Sign in to the dashboard and go to the redirect URLs."""
    access, missing = patient.account.dashboard, patient.settings.dashboard_problems
    if access is None:
        absent = [name for name, sentence in missing.items() if " is missing" in sentence]
        if len(absent) == len(DASHBOARD_NAMES):
            yield Row("dashboard login", NOT_TRIED, "no login in .env; its tests are skipped")
        else:
            [first, *_] = missing.values()
            yield Row("dashboard login", FAILED, " ".join(missing.values()), first)
        return
    assert patient.browser is not None
    context = patient.browser.new_context(**access.context_options)
    patient.stack.callback(context.close)
    try:
        patient.dashboard_urls = urls_on(
            access.sign_in(context.new_page(), patient.target.within_s)
        )
    except PersonNeeded as problem:
        yield Row("dashboard login", OK, "the password is accepted")
        yield Row("second factor", FAILED, str(problem), _BY_HAND)
    except SignInExpired as problem:
        yield Row("dashboard login", FAILED, str(problem), _BY_HAND)
    except SignInRefused as problem:
        cure = "Correct CLOVER_DASHBOARD_EMAIL and CLOVER_DASHBOARD_PASSWORD."
        yield Row("dashboard login", FAILED, str(problem), cure)
    except (PageProblem, Error) as problem:
        cure = f"Check CLOVER_DASHBOARD_URL. {_WORDS}"
        yield Row("dashboard login", FAILED, first_line(problem), cure)
    else:
        yield Row("dashboard login", OK, f"signed in at {access.url}")
        yield Row("second factor", OK, "none is asked for")


def check_dashboard_urls(patient: Patient) -> Iterator[Row]:
    """Say what the dashboard holds, and whose URLs are used then."""
    held: Urls = patient.dashboard_urls or {}
    behaviour = load_behaviour(patient.settings.behaviour)
    if patient.dashboard_urls is None:
        found = "needs: a dashboard login; URLs there win over those of a request"
        yield Row("dashboard URLs", NOT_TRIED, found)
        return
    if not held:
        yield Row("dashboard URLs", OK, "none: those of the request are used")
        return
    wins = behaviour.precedence != "request"
    yield Row(
        "dashboard URLs",
        ODD if wins else OK,
        f"{_listed(held)}; {'they' if wins else 'those of the request'} win, by the behaviour"
        f" {behaviour.name}",
        "Empty them on the dashboard, unless shoppers must land there." if wins else "",
    )


def _listed(urls: Urls) -> str:
    return ", ".join(f"{outcome}: {urls[outcome]}" for outcome in Outcome if outcome in urls)


def _tab(patient: Patient) -> Page:
    assert patient.browser is not None
    context = patient.browser.new_context(locale="en-US")
    patient.stack.callback(context.close)
    return context.new_page()


def _fits(match: Match) -> bool:
    return len(match.found) == 1 or not (match.found or match.needed)


def _shown(seen: Snapshot) -> str:
    texts = [text for text in seen.texts if text][:3]
    return ", ".join(f"“{text}”" for text in texts) or "nothing"
