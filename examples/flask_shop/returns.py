"""The pages that a shopper comes back to: success, failure and cancel.

Reaching one of them proves nothing, because anyone can type its address. Only Clover's signed
webhook makes an order paid.
"""

from datetime import timedelta
from http import HTTPStatus

from flask import Flask, abort, redirect, render_template, request, session
from werkzeug.wrappers import Response

from examples.flask_shop.books import Books, Order
from examples.flask_shop.visitors import known_shopper
from examples.flask_shop.webhooks import Note

#: The waiting page looks again for this long; the webhook may still come later.
LOOKS_FOR = timedelta(minutes=2)

#: Messages for the error codes about a card. The codes that Hosted Checkout sends are not known in
#: public, so every other code gets ``OTHER_REASON``.
#: Source: https://docs.clover.com/docs/ecommerce-error-codes
REASONS = {
    "card_declined": "Your bank declined the card. Another card may work.",
    "expired_card": "The card has expired. Please use another one.",
    "incorrect_cvc": "The security code did not match the card.",
    "incorrect_number": "The card number did not match any card.",
    "processing_error": "The payment could not be processed just now. Please try again.",
}
OTHER_REASON = "The payment was not completed."

Page = str | tuple[str, int] | Response


class ReturnPages:
    """The three pages of the redirect URLs."""

    def __init__(self, books: Books, bug: str) -> None:
        self._books = books
        self._bug = bug

    def add_to(self, app: Flask) -> None:
        """Register the pages."""
        app.get("/success")(self.success)
        if self._bug != "failure-page-missing":
            app.get("/failure")(self.failure)
        app.get("/cancel")(self.cancel)

    def success(self) -> Page:
        """Thank the shopper if the order is paid; otherwise wait for the webhook."""
        if self._bug == "query-dropped" and request.args:
            return redirect("/success")
        # Clover may leave {CHECKOUT_SESSION_ID} as it is, so nothing depends on its value.
        if self._bug == "needs-session-id" and "{" in request.args["session_id"]:
            return render_template("basket.html", notice="Checkout cancelled, nothing was paid.")
        order = self._order()
        if order:
            self._believe_the_browser(order)
        if self._may_thank(order):
            return render_template("thanks.html", order=order, mine=self._is_mine(order))
        if order is None:
            return render_template("unknown.html"), HTTPStatus.NOT_FOUND
        return self._wait(order)

    def failure(self) -> Page:
        """Say why the payment failed, and offer to try again."""
        code, order = request.args.get("error_code", ""), self._order()
        if self._bug == "failure-needs-basket" and not self._basket():
            return redirect("/")
        if order and self._is_mine(order):
            self._books.leave(order)
        # The code comes from the address, so only the shop's own sentences are shown.
        return self._failed(
            order, code if self._bug == "error-text-as-is" else REASONS.get(code, OTHER_REASON)
        )

    def cancel(self) -> Page:
        """Show the basket as the shopper left it."""
        if self._bug == "cancel-needs-session" and "session_id" not in request.args:
            abort(HTTPStatus.BAD_REQUEST)
        order = self._books.newest() if self._bug == "cancel-newest" else self._order()
        if order and self._is_mine(order):
            self._books.leave(order, cancelled=True)
        paid = order and order.status == "paid"
        notice = "This order is already paid." if paid else "You left before paying."
        return render_template("basket.html", notice=notice)

    def _wait(self, order: Order) -> str:
        """Say that the payment is being checked, whatever came before: the webhook may be late."""
        if self._bug == "decline-outlives-payment" and order.status == "failed":
            return self._failed(order, OTHER_REASON)
        if self._bug == "gives-up-waiting" and order.age > timedelta(seconds=3):
            return self._failed(order, OTHER_REASON)
        return render_template("waiting.html", looks_again=order.age < LOOKS_FOR)

    def _failed(self, order: Order | None, reason: str) -> str:
        return render_template("failure.html", order=order, reason=reason)

    def _may_thank(self, order: Order | None) -> bool:
        """Whether the success page may say that the order is paid."""
        if self._bug == "always-thanks":
            return True
        if self._bug == "missing-order-is-paid":
            return order is None or order.status == "paid"
        if self._bug == "pending-is-good":
            return order is not None and order.status != "failed"
        return order is not None and order.status == "paid"

    def _is_mine(self, order: Order | None) -> bool:
        """Whether the page may show the order's personal data."""
        if self._bug == "shows-anyone":
            return True
        return order is not None and order.shopper is known_shopper(self._books)

    def _believe_the_browser(self, order: Order) -> None:
        """Do nothing: the success page is no proof, so only wrong shops change the books here."""
        session_id = order.sessions[-1].session_id
        payment = Note("unknown", session_id, "APPROVED", None)
        if self._bug == "paid-by-landing":
            self._books.record(payment)
        if self._bug == "paid-on-second-look":
            if session.get("seen") == order.number:
                self._books.record(payment)
            session["seen"] = order.number
        if self._bug == "id-stored-on-return":
            self._books.by_session[session_id] = order
        if self._bug == "basket-emptied-on-return":
            order.shopper.basket.clear()

    def _order(self) -> Order | None:
        return self._books.orders.get(request.args.get("order", ""))

    def _basket(self) -> bool:
        shopper = known_shopper(self._books)
        return bool(shopper and shopper.basket)
