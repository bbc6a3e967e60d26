"""The Global Developer Dashboard: the Sandbox toggle and the test merchants."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from standin.dashboard.desk import Desk, Form, go
from standin.dashboard.visits import Visit


class Developer:
    """Everything below ``/developer``."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def routes(self) -> list[Route]:
        """The addresses served."""
        return [
            self._desk.shown("/developer", self._home),
            self._desk.acted("/developer/sandbox", self._toggle),
            self._desk.shown("/developer/test-merchants", self._merchants),
        ]

    async def _home(self, request: Request, visit: Visit) -> Response:
        return self._desk.page(request, visit, "developer", here="home")

    async def _toggle(self, _request: Request, visit: Visit, form: Form) -> Response:
        visit.sandbox = form.get("sandbox") == "on"
        return go("/developer")

    async def _merchants(self, request: Request, visit: Visit) -> Response:
        if not visit.sandbox:
            return go("/developer")
        return self._desk.page(request, visit, "test-merchants", here="merchants")
