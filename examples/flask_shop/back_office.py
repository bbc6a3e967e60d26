"""Addresses for machines: Clover's webhook, and the books as JSON."""

from http import HTTPStatus

from flask import Flask, abort, current_app, redirect, request, session
from werkzeug.wrappers import Response

from examples.flask_shop.books import Books
from examples.flask_shop.config import ShopConfig
from examples.flask_shop.webhooks import is_signed, read_note


class BackOffice:
    """The addresses that no shopper opens."""

    def __init__(self, config: ShopConfig, books: Books) -> None:
        self._secret = config.webhook_secret
        self._bug = config.bug
        self._books = books

    def add_to(self, app: Flask) -> None:
        """Register the addresses."""
        app.post("/webhooks/clover")(self.webhook)
        app.get("/api/orders/<number>")(self.order)

    def webhook(self) -> Response | tuple[str, int]:
        """Record a signed notification; the status and the log tell what became of it."""
        if self._bug == "webhook-behind-login" and "shopper" not in session:
            return redirect("/")
        body = request.get_data()
        if not is_signed(
            body, request.headers.get("Clover-Signature", ""), self._secret, self._bug
        ):
            current_app.logger.warning("A webhook with a wrong signature was refused.")
            return "", HTTPStatus.UNAUTHORIZED
        try:
            note = read_note(body, self._bug)
        except ValueError as problem:
            current_app.logger.warning("A webhook was ignored: %s", problem)
            return "", HTTPStatus.NO_CONTENT
        if not self._books.record(note):
            current_app.logger.error("No order has the session %s.", note.session_id)
            return "", HTTPStatus.NOT_FOUND
        return "", HTTPStatus.NO_CONTENT

    def order(self, number: str) -> dict[str, object]:
        """Show one order; a real shop asks for a login of the staff first."""
        order = self._books.orders.get(number)
        if order is None:
            abort(HTTPStatus.NOT_FOUND)
        return order.to_json()
