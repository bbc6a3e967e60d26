"""Generator of ``docs/promises.md``: the first sentence of each test's docstring.

It reads the test files and does not import them.
"""

import ast
from dataclasses import dataclass
from itertools import groupby

from tools.docgen.markdown import ROOT, render

PAGE = ROOT / "docs" / "promises.md"


@dataclass(frozen=True, slots=True)
class Promise:
    """One test function: the sentence of its file, its node id and its own sentence."""

    chapter: str
    test: str
    words: str
    sandbox: bool


def promises() -> list[Promise]:
    """Return the promises of ``e2e/``, by file."""
    files = sorted((ROOT / "e2e").glob("test_*.py"))
    sources = [(path.read_text(encoding="utf-8"), f"e2e/{path.name}") for path in files]
    return [promise for source, name in sources for promise in read_promises(source, name)]


def read_promises(source: str, name: str) -> list[Promise]:
    """Read the source of one test file."""
    module = ast.parse(source)
    assigned = [node for node in module.body if isinstance(node, ast.Assign)]
    everywhere = any("pytestmark" in ast.unparse(node) and _is_marked(node) for node in assigned)
    return [
        Promise(
            _first_sentence(module),
            f"{name}::{node.name}",
            _first_sentence(node),
            everywhere or any(map(_is_marked, node.decorator_list)),
        )
        for node in module.body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]


def _is_marked(node: ast.AST) -> bool:
    return any(
        isinstance(each, ast.Attribute) and each.attr == "sandbox" for each in ast.walk(node)
    )


def _first_sentence(node: ast.Module | ast.FunctionDef) -> str:
    words = ast.get_docstring(node) or ""
    return " ".join(words.split("\n\n")[0].split())


def text() -> str:
    """Return the page."""
    found = promises()
    chapters = groupby(found, key=lambda promise: promise.chapter)
    return render("promises.md", promises=found, chapters=chapters)
