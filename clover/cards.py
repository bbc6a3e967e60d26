"""Test cards of Clover's sandbox, named by the result of a payment.

Source: https://docs.clover.com/docs/test-card-numbers (several versions), and the official
codelab (clover/hosted-checkout-codelab) for the cards that name it.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

TEST_CARD_PAGE = "https://docs.clover.com/docs/test-card-numbers"
CODELAB = "https://github.com/clover/hosted-checkout-codelab"

_YEARS_AHEAD = 2


@dataclass(frozen=True, slots=True)
class CardDetails:
    """What a shopper enters for a card.

    Attributes:
        number: digits only. Not in the representation, like the CVV, because the output of a
            failing test may be kept.
        expiry: MM/YY.
    """

    number: str = field(repr=False)
    expiry: str
    cvv: str = field(repr=False)
    postal_code: str


@dataclass(frozen=True, slots=True)
class Card:
    """One test card.

    Attributes:
        number: digits only; not in the representation.
    """

    number: str = field(repr=False)
    brand: str
    purpose: str
    source: str = field(repr=False)

    @property
    def last_four(self) -> str:
        """The digits that may be shown."""
        return self.number[-4:]

    def details(self, *, today: date | None = None) -> CardDetails:
        """Return what to enter for this card: any future month, CVV and US zip will do.

        Args:
            today: the date to count from, by default today in UTC.
        """
        day = today or datetime.now(UTC).date()
        return CardDetails(
            number=self.number,
            expiry=f"{day.month:02d}/{(day.year + _YEARS_AHEAD) % 100:02d}",
            cvv="1234" if self.brand == "American Express" else "123",
            postal_code="94085",
        )

    def __str__(self) -> str:
        return f"{self.brand} …{self.last_four}"


def _card(number: str, brand: str, purpose: str, source: str = TEST_CARD_PAGE) -> Card:
    return Card(number.replace(" ", ""), brand, purpose, source)


APPROVED = _card("4242 4242 4242 4242", "Visa", "approved")
APPROVED_VISA_DEBIT = _card("4000 0566 5566 5556", "Visa", "approved, a debit card")
APPROVED_AMEX = _card("3782 822463 10005", "American Express", "approved")
APPROVED_AMEX_OTHER = _card("3714 496353 98431", "American Express", "approved")
APPROVED_DINERS = _card("3056 93090 25904", "Diners Club", "approved")
APPROVED_DINERS_OTHER = _card("3852 00000 23237", "Diners Club", "approved")
APPROVED_JCB = _card("3566 0020 2036 0505", "JCB", "approved")

_ANY_ZIP = "approved, with any US zip matching"
AVS_APPROVED_VISA = _card("4761 5300 0111 1126", "Visa", _ANY_ZIP)
AVS_APPROVED_MASTERCARD = _card("5204 2452 5000 3294", "Mastercard", _ANY_ZIP)
AVS_APPROVED_AMEX = _card("375186 917371 340", "American Express", _ANY_ZIP)
AVS_APPROVED_DISCOVER = _card("6011 0000 5061 7475", "Discover", _ANY_ZIP)

# The test-card page no longer lists these: an approval is likely, not documented.
WITHDRAWN_DISCOVER = _card("6011 3610 0000 6668", "Discover", "approved in 2021", CODELAB)
WITHDRAWN_DISCOVER_OTHER = _card(
    "6011 0009 9013 9424", "Discover", "approved while the page listed it"
)

PARTIALLY_APPROVED = _card(
    "4005 5780 0333 3335", "Visa", "approved for a part, which an online payment declines"
)

DECLINED = _card("4005 5717 0222 2222", "Visa", "declined, code 500")
DECLINED_VISA_OTHER = _card("4264 2815 1111 7771", "Visa", "declined")
DECLINED_MASTERCARD = _card("5424 1802 7333 3333", "Mastercard", "declined")
DECLINED_AMEX = _card("3759 876540 00004", "American Express", "declined")
DECLINED_ALL = (DECLINED, DECLINED_VISA_OTHER, DECLINED_MASTERCARD, DECLINED_AMEX)

ALL = tuple(value for value in tuple(globals().values()) if isinstance(value, Card))
