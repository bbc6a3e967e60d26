"""The shop's own pages: products, basket, and the Buy button's way to Clover."""

from dataclasses import replace
from http import HTTPStatus

from flask import Flask, abort, current_app, redirect, render_template, request
from werkzeug.wrappers import Response

from examples.flask_shop.books import Books
from examples.flask_shop.checkouts import CheckoutUnavailable, create_session, return_urls
from examples.flask_shop.config import ShopConfig
from examples.flask_shop.goods import PLACES, PRODUCTS
from examples.flask_shop.visitors import welcome


class Counter:
    """The pages before the payment."""

    def __init__(self, config: ShopConfig, books: Books) -> None:
        self._config = config
        self._bug = config.bug
        self._books = books

    def add_to(self, app: Flask) -> None:
        """Register the pages."""
        app.get("/")(self.products)
        app.post("/basket")(self.add)
        app.get("/basket")(self.basket)
        app.post("/basket/empty")(self.empty)
        app.post("/redirects")(self.redirects)

    def products(self) -> str:
        """Show what the shop sells."""
        return render_template("products.html", products=PRODUCTS)

    def add(self) -> Response:
        """Put a product into the basket."""
        product = PRODUCTS.get(request.form["product"])
        if product is None:
            abort(HTTPStatus.NOT_FOUND)
        if message := request.form.get("message"):
            product = replace(product, name=f"{product.name} with “{message}”")
        welcome(self._books).add(product)
        return redirect("/basket", HTTPStatus.SEE_OTHER)

    def basket(self) -> str:
        """Show the basket and the Buy button."""
        return render_template("basket.html")

    def empty(self) -> Response:
        """Empty the basket."""
        welcome(self._books).basket.clear()
        return redirect("/basket", HTTPStatus.SEE_OTHER)

    def redirects(self) -> Response | tuple[str, int]:
        """Create an order and its session, and send the shopper to Clover's page."""
        shopper = welcome(self._books)
        shopper.email, place = request.form.get("email", ""), request.form.get("place")
        # A second click waits here, and then gets the session of the first.
        with shopper.buying:
            if not shopper.basket:
                return redirect("/basket", HTTPStatus.SEE_OTHER)
            place = place if place in PLACES else PLACES[0]
            order = self._books.order_for(shopper, shopper.email, place)
            checkout = order.open_session(self._bug)
            if checkout is None:
                urls = return_urls(
                    self._origin(), order.number, order.place, order.email, self._bug
                )
                try:
                    checkout = create_session(self._config, order.email, order.lines, urls)
                except CheckoutUnavailable as problem:
                    current_app.logger.warning("No checkout session: %s", problem)
                    return render_template("unavailable.html", problem=problem), 502
                self._books.attach(order, checkout)
            if self._bug == "basket-emptied-on-buy":
                shopper.basket.clear()
        # 303 makes the browser request Clover's page with GET.
        return redirect(checkout.href, HTTPStatus.SEE_OTHER)

    def _origin(self) -> str:
        """Return the shop's address in the redirect URLs."""
        if self._bug == "address-from-header":
            return f"https://{request.headers.get('X-Forwarded-Host', request.host)}"
        if self._bug == "address-from-caller":
            return request.form["return_to"] or self._config.public_url
        if self._bug == "address-of-server":
            return self._config.own_url
        return self._config.public_url
