"""docs/faults.md equals the catalogue."""

from standin.faults import CATALOGUE
from tools.docgen import fault_page


def test_page_is_the_generated_one() -> None:
    """The page is the generated one; ``make docs`` writes it."""
    assert fault_page.PAGE.read_text(encoding="utf-8") == fault_page.text()


def test_page_has_every_fault_once() -> None:
    """Each fault has one row, with its clause and what it breaks."""
    rows = [line for line in fault_page.text().splitlines() if line.startswith("| `")]

    for fault in CATALOGUE.all():
        own = [row for row in rows if row.startswith(f"| `{fault.name}` |")]
        assert len(own) == 1
        assert fault.breaks in own[0]
        assert f"`{fault.clause}`" in own[0]
