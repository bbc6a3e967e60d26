"""The three outcomes of a checkout."""

from enum import StrEnum


class Outcome(StrEnum):
    """An outcome for which a merchant can configure a redirect URL.

    Source: https://docs.clover.com/dev/docs/redirecting-customers
    """

    SUCCESS = "success"
    FAILURE = "failure"
    CANCEL = "cancel"
