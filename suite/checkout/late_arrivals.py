"""Late arrivals: requests that reach the merchant's site after their test has ended."""

from dataclasses import dataclass, field

from clover.verdict import RedirectBug
from landing.journal import Journal
from suite.checkout.judgement import with_late_arrivals
from suite.checkout.shopper import Shopper
from suite.redirect_urls import nonce_of


@dataclass(slots=True)
class LateArrivals:
    """Remembers each finished checkout, to read the journal again at the end of the run."""

    journal: Journal
    finished: list[tuple[str, Shopper, int]] = field(default_factory=list)

    def watch_for(self, test: str, shopper: Shopper) -> None:
        """Allow no further arrival of this checkout."""
        self.finished.append((test, shopper, self.journal.mark()))

    def check(self) -> None:
        """Read the journal again.

        Raises:
            RedirectBug: a merchant's page was requested after its test had ended.
        """
        for test, shopper, mark in self.finished:
            own = {nonce_of(url) for url in shopper.checkout.urls.values()} - {""}
            late = [arrival for arrival in self.journal.since(mark) if nonce_of(arrival.url) in own]
            verdict = shopper.observer.last_verdict
            if late and verdict is not None:
                bug = RedirectBug(with_late_arrivals(verdict, late))
                bug.add_note(f"It belongs to {test}, which had ended.")
                raise bug
