"""The test cards of a run on a provider that may decline a card which is used too often."""

from collections.abc import Collection
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
        asks: whether the run may pay to find out why a card is declined at its first use.
    """

    file: Path | None = None
    asks: bool = True

    @property
    def remembers(self) -> bool:
        """Whether the provider may decline a card that is used too often."""
        return self.file is not None

    def choose(self, card: Card) -> Card:
        """Return the card, or another approved one of its brand once it is worn out."""
        worn = self._cards("worn")
        return card if card not in worn else self._alike(card, worn) or card

    def another(self, card: Card) -> Card:
        """Return another approved card, if possible of the brand."""
        others = (one for one in (cards.APPROVED, cards.APPROVED_VISA_DEBIT) if one != card)
        return self._alike(card, {card, *self._cards("worn")}) or next(others)

    @staticmethod
    def _alike(card: Card, worn: Collection[Card]) -> Card | None:
        alike = (one for one in cards.ALL if one.brand == card.brand and one not in worn)
        return next((one for one in alike if one.purpose.partition(",")[0] == "approved"), None)

    def has_asked(self, card: Card | None) -> bool:
        """Whether the run has asked why this card is declined; None stands for every card."""
        return f"asked {card.last_four if card else 'all'}" in self._lines()

    def note_asked(self, card: Card | None) -> None:
        """Remember that the run has asked, or that every card is declined."""
        self._write(f"asked {card.last_four if card else 'all'}")

    def note_worn(self, card: Card) -> None:
        """Remember that the provider does not take the card."""
        self._write(f"worn {card.last_four}")

    def note_approved(self, card: Card) -> None:
        """Remember that a payment by the card was approved."""
        self._write(f"approved {card.last_four}")

    def note_declined(self, card: Card) -> str:
        """Remember a decline of an approved card.

        Returns:
            Why it says nothing about the redirect: the provider had approved the card earlier in
            this run, or the card stands for one that wore out; "" if neither is known.
        """
        approved, worn = self._cards("approved"), self._cards("worn")
        if card not in approved and not any(one.brand == card.brand for one in worn):
            return ""
        self.note_worn(card)
        other = self.choose(card)
        turned = f"the run goes on with {other}" if other != card else "no other card is left"
        why = "that it had approved earlier in this run" if card in approved else "in place of one"
        return (
            f"the provider declined {card}, {why}, as it does with a card that is used too often;"
            f" {turned}"
        )

    def _cards(self, word: str) -> set[Card]:
        lines = self._lines()
        return {card for card in cards.ALL if f"{word} {card.last_four}" in lines}

    def _lines(self) -> list[str]:
        there = self.file and self.file.is_file()
        return self.file.read_text("ascii").splitlines() if self.file and there else []

    def _write(self, line: str) -> None:
        if self.file is not None and line not in self._lines():
            with self.file.open("a", encoding="ascii") as file:
                file.write(f"{line}\n")
