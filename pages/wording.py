"""The words by which a shopper, and so this suite, finds things on Clover's pages.

Each list is short and documented in docs/sources.md; where the real wording is unknown
(how to cancel) it names what payment pages usually say.
"""

import re
from collections.abc import Sequence

CARD_NUMBER = ("Card Number", "Credit Card Number", "Debit or credit card number")
EXPIRY = ("MM/YY", "MM/YYYY", "Expiry", "Expiry date", "Expiration", "Expiration date", "Exp. date")
CVV = ("CVV", "CVC", "CVV2", "Security code", "Card security code")
POSTAL_CODE = ("Zip", "Zip code", "Postal code", "Zip/Postal code", "Billing zip", "Postcode")

#: What a page may ask of a shopper whom the request did not name, and what is typed there.
CUSTOMER = {
    ("First name", "Given name"): "Alex",
    ("Last name", "Family name", "Surname"): "Doe",
    ("Email", "E-mail", "Email address", "E-mail address"): "alex.doe@example.com",
}

#: The web platform's own names for the same fields, asked only where no wording fits.
AUTOCOMPLETE = {
    CARD_NUMBER: "cc-number",
    EXPIRY: "cc-exp",
    CVV: "cc-csc",
    POSTAL_CODE: "postal-code",
}

CANCEL = (
    "Cancel",
    "Cancel payment",
    "Cancel order",
    "Cancel checkout",
    "Cancel and return",
    "Cancel and go back",
    "Back",
    "Go back",
    "Leave checkout",
    "Continue shopping",
    "Exit checkout",
    "No thanks",
    "No, thanks",
)
#: Openings of a cancel link that goes on with the shop's name or "store".
CANCEL_OPENINGS = ("back to ", "return to ", "go back to ", "cancel ", "leave ")
#: Longer texts are sentences, not buttons.
LONGEST_BUTTON = 60

#: What a page asks back when somebody cancels.
SURE = ("Yes", "Yes, leave", "Yes, cancel", "Leave", "Leave page", "OK", "Confirm", "Yes, I'm sure")
#: How cookie banners are got rid of.
COOKIES = (
    "Accept all",
    "Accept all cookies",
    "Accept cookies",
    "Accept",
    "Got it",
    "Reject all",
    "Reject all cookies",
    "Only necessary",
)

CONTINUE = ("Continue", "Continue to merchant", "Return to merchant", "Continue to store")
GIVE_UP = (
    "Continue without paying",
    "Give up",
    "Give up and return",
    "Return without paying",
    "Cancel payment",
)

PAYMENT_RECEIVED = "Payment Received"
NOT_A_ROBOT = ("I'm not a robot", "I am not a robot", "Verify you are human")

_PAY = re.compile(r"pay ?(?:now )?(?:[a-z]{2})?\$ ?[0-9][0-9,]*\.[0-9]{2}(?: ?(?:usd|cad))?")
_PARENTHESES = re.compile(r"\s*\(([^)]*)\)")
_EDGES = " \t\n*:‹›«»←→<>✕×✖·|\u00a0"


def plain(text: str) -> str:
    """The words alone: no case, no arrows, stars or colons, one blank at a time."""
    words = " ".join(text.replace("’", "'").split()).casefold()
    return words.strip(_EDGES).replace(" / ", "/").replace("/ ", "/").replace(" /", "/")


def says(text: str, words: Sequence[str]) -> bool:
    """Whether ``text`` is one of ``words``, not merely holds one.

    "Expiration (MM/YY)" is both "Expiration" and "MM/YY".
    """
    wanted = {plain(word) for word in words}
    readings = [text, _PARENTHESES.sub("", text), *_PARENTHESES.findall(text)]
    return any(plain(reading) in wanted for reading in readings)


def says_pay(text: str) -> bool:
    """Whether ``text`` is a Pay button's: the word and an amount in dollars, no more."""
    return _PAY.fullmatch(plain(text)) is not None


def says_cancel(text: str) -> bool:
    """Whether ``text`` offers to leave without paying."""
    opening = plain(text).startswith(CANCEL_OPENINGS) and len(text) <= LONGEST_BUTTON
    return opening or says(text, CANCEL)
