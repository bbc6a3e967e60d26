"""Generator of the table “who decides what”: clause, deciding code and its tests."""

import ast
from collections.abc import Iterator

from clover.verdict import CLAUSES
from tools.docgen.markdown import ROOT, table


def text() -> str:
    """Return the table."""
    tests = {
        path.name: path.read_text(encoding="utf-8")
        for path in sorted((ROOT / "tests" / "clover").glob("test_*.py"))
    }
    rows = [
        (
            f"`{clause}`",
            ", ".join(_deciding(clause)),
            ", ".join(f"`{name}`" for name, text in tests.items() if f'"{clause}"' in text),
        )
        for clause in CLAUSES
    ]
    return "\n" + table(("clause", "decided by, in `clover/`", "tests, in `tests/clover/`"), rows)


def _deciding(clause: str) -> Iterator[str]:
    """Yield each module with the functions and constants that name the clause."""
    for path in sorted((ROOT / "clover").glob("*.py")):
        names = [
            node.name if isinstance(node, ast.FunctionDef) else ast.unparse(node.targets[0])
            for node in ast.parse(path.read_text(encoding="utf-8")).body
            if isinstance(node, ast.FunctionDef | ast.Assign) and _names(node, clause)
        ]
        if names and names != ["CLAUSES"]:
            yield f"`{path.name}`: {', '.join(f'`{name}`' for name in names)}"


def _names(node: ast.AST, clause: str) -> bool:
    return any(isinstance(each, ast.Constant) and each.value == clause for each in ast.walk(node))
