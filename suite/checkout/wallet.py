"""The test cards of a run on a provider that may decline a card which is used too often."""

from dataclasses import dataclass
from pathlib import Path

from clover import cards
from clover.cards import Card


@dataclass(frozen=True, slots=True)
class Wallet:
    """What the run's processes know of the cards.

    Attributes:
        file: a line for each event, shared by all processes of the run; None if the provider has
            no limits, so that nothing is remembered.
    """

    file: Path | None = None

    @property
    def remembers(self) -> bool:
        """Whether the provider may decline a card that is used too often."""
        return self.file is not None

    def choose(self, card: Card) -> Card:
        """Return the card, or another approved one of its brand once it is worn out."""
        worn = self._cards("worn")
        if card not in worn:
            return card
        alike = (one for one in cards.ALL if one.brand == card.brand and one not in worn)
        return next((one for one in alike if one.purpose.partition(",")[0] == "approved"), card)

    def note_approved(self, card: Card) -> None:
        """Remember that a payment by the card was approved."""
        self._note("approved", card)

    def note_declined(self, card: Card) -> str:
        """Remember a decline of an approved card.

        Returns:
            Why it says nothing about the redirect: the provider had approved the card earlier in
            this run, or the card stands for one that wore out; "" if neither is known.
        """
        approved, worn = self._cards("approved"), self._cards("worn")
        if card not in approved and not any(one.brand == card.brand for one in worn):
            return ""
        self._note("worn", card)
        other = self.choose(card)
        turned = f"the run goes on with {other}" if other != card else "no other card is left"
        why = "that it had approved earlier in this run" if card in approved else "in place of one"
        return (
            f"the provider declined {card}, {why}, as it does with a card that is used too often;"
            f" {turned}"
        )

    def _cards(self, word: str) -> set[Card]:
        text = self.file.read_text("ascii") if self.file and self.file.is_file() else ""
        return {card for card in cards.ALL if f"{word} {card.last_four}" in text.splitlines()}

    def _note(self, word: str, card: Card) -> None:
        if self.file is not None and card not in self._cards(word):
            with self.file.open("a", encoding="ascii") as file:
                file.write(f"{word} {card.last_four}\n")
