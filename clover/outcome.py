"""How a checkout ends."""

from enum import StrEnum


class Outcome(StrEnum):
    """The three ends for which a merchant can name a redirect URL.

    Source: https://docs.clover.com/dev/docs/redirecting-customers
    """

    SUCCESS = "success"
    FAILURE = "failure"
    CANCEL = "cancel"
