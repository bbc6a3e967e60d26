"""The shop as a Flask application."""

import secrets
from typing import Any

from flask import Flask, Response, request

from examples.flask_shop.back_office import BackOffice
from examples.flask_shop.books import Books
from examples.flask_shop.config import ShopConfig
from examples.flask_shop.counter import Counter
from examples.flask_shop.goods import PLACES, dollars, total_cents
from examples.flask_shop.returns import ReturnPages
from examples.flask_shop.visitors import known_shopper


def create_app(config: ShopConfig) -> Flask:
    """Create the shop, with empty books."""
    app = Flask(__name__)
    # Lax, because the way back from Clover starts on another site; Strict would lose the shopper.
    app.config.update(
        SECRET_KEY=secrets.token_bytes(),
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=True,
    )
    app.add_template_filter(dollars)
    books = Books(config.bug)
    Counter(config, books).add_to(app)
    ReturnPages(books, config.bug).add_to(app)
    BackOffice(config, books).add_to(app)

    @app.context_processor
    def shared() -> dict[str, Any]:
        """Values of every template."""
        shopper = known_shopper(books)
        lines = tuple(shopper.basket.values()) if shopper else ()
        return {
            "basket": lines,
            "bug": config.bug,
            "email": shopper.email if shopper else "",
            "places": PLACES,
            "tax_cents": sum(line.tax_cents for line in lines),
            "total_cents": total_cents(lines),
        }

    @app.after_request
    def private(response: Response) -> Response:
        """Keep the address of a return page out of caches and referrers."""
        if request.args:
            response.headers["Cache-Control"] = "no-store"
        response.headers["Content-Security-Policy"] = (
            "default-src 'none'; script-src 'self'; style-src 'self'"
        )
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    return app
