"""The Global Developer Dashboard: the Sandbox toggle and the test merchants."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from standin.dashboard.guard import Form, Guard, go
from standin.dashboard.login_sessions import LoginSession


class Developer:
    """Everything below ``/developer``."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard

    def routes(self) -> list[Route]:
        """The addresses served."""
        return [
            self._guard.page_route("/developer", self._home),
            self._guard.form_route("/developer/sandbox", self._toggle),
            self._guard.page_route("/developer/test-merchants", self._merchants),
        ]

    async def _home(self, request: Request, login: LoginSession) -> Response:
        return self._guard.page(request, login, "developer", here="home")

    async def _toggle(self, _request: Request, login: LoginSession, form: Form) -> Response:
        login.sandbox = form.get("sandbox") == "on"
        return go("/developer")

    async def _merchants(self, request: Request, login: LoginSession) -> Response:
        if not login.sandbox:
            return go("/developer")
        return self._guard.page(request, login, "test-merchants", here="merchants")
