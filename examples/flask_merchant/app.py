"""The shop's pages: a buy button, the way to Clover, and three ways back."""

from http import HTTPStatus
from uuid import UUID

from flask import Flask, Response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from examples.flask_merchant.checkouts import ITEM, CheckoutUnavailable, create_session
from examples.flask_merchant.config import MerchantConfig

#: What to tell a shopper for the codes that are about a card.
#: Source: https://docs.clover.com/docs/ecommerce-error-codes; which of them this checkout
#: sends is not known in public, so any other code is met with ``OTHER_REASON``.
REASONS = {
    "card_declined": "Your bank declined the card. Another card may work.",
    "expired_card": "The card has expired. Please use another one.",
    "incorrect_cvc": "The security code did not match the card.",
    "incorrect_number": "The card number did not match any card.",
    "processing_error": "The payment could not be processed just now. Please try again.",
}
OTHER_REASON = "The payment was not completed."


def create_app(config: MerchantConfig) -> Flask:
    """Make the shop for these settings."""
    app = Flask(__name__)

    @app.get("/")
    def shop() -> str:
        """The item and its buy button."""
        return render_template("shop.html", item=ITEM)

    @app.route("/redirects", methods=["GET", "POST"])
    def redirects() -> str | AnyResponse | tuple[str, int]:
        """Create a session; a click on Buy goes straight on, a visit shows what came back."""
        try:
            session = create_session(config)
        except CheckoutUnavailable as problem:
            app.logger.warning("No checkout session: %s", problem)
            return render_template("unavailable.html"), HTTPStatus.BAD_GATEWAY
        if request.method == "POST":
            # 303 makes the browser ask for Clover's page with GET, whatever brought it here.
            return redirect(session.href, HTTPStatus.SEE_OTHER)
        return render_template("redirect.html", session=session, urls=config.return_urls())

    @app.get("/success")
    def success() -> str:
        """Clover says that the payment went through, and anyone can type this address."""
        return render_template("success.html", session_id=_session_id())

    @app.get("/failure")
    def failure() -> str:
        """A payment was attempted and did not go through."""
        code = request.args.get("error_code", "")
        return render_template("failure.html", code=code, reason=REASONS.get(code, OTHER_REASON))

    @app.get("/cancel")
    def cancel() -> str:
        """The shopper left before paying."""
        return render_template("cancel.html")

    @app.after_request
    def private(response: Response) -> Response:
        """Keep what stands in a return page's address to the shop and its shopper."""
        response.headers["Cache-Control"] = "no-store"
        response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'self'"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    return app


def _session_id() -> str:
    """The session's id, or nothing where the address has none.

    Integrators have seen the placeholder arrive as it was written (docs/sources.md), so what is
    no UUID is taken for no id at all.
    """
    try:
        return str(UUID(request.args.get("session_id", "")))
    except ValueError:
        return ""
