"""The page Settings > Ecommerce > Hosted Checkout: redirect URLs and the reCAPTCHA switch."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import unquote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from standin.address import problem_with
from standin.behaviour import Behaviour
from standin.dashboard.guard import Form, Guard, go
from standin.dashboard.login_sessions import LoginSession
from standin.faults.api_defects import ApiDefect
from standin.merchants import Merchant
from standin.outcomes import NO_URLS, Outcome, RedirectUrls

_PATH: Final = "/settings/hosted-checkout"

_HINTS: Final[Mapping[Outcome, str]] = {
    Outcome.SUCCESS: "Where shoppers go after they have paid.",
    Outcome.FAILURE: "Where they go when a payment was tried and not completed.",
    Outcome.CANCEL: "Where they go when they leave before paying.",
}

_RULES: Final[Mapping[str, str]] = {
    "dashboard": "URLs set here are used instead of those in the create checkout request.",
    "request": "URLs in the create checkout request are used instead of those set here.",
    "dashboard-only": "URLs in the create checkout request are not used.",
}


class HostedCheckout:
    """Shows and saves the settings of one merchant's hosted page."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard

    def routes(self) -> list[Route]:
        """The addresses served."""
        return [
            self._guard.merchant_page_route(_PATH, self._show),
            self._guard.merchant_form_route(_PATH, self._save_urls),
            self._guard.merchant_form_route(f"{_PATH}/recaptcha", self._switch_recaptcha),
        ]

    async def _show(self, request: Request, login: LoginSession, merchant: Merchant) -> Response:
        return self._page(request, login, merchant, merchant.urls)

    async def _save_urls(
        self, request: Request, login: LoginSession, merchant: Merchant, form: Form
    ) -> Response:
        typed = RedirectUrls(*(form.get(outcome) or None for outcome in Outcome))
        problems = _problems_of(typed, merchant.behaviour)
        if problems:
            return self._page(request, login, merchant, typed, problems)
        merchant.urls = _kept(typed, merchant)
        login.saved = "Redirect URLs saved."
        return go(f"/m/{merchant.id}{_PATH}")

    async def _switch_recaptcha(
        self, _request: Request, login: LoginSession, merchant: Merchant, form: Form
    ) -> Response:
        merchant.recaptcha = form.get("recaptcha") == "on"
        login.saved = f"reCAPTCHA is {'on' if merchant.recaptcha else 'off'}."
        return go(f"/m/{merchant.id}{_PATH}")

    def _page(
        self,
        request: Request,
        login: LoginSession,
        merchant: Merchant,
        urls: RedirectUrls,
        problems: Mapping[Outcome, str] | None = None,
    ) -> Response:
        fields = [
            {
                "name": outcome.value,
                "label": f"{outcome.capitalize()} URL",
                "hint": _HINTS[outcome],
                "url": urls.of(outcome) or "",
                "problem": (problems or {}).get(outcome, ""),
            }
            for outcome in Outcome
        ]
        return self._guard.page(
            request,
            login,
            "hosted-checkout",
            status=422 if problems else 200,
            merchant=merchant,
            here="settings",
            fields=fields,
            refused=bool(problems),
            rule=_RULES[merchant.behaviour.precedence],
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
