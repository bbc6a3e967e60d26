"""The page Settings > Ecommerce > Hosted Checkout: redirect URLs and the reCAPTCHA switch."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final
from urllib.parse import unquote

from starlette.responses import Response

from standin.address import problem_with
from standin.behaviour import Behaviour
from standin.dashboard.guard import Visit, go
from standin.faults.api_defects import ApiDefect
from standin.merchants import Merchant
from standin.outcomes import NO_URLS, Outcome, RedirectUrls

_NO_PROBLEMS: Final[Mapping[Outcome, str]] = MappingProxyType({})


def show(visit: Visit) -> Response:
    """The saved settings."""
    return _page(visit, visit.merchant.urls)


def save_urls(visit: Visit) -> Response:
    """Save the redirect URLs, unless one of them is refused."""
    merchant = visit.merchant
    typed = RedirectUrls(*(visit.form.get(outcome) or None for outcome in Outcome))
    problems = _problems_of(typed, merchant.behaviour)
    if problems:
        return _page(visit, typed, problems)
    merchant.urls = _kept(typed, merchant)
    return _saved(visit, "Redirect URLs saved.")


def switch_recaptcha(visit: Visit) -> Response:
    """Save the reCAPTCHA switch."""
    visit.merchant.recaptcha = visit.form.get("recaptcha") == "on"
    return _saved(visit, f"reCAPTCHA is {'on' if visit.merchant.recaptcha else 'off'}.")


def _saved(visit: Visit, message: str) -> Response:
    visit.login.saved = message
    return go(f"/m/{visit.merchant.id}/settings/hosted-checkout")


def _page(
    visit: Visit, urls: RedirectUrls, problems: Mapping[Outcome, str] = _NO_PROBLEMS
) -> Response:
    return visit.page(
        "hosted-checkout",
        status=422 if problems else 200,
        here="settings",
        urls={outcome.value: urls.of(outcome) or "" for outcome in Outcome},
        problems=problems,
        precedence=visit.merchant.behaviour.precedence,
    )


def _kept(typed: RedirectUrls, merchant: Merchant) -> RedirectUrls:
    """The URLs to save; a faulty provider changes or loses some."""
    cleared = any(merchant.urls.of(outcome) and not typed.of(outcome) for outcome in Outcome)
    if cleared and ApiDefect.CLEARS_ALL in merchant.api_defects:
        return NO_URLS
    if ApiDefect.UNPACKED in merchant.api_defects:
        return RedirectUrls(*(unquote(typed.of(outcome) or "") or None for outcome in Outcome))
    return typed


def _problems_of(typed: RedirectUrls, behaviour: Behaviour) -> dict[Outcome, str]:
    """Validate redirect URLs by the rules of the API; return the problems."""
    plain_http = behaviour.http_url != "reject"
    return {
        outcome: f"The {outcome} URL {problem}"
        for outcome in Outcome
        if (url := typed.of(outcome)) and (problem := problem_with(url, plain_http=plain_http))
    }
