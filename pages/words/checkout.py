"""Words on Clover's hosted checkout page.

docs/sources.md explains each list; English words come first, then French ones. Where the real
wording is unknown (how to cancel, what a decline says) the list has what payment pages usually say.
"""

import re

from pages.words.matching import begins, mentions, plain, says

CARD_NUMBER = (
    "Card Number",
    "Credit Card Number",
    "Debit or credit card number",
    "Numéro de carte",
    "Numéro de la carte",
)
EXPIRY = (
    "MM/YY",
    "MM/YYYY",
    "Expiry",
    "Expiry date",
    "Expiration",
    "Expiration date",
    "Exp. date",
    "MM/AA",
    "MM/AAAA",
    "Date d'expiration",
)
CVV = (
    "CVV",
    "CVC",
    "CVV2",
    "Security code",
    "Card security code",
    "Code de sécurité",
    "Cryptogramme",
    "Code CVV",
)
POSTAL_CODE = (
    "Zip",
    "Zip code",
    "Postal code",
    "Zip/Postal code",
    "Billing zip",
    "Postcode",
    "Code postal",
)

#: Fields that a page may show for a customer whom the request did not name, and what to type.
CUSTOMER = {
    ("First name", "Given name", "Prénom"): "Alex",
    ("Last name", "Family name", "Surname", "Nom", "Nom de famille"): "Doe",
    ("Email", "Email address", "Courriel", "Adresse courriel"): "alex.doe@example.com",
}

#: Words on the Pay button; an amount in dollars follows them.
PAY = ("Pay", "Pay now", "Payer", "Payer maintenant")
#: Cancel links that begin with none of ``CANCEL_OPENINGS``.
CANCEL = (
    "Cancel",
    "Back",
    "Go back",
    "Continue shopping",
    "Exit checkout",
    "No thanks",
    "No, thanks",
    "Annuler",
    "Retour",
    "Continuer mes achats",
    "Non merci",
    "Non, merci",
)
#: First words of a cancel link that continues with the shop's name or "store".
CANCEL_OPENINGS = (
    "back to ",
    "return to ",
    "go back to ",
    "cancel ",
    "leave ",
    "retour à ",
    "retourner à ",
    "revenir à ",
    "annuler ",
)
#: A longer text is a sentence, not a button.
LONGEST_BUTTON = 60

#: Answers to a dialog that asks the shopper to confirm the cancellation.
SURE = (
    "Yes",
    "Yes, leave",
    "Yes, cancel",
    "Leave",
    "Leave page",
    "OK",
    "Confirm",
    "Yes, I'm sure",
    "Oui",
    "Oui, quitter",
    "Oui, annuler",
    "Quitter",
    "Confirmer",
)
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
    "Tout accepter",
    "Accepter",
    "Tout refuser",
)

CONTINUE = (
    "Continue",
    "Continue to merchant",
    "Return to merchant",
    "Continue to store",
    "Continuer",
    "Retour au marchand",
)
GIVE_UP = (
    "Continue without paying",
    "Give up",
    "Give up and return",
    "Return without paying",
    "Cancel payment",
    "Continuer sans payer",
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
    "refusé",
    "refusée",
    "rejeté",
    "rejetée",
    "échoué",
    "non autorisé",
    "non autorisée",
    "n'a pas pu",
    "n'a pas été",
    "fonds insuffisants",
    "provision insuffisante",
    "autre carte",
    "autre mode de paiement",
    "réessayer",
    "réessayez",
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
    "Traitement en cours",
    "Veuillez patienter",
    "Un instant",
    "Chargement",
    "Vérification en cours",
    "Autorisation en cours",
    "Redirection",
)
NOT_A_ROBOT = (
    "I'm not a robot",
    "I am not a robot",
    "Verify you are human",
    "Je ne suis pas un robot",
)

_ENGLISH_AMOUNT = r"(?:[a-z]{2})?\$ ?[0-9][0-9,]*\.[0-9]{2}(?: ?(?:usd|cad))?"
_FRENCH_AMOUNT = r"[0-9][0-9 ]*,[0-9]{2} ?\$(?: ?(?:us|ca))?"
_AMOUNT = rf"(?:{_ENGLISH_AMOUNT}|{_FRENCH_AMOUNT})"


def says_pay(text: str) -> bool:
    """Whether ``text`` is a Pay button's: its words and an amount in dollars, no more."""
    words = "|".join(re.escape(plain(word)) for word in PAY)
    return re.fullmatch(rf"(?:{words}) ?{_AMOUNT}", plain(text)) is not None


def amount_of(text: str) -> str:
    """Return the first amount in a text as "1234.50", or ""."""
    found = re.search(_AMOUNT, plain(text))
    digits = re.sub(r"[^0-9]", "", found[0]) if found else ""
    return f"{digits[:-2]}.{digits[-2:]}" if digits else ""


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
