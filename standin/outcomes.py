"""The three ways a checkout can end, and the URLs that belong to them."""

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """How a checkout ended for the shopper."""

    SUCCESS = "success"
    FAILURE = "failure"
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class RedirectUrls:
    """One URL per outcome, as the merchant wrote it; None where the merchant gave none."""

    success: str | None = None
    failure: str | None = None
    cancel: str | None = None

    def of(self, outcome: Outcome) -> str | None:
        """The URL of one outcome."""
        if outcome is Outcome.SUCCESS:
            return self.success
        return self.failure if outcome is Outcome.FAILURE else self.cancel

    @property
    def any(self) -> bool:
        """Whether there is a URL at all."""
        return bool(self.success or self.failure or self.cancel)


NO_URLS = RedirectUrls()
