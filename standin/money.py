"""Amounts in whole cents; no floating point."""

from collections.abc import Iterable
from dataclasses import dataclass

#: A rate of 625000 means 6.25 %. Source: https://docs.clover.com/reference/createcheckout.
RATE_UNITS_PER_WHOLE = 10_000_000


@dataclass(frozen=True, slots=True)
class Tax:
    """One tax on a line; ``rate`` is percent times 100,000."""

    name: str
    rate: int

    @property
    def percent(self) -> str:
        """The rate for people, such as ``6.25%``."""
        whole, part = divmod(self.rate, 100_000)
        decimals = f"{part:05d}".rstrip("0")
        return f"{whole}.{decimals}%" if decimals else f"{whole}%"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the order."""

    name: str
    price_cents: int
    quantity: int
    note: str
    taxes: tuple[Tax, ...]

    @property
    def amount_cents(self) -> int:
        """Price times quantity, before tax."""
        return self.price_cents * self.quantity


@dataclass(frozen=True, slots=True)
class Totals:
    """The totals of an order, and each tax summed over all lines, in cents."""

    subtotal_cents: int
    taxes: tuple[tuple[Tax, int], ...]

    @property
    def total_cents(self) -> int:
        """Subtotal plus all taxes."""
        return self.subtotal_cents + sum(amount for _, amount in self.taxes)


def tax_cents(amount_cents: int, rate: int) -> int:
    """Return the tax on one line, rounded to whole cents, half a cent up.

    Rounding line by line is this project's choice; Clover's rule is unknown.
    """
    doubled = 2 * amount_cents * rate + RATE_UNITS_PER_WHOLE
    return doubled // (2 * RATE_UNITS_PER_WHOLE)


def add_up(lines: Iterable[Line]) -> Totals:
    """Sum an order; taxes of the same name and rate share a row."""
    subtotal = 0
    amounts: dict[Tax, int] = {}
    for line in lines:
        subtotal += line.amount_cents
        for tax in line.taxes:
            due = tax_cents(line.amount_cents, tax.rate)
            amounts[tax] = amounts.get(tax, 0) + due
    return Totals(subtotal, tuple(amounts.items()))


def dollars(cents: int) -> str:
    """Format cents: ``500`` as ``$5.00``, ``123456`` as ``$1,234.56``."""
    return f"${cents // 100:,}.{cents % 100:02d}"
