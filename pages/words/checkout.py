"""Words on Clover's hosted checkout page.

docs/sources.md explains each list. Where the real wording is unknown (how to cancel, what a
decline says) the list has what payment pages usually say.
"""

import re

from pages.words.matching import begins, mentions, plain, says

CARD_NUMBER = ("Card Number", "Credit Card Number", "Debit or credit card number")
EXPIRY = ("MM/YY", "MM/YYYY", "Expiry", "Expiry date", "Expiration", "Expiration date", "Exp. date")
CVV = ("CVV", "CVC", "CVV2", "Security code", "Card security code")
POSTAL_CODE = ("Zip", "Zip code", "Postal code", "Zip/Postal code", "Billing zip", "Postcode")

#: Fields that a page may show for a customer whom the request did not name, and what to type.
CUSTOMER = {
    ("First name", "Given name"): "Alex",
    ("Last name", "Family name", "Surname"): "Doe",
    ("Email", "Email address"): "alex.doe@example.com",
}

#: Words on the Pay button; an amount in dollars follows them.
PAY = ("Pay", "Pay now")
#: Cancel links that begin with none of ``CANCEL_OPENINGS``.
CANCEL = (
    "Cancel",
    "Back",
    "Go back",
    "Continue shopping",
    "Exit checkout",
    "No thanks",
    "No, thanks",
)
#: First words of a cancel link that continues with the shop's name or "store".
CANCEL_OPENINGS = ("back to ", "return to ", "go back to ", "cancel ", "leave ")
#: A longer text is a sentence, not a button.
LONGEST_BUTTON = 60

#: Answers to a dialog that asks the shopper to confirm the cancellation.
SURE = ("Yes", "Yes, leave", "Yes, cancel", "Leave", "Leave page", "OK", "Confirm", "Yes, I'm sure")
#: Buttons that close a cookie banner.
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
#: Phrases of a message that tells the shopper about a decline.
DECLINED = (
    "declined",
    "refused",
    "rejected",
    "denied",
    "failed",
    "unsuccessful",
    "not successful",
    "not approved",
    "not authorized",
    "not accepted",
    "not completed",
    "not processed",
    "not go through",
    "didn't go through",
    "could not",
    "couldn't",
    "unable to",
    "not been charged",
    "insufficient funds",
    "another card",
    "different card",
    "another payment method",
    "try again",
)
#: First words of a message that is shown while the page works or redirects.
IN_PROGRESS = (
    "Processing",
    "Please wait",
    "One moment",
    "Loading",
    "Verifying",
    "Authorizing",
    "Taking you",
    "Redirecting",
    "Returning you",
)
NOT_A_ROBOT = ("I'm not a robot", "I am not a robot", "Verify you are human")

_AMOUNT = r"(?:[a-z]{2})?\$ ?[0-9][0-9,]*\.[0-9]{2}(?: ?(?:usd|cad))?"


def says_pay(text: str) -> bool:
    """Whether ``text`` is a Pay button's: its words and an amount in dollars, no more."""
    words = "|".join(re.escape(plain(word)) for word in PAY)
    return re.fullmatch(rf"(?:{words}) ?{_AMOUNT}", plain(text)) is not None


def amount_of(text: str) -> str:
    """Return the amount in a Pay button's text, without currency and commas, or ""."""
    found = re.search(_AMOUNT, plain(text))
    return re.sub(r"[^0-9.]", "", found[0]) if found else ""


def says_cancel(text: str) -> bool:
    """Whether ``text`` offers to leave without paying."""
    opening = plain(text).startswith(CANCEL_OPENINGS) and len(text) <= LONGEST_BUTTON
    return opening or says(text, CANCEL)


def says_declined(text: str) -> bool:
    """Whether ``text`` tells the shopper about a decline."""
    return mentions(text, DECLINED)


def decline_pattern() -> re.Pattern[str]:
    """Return a pattern for a locator of the message about a decline."""
    phrases = "|".join(re.escape(phrase) for phrase in DECLINED)
    return re.compile(phrases.replace("'", "['’]"), re.IGNORECASE)


def says_in_progress(text: str) -> bool:
    """Whether ``text`` only says that the page is busy."""
    return begins(text, IN_PROGRESS)
