"""Generator of ``docs/faults.md`` from the fault catalogue."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType

from clover.verdict import CLAUSES
from standin.faults import CATALOGUE, FAMILIES
from standin.faults.fault import ASSERTION, Fault
from standin.faults.reports import CLASSES

PAGE = Path(__file__).parents[2] / "docs" / "faults.md"

HEAD = """\
# The fault catalogue

Generated from the catalogue in `standin/faults/` by `make docs`: change that instead.

The stand-in can be wrong on purpose in {number} ways. One build holds them all; `--fault NAME`
switches one on for a run, a case file or a test for one merchant. `make faults` proves that each
turns the end-to-end tests red, by a violation of the clause that stands here. Where the clause is
*assertion* the fault is in the create call, the dashboard or the page itself and nobody is
redirected to the merchant: a test's own assertion sees it.

A fault either acts whenever it can, or under the condition that is written in italics. Those that
act every so manieth time do so by counting, not by chance, so that a hunt always ends alike.
"""


def text() -> str:
    """The page."""
    parts = [HEAD.format(number=len(CATALOGUE.all())), _clauses()]
    parts += [_family(family) for family in FAMILIES]
    return "\n".join([*parts, _classes()])


def _clauses() -> str:
    rows = []
    for clause in (*CLAUSES, ASSERTION):
        first = sum(fault.clause == clause for fault in CATALOGUE.all())
        also = sum(clause in _others(fault) for fault in CATALOGUE.all())
        rows.append((f"`{clause}`", str(first), str(also)))
    head = ("clause", "faults it must catch", "others that may break it as well")
    return "## By clause\n\n" + _table(head, rows)


def _family(family: ModuleType) -> str:
    title = family.__name__.rpartition(".")[2].replace("_", " ").replace("api", "the API")
    words = (family.__doc__ or "").strip()
    rows = [_row(fault) for fault in family.FAULTS]
    head = ("fault", "what goes wrong", "clause", "why it is likely", "source")
    return f"## {title[0].upper()}{title[1:]}\n\n{words}\n\n{_table(head, rows)}"


def _row(fault: Fault) -> tuple[str, ...]:
    acts = f"; *{fault.condition}*" if fault.condition else ""
    also = "".join(f", `{clause}`" for clause in _others(fault))
    clause = f"`{fault.clause}`{also}"
    return f"`{fault.name}`", f"{fault.breaks}{acts}", clause, fault.why, fault.source


def _others(fault: Fault) -> tuple[str, ...]:
    return tuple(clause for clause in fault.browser_clauses if clause != fault.clause)


def _classes() -> str:
    rows = [
        (each.words, "; ".join(each.reports), ", ".join(f"`{name}`" for name in each.faults))
        for each in CLASSES
    ]
    head = ("kind of bug", "seen in", "faults that imitate it")
    return "## Bugs reported in public\n\n" + _table(head, rows)


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    return "\n".join(_lines(tuple(head), rows)) + "\n"


def _lines(head: tuple[str, ...], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield "|---" * len(head) + "|"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"
