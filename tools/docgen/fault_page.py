"""Generator of ``docs/faults.md`` from the fault catalogue and the kill matrix."""

from collections import Counter

from clover.verdict import CLAUSES
from standin.faults import CATALOGUE, FAMILIES
from standin.faults.fault import ASSERTION
from standin.faults.reports import CLASSES
from tools.docgen.markdown import ROOT, render
from tools.faults.kill_matrix import KillMatrix

PAGE = ROOT / "docs" / "faults.md"


def text() -> str:
    """Return the page."""
    faults = CATALOGUE.all()
    return render(
        "faults.md",
        faults=faults,
        families=FAMILIES,
        clauses=(*CLAUSES, ASSERTION),
        must_break=Counter(fault.clause for fault in faults),
        may_break=Counter(clause for fault in faults for clause in fault.browser_clauses),
        classes=CLASSES,
        matrix=KillMatrix.load(),
    )
