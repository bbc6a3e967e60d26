"""Shoppers by their session cookie."""

from flask import session

from examples.flask_shop.books import Books, Shopper


def known_shopper(books: Books) -> Shopper | None:
    """Return the shopper of the session cookie, if there is one."""
    return books.shoppers.get(session.get("shopper", ""))


def welcome(books: Books) -> Shopper:
    """Return the shopper of the session cookie; a new one gets a cookie."""
    shopper = known_shopper(books) or books.new_shopper()
    session["shopper"] = shopper.id
    return shopper
