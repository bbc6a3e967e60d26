"""Dashboard pages: test merchants, home, checkout sessions and the settings list."""

from collections.abc import Mapping
from typing import Final

from starlette.responses import Response

from standin.dashboard.guard import Handler, Visit, go
from standin.outcomes import Outcome
from standin.record import Checkout

MOST_ROWS: Final = 50

#: Outcome and landing for the last event of a session without a redirect.
_WITHOUT_REDIRECT: Final = {
    "approved": ("Success", "Stayed on Clover's page"),
    "cancelled": ("Cancel", "Stayed on Clover's page"),
    "gave-up": ("Failure", "Stayed on Clover's page"),
    "declined": ("Declined", "May try again"),
}


def toggle_sandbox(visit: Visit) -> Response:
    """Switch between sandbox and production."""
    visit.login.sandbox = visit.form.get("sandbox") == "on"
    return go("/developer")


def _merchants(visit: Visit) -> Response:
    if not visit.login.sandbox:
        return go("/developer")
    return visit.page("test-merchants", here="merchants")


def _home(visit: Visit) -> Response:
    named = [each.capitalize() for each in Outcome if visit.merchant.urls.of(each)]
    return visit.page("home", here="home", set_urls=named)


def _checkouts(visit: Visit) -> Response:
    provider = visit.provider
    sessions = provider.sessions.of_merchant(visit.merchant)
    known = [each.id for each in sessions if provider.sessions.find(each.id)]
    shown = [provider.checkout(each) for each in known[-MOST_ROWS:][::-1]]
    rows = [(checkout, *_end(checkout)) for checkout in shown]
    return visit.page("checkouts", here="checkouts", rows=rows, total=len(known))


PAGES: Final[Mapping[str, Handler]] = {
    "/developer": lambda visit: visit.page("developer", here="home"),
    "/developer/test-merchants": _merchants,
    "/m/{merchant}": _home,
    "/m/{merchant}/checkouts": _checkouts,
    "/m/{merchant}/settings": lambda visit: visit.page("settings", here="settings"),
    "/m/{merchant}/settings/api-tokens": lambda visit: visit.page(
        "api-tokens", here="settings", api=visit.provider.origins_by(visit.request.url.scheme).api
    ),
}


def _end(checkout: Checkout) -> tuple[str, str]:
    """Outcome and landing of a session, by its last event that has any."""
    for event in reversed(checkout.events):
        if event.kind == "redirected":
            outcome, _, url = event.detail.partition(": ")
            return outcome.capitalize(), url
        if event.kind in _WITHOUT_REDIRECT:
            return _WITHOUT_REDIRECT[event.kind]
    return "", ""
