"""What every page of the dashboard goes through: who asks, and whether a form is genuine."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from standin.dashboard.forms import BadForm, read_form
from standin.dashboard.visits import Visit, VisitBook
from standin.merchants import Merchant
from standin.provider import Provider
from standin.web.render import html

Form = Mapping[str, str]
Show = Callable[[Request, Visit], Awaitable[Response]]
Act = Callable[[Request, Visit, Form], Awaitable[Response]]
ShowMerchant = Callable[[Request, Visit, Merchant], Awaitable[Response]]
ActMerchant = Callable[[Request, Visit, Merchant, Form], Awaitable[Response]]


class Desk:
    """Guards pages, and renders them."""

    def __init__(self, provider: Provider) -> None:
        self.provider = provider
        self.visits = VisitBook(provider.clock)

    def shown(self, path: str, show: Show) -> Route:
        """A page for whoever is signed in."""

        async def guarded(request: Request) -> Response:
            visit = self.visits.find(request)
            return go("/login") if visit is None else await show(request, visit)

        return Route(path, guarded, methods=["GET"])

    def acted(self, path: str, act: Act) -> Route:
        """A form for whoever is signed in."""

        async def guarded(request: Request) -> Response:
            visit = self.visits.find(request)
            if visit is None:
                return go("/login")
            form = await self.read(request)
            return form if isinstance(form, Response) else await act(request, visit, form)

        return Route(path, guarded, methods=["POST"])

    def shown_of_merchant(self, path: str, show: ShowMerchant) -> Route:
        """A page about one merchant, which exists only for the account it belongs to."""

        async def guarded(request: Request, visit: Visit) -> Response:
            merchant = visit.merchant(request.path_params["merchant"])
            return self.nothing_here() if merchant is None else await show(request, visit, merchant)

        return self.shown(f"/m/{{merchant}}{path}", guarded)

    def acted_of_merchant(self, path: str, act: ActMerchant) -> Route:
        """A form about one merchant, likewise."""

        async def guarded(request: Request, visit: Visit, form: Form) -> Response:
            merchant = visit.merchant(request.path_params["merchant"])
            if merchant is None:
                return self.nothing_here()
            return await act(request, visit, merchant, form)

        return self.acted(f"/m/{{merchant}}{path}", guarded)

    async def read(self, request: Request) -> Form | Response:
        """A form that this dashboard made for this very browser; a refusal for any other."""
        try:
            form = await read_form(request)
        except BadForm as refusal:
            return self.notice("This form cannot be read", refusal.status)
        origin = request.headers.get("origin", self.provider.origins.dashboard)
        if origin != self.provider.origins.dashboard or not self.visits.is_genuine(
            request, form.get("form_token", "")
        ):
            return self.notice("This form has expired", 403)
        return form

    def page(
        self, request: Request, visit: Visit, template: str, *, status: int = 200, **values: Any
    ) -> Response:
        """A page for a signed-in visitor."""
        return html(
            f"dashboard/{template}.html",
            status=status,
            referrer_policy="same-origin",
            form_token=self.visits.form_token(request),
            visit=visit,
            saved=visit.take_saved(),
            **values,
        )

    def notice(self, heading: str, status: int) -> Response:
        """A page that says what is wrong, and leads back to the start."""
        return html(
            "dashboard/notice.html", status=status, referrer_policy="same-origin", heading=heading
        )

    def nothing_here(self) -> Response:
        """What does not exist, and what belongs to others: the two look alike."""
        return self.notice("There is nothing here", 404)


def go(path: str) -> Response:
    """After a form, or in place of a page: go to ``path`` and GET it."""
    return RedirectResponse(path, status_code=303, headers={"cache-control": "no-store"})
