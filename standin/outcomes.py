"""The three outcomes of a checkout and their redirect URLs."""

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """How a checkout ended for the shopper."""

    SUCCESS = "success"
    FAILURE = "failure"
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class RedirectUrls:
    """One URL per outcome, exactly as the merchant wrote it; None if not configured."""

    success: str | None = None
    failure: str | None = None
    cancel: str | None = None

    def of(self, outcome: Outcome) -> str | None:
        """The URL of one outcome."""
        url: str | None = getattr(self, outcome)
        return url

    @property
    def any(self) -> bool:
        """Whether at least one URL is configured."""
        return bool(self.success or self.failure or self.cancel)


NO_URLS = RedirectUrls()
