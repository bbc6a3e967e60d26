"""The pages of the shop: a Buy button, the redirect to Clover, and three return pages."""

from http import HTTPStatus
from uuid import UUID

from flask import Flask, Response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from examples.flask_merchant.checkouts import ITEM, CheckoutUnavailable, create_session
from examples.flask_merchant.config import MerchantConfig

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


def create_app(config: MerchantConfig) -> Flask:
    """Create the shop."""
    app = Flask(__name__)

    @app.get("/")
    def shop() -> str:
        """Show the item and its Buy button."""
        return render_template("shop.html", item=ITEM)

    @app.route("/redirects", methods=["GET", "POST"])
    def redirects() -> str | AnyResponse | tuple[str, int]:
        """Create a session; POST redirects to its page, GET shows the session."""
        try:
            session = create_session(config)
        except CheckoutUnavailable as problem:
            app.logger.warning("No checkout session: %s", problem)
            return render_template("unavailable.html"), HTTPStatus.BAD_GATEWAY
        if request.method == "POST":
            # 303 makes the browser request Clover's page with GET.
            return redirect(session.href, HTTPStatus.SEE_OTHER)
        return render_template("redirect.html", session=session, urls=config.return_urls())

    @app.get("/success")
    def success() -> str:
        """Show that the payment awaits confirmation: anyone can open this address."""
        return render_template("success.html", session_id=_session_id())

    @app.get("/failure")
    def failure() -> str:
        """Show why the payment failed."""
        code = request.args.get("error_code", "")
        return render_template("failure.html", code=code, reason=REASONS.get(code, OTHER_REASON))

    @app.get("/cancel")
    def cancel() -> str:
        """Show that the shopper left before paying."""
        return render_template("cancel.html")

    @app.after_request
    def private(response: Response) -> Response:
        """Keep the address of a return page out of caches and referrers."""
        response.headers["Cache-Control"] = "no-store"
        response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'self'"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    return app


def _session_id() -> str:
    """Return the session id of the address, or nothing.

    Integrators saw the placeholder arrive unsubstituted (docs/sources.md), so only a UUID counts.
    """
    try:
        return str(UUID(request.args.get("session_id", "")))
    except ValueError:
        return ""
