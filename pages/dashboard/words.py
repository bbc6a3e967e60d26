"""The words by which a merchant, and so this suite, finds the way through the dashboard.

The first of each list is the documented one; the others are what dashboards usually say.
Source: https://docs.clover.com/dev/docs/redirecting-customers
"""

import re
from collections.abc import Sequence

from pages.wording import plain

EMAIL = ("Email", "Email address", "E-mail", "E-mail address", "Username", "Email or username")
PASSWORD = ("Password", "Your password")
LOG_IN = ("Log in", "Login", "Sign in", "Continue", "Next", "Submit")
LOG_OUT = ("Log out", "Logout", "Sign out")

SANDBOX = ("Sandbox", "Sandbox mode", "Sandbox environment", "Switch to Sandbox", "Use Sandbox")
TEST_MERCHANTS = ("Test Merchants", "Test Merchant")
LAUNCH_DASHBOARD = ("Launch Dashboard", "Launch Merchant Dashboard", "Launch")

SETTINGS = ("Settings",)
VIEW_ALL_SETTINGS = ("View all settings", "All settings")
ECOMMERCE = ("Ecommerce", "E-commerce")
HOSTED_CHECKOUT = ("Hosted Checkout",)
REDIRECT_URLS = ("Redirect URLs", "Redirect URL")
SAVE = ("Save", "Save changes", "Save settings", "Update")

#: Outcome -> the words that name its field, by themselves or among others ("Success URL").
OUTCOMES = {
    "success": ("success", "successful"),
    "failure": ("failure", "failed", "fail", "declined", "unsuccessful"),
    "cancel": ("cancel", "canceled", "cancelled", "cancellation"),
}

#: What a dashboard that does not trust a sign-in asks for.
SECOND_FACTOR = (
    "verification code",
    "security code",
    "one-time",
    "two-factor",
    "two-step",
    "2-step",
    "authenticator",
    "verify it's you",
    "verify your identity",
)

_LETTERS = re.compile(r"[^\W\d_]+")


def same(text: str) -> str:
    """What stays the same where only spelling differs: case, marks, and the dash in e-commerce."""
    return plain(text).replace("e-commerce", "ecommerce").replace("e-mail", "email")


def says(text: str, words: Sequence[str]) -> bool:
    """Whether ``text`` is one of ``words``, not merely holds one."""
    return same(text) in {same(word) for word in words}


def begins(text: str, words: Sequence[str]) -> bool:
    """Whether ``text`` begins with one of ``words`` and goes on: "Settings (opens a panel)"."""
    return any(re.match(re.escape(same(word)) + r"\b", same(text)) for word in words)


def mentions(text: str, words: Sequence[str]) -> bool:
    """Whether one of ``words`` stands in ``text`` as a whole word."""
    return not set(words).isdisjoint(_LETTERS.findall(text.casefold()))


def asks_for_more(text: str) -> bool:
    """Whether ``text`` asks for a second factor."""
    return any(words in plain(text) for words in SECOND_FACTOR)
