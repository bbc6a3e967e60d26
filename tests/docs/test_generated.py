"""Generated pages are current, and the generators read what the sources say."""

from pathlib import Path

import pytest

from standin.faults import CATALOGUE
from tools.docgen import fault_page, promise_page
from tools.docgen.__main__ import pages
from tools.docgen.markdown import ROOT, fill

PAGES = pages()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_generated_page_is_current(page: Path) -> None:
    """Each generated page and each generated figure is what `make docs` writes."""
    current = page.read_text(encoding="utf-8") == PAGES[page]
    assert current, f"{page.relative_to(ROOT)} is out of date: run `make docs`"


def test_fault_page_has_every_fault_once() -> None:
    """Each fault has one row with its clause, what it breaks and a test that kills it."""
    rows = [line for line in fault_page.text().splitlines() if line.startswith("| `")]

    for fault in CATALOGUE.all():
        (row,) = [row for row in rows if row.startswith(f"| `{fault.name}` |")]
        assert fault.breaks in row
        assert f"`{fault.clause}`" in row
        assert "| `test_" in row


@pytest.mark.parametrize(("marks", "sandbox"), [
    ("pytestmark = [pytest.mark.sandbox]\ndef", True),
    ("pytestmark = pytest.mark.core\ndef", False),
    ("pytestmark = pytest.mark.core\n@pytest.mark.sandbox\ndef", True),
], ids=["file", "neither", "function"])  # fmt: skip
def test_sandbox_mark_counts_on_file_and_function(marks: str, sandbox: bool) -> None:
    """A dot marks a promise if the marker ``sandbox`` is on the file or on the function."""
    (promise,) = promise_page.read_promises(f"{marks} test_a():\n    '''A.'''\n", "a.py")
    assert promise == promise_page.Promise("", "a.py::test_a", "A.", sandbox)


def test_marked_block_is_filled_in(tmp_path: Path) -> None:
    """Only the text between the marks changes; an unknown mark is an error."""
    page = tmp_path / "page.md"
    page.write_text("of <!-- generated: n -->1<!-- end --> and 1", encoding="utf-8")
    assert fill(page, {"n": "2"}) == "of <!-- generated: n -->2<!-- end --> and 1"
    with pytest.raises(KeyError):
        fill(page, {})
