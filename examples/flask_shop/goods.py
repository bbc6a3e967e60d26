"""What the shop sells; amounts are whole cents."""

from dataclasses import dataclass

#: Sales tax in Clover's unit, percent times 100,000: 7 %.
#: Source: https://docs.clover.com/reference/createcheckout
TAX_RATE = 700_000


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a basket or an order."""

    name: str
    price_cents: int
    quantity: int = 1

    @property
    def amount_cents(self) -> int:
        """Price times quantity, before tax."""
        return self.price_cents * self.quantity

    @property
    def tax_cents(self) -> int:
        """The tax on this line, half a cent up."""
        return (2 * self.amount_cents * TAX_RATE + 10_000_000) // 20_000_000


PRODUCTS = {
    "cake": Line("Chocolate cake", 1195),
    "tart": Line("Lemon tart", 1195),
    "pie": Line("Cherry pie", 775),
}
PLACES = ("Old town & harbour", "Station")


def total_cents(lines: tuple[Line, ...]) -> int:
    """Return the sum of all lines with their taxes."""
    return sum(line.amount_cents + line.tax_cents for line in lines)


def dollars(cents: int) -> str:
    """Format cents: 1279 as ``12.79``."""
    return f"{cents // 100}.{cents % 100:02d}"
