"""The Merchant Dashboard of the rehearsal provider: a sign-in and four pages of links."""

import uuid
from dataclasses import dataclass, field

from flask import Blueprint, redirect, request
from markupsafe import escape
from werkzeug.wrappers import Response

PATH = "/merchant-dashboard"
EMAIL, PASSWORD = "owner@shop.example", "open sesame"
COOKIE = "desk"
_SIGN_IN = """<!doctype html><h1>Sign in</h1><p role="alert">{alert}</p><form method="post">
<p><label>Email <input name="email"></label></p>
<p><label>Password <input name="password" type="password"></label></p>
<button>Log in</button></form>"""
_SECOND_FACTOR = """<!doctype html><h1>One more step</h1>
<p><label>Verification code <input name="code"></label></p>"""
_STEPS = {
    "": '<h1>Shop</h1><a href="{path}/panel">Settings</a>',
    "/panel": '<h1>Shop</h1><a href="{path}/all">View all settings</a>',
    "/all": '<h1>All settings</h1><h2>Ecommerce</h2><a href="{path}/urls">Hosted Checkout</a>',
}
_URLS = """<!doctype html><h1>Hosted Checkout</h1><p role="alert">{alert}</p>
<h2>Redirect URLs</h2><form method="post">{fields}<button>Save</button></form>"""
_FIELD = '<p><label>{} URL <input name="{}" value="{}"></label></p>'


@dataclass(slots=True)
class Dashboard:
    """What a merchant sees after the sign-in.

    Attributes:
        urls: the redirect URLs by outcome, which win over those of a request.
        refuses_braces: whether a URL with a brace is not saved.
        open: sessions whose hosted page is open, and was neither paid nor left.
        open_when_saved: how many those were at each change of the URLs.
        second_factor: whether a code is asked for after the password.
        cookies: of the sign-ins that are still valid.
    """

    urls: dict[str, str] = field(default_factory=dict)
    refuses_braces: bool = False
    open: set[str] = field(default_factory=set)
    open_when_saved: list[int] = field(default_factory=list)
    second_factor: bool = False
    cookies: set[str] = field(default_factory=set)

    def pages(self) -> Blueprint:
        """Return its pages."""
        pages = Blueprint("dashboard", __name__, url_prefix=PATH)
        pages.add_url_rule("", "enter", self._enter, methods=["POST"])
        for step in (*_STEPS, "/urls"):
            pages.add_url_rule(step, f"step{step}", self._show, methods=["GET"])
        pages.add_url_rule("/urls", "save", self._save, methods=["POST"])
        return pages

    def _enter(self) -> str | Response:
        if (request.form["email"], request.form["password"]) != (EMAIL, PASSWORD):
            return _SIGN_IN.format(alert="Wrong email or password.")
        if self.second_factor:
            return _SECOND_FACTOR
        cookie = uuid.uuid4().hex
        self.cookies.add(cookie)
        answer = redirect(PATH, 303)
        answer.set_cookie(COOKIE, cookie)
        return answer

    def _show(self) -> str:
        if request.cookies.get(COOKIE) not in self.cookies:
            return _SIGN_IN.format(alert="")
        step = request.path.removeprefix(PATH)
        if step in _STEPS:
            return "<!doctype html>" + _STEPS[step].format(path=PATH)
        return self._urls()

    def _save(self) -> str:
        if self.refuses_braces and any("{" in url for url in request.form.values()):
            return self._urls("A URL must not contain braces.")
        self.urls = {outcome: url for outcome, url in request.form.items() if url}
        self.open_when_saved.append(len(self.open))
        return self._urls()

    def _urls(self, alert: str = "") -> str:
        rows = (
            _FIELD.format(outcome.capitalize(), outcome, escape(self.urls.get(outcome, "")))
            for outcome in ("success", "failure", "cancel")
        )
        return _URLS.format(alert=alert, fields="".join(rows))
