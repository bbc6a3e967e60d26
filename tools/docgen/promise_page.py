"""Generator of ``docs/promises.md``: the first sentence of each test's docstring.

It reads the test files and does not import them.
"""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tools.docgen.markdown import ROOT

PAGE = ROOT / "docs" / "promises.md"

HEAD = """# Promises

Generated from the docstrings of `e2e/` by `make docs`; edit the docstrings.

The suite checks {promises} promises. A dot marks the {sandbox} that can also run on a sandbox. Each
promise is one test function. Most run with several cards, outcomes, URLs or devices.
"""


@dataclass(frozen=True, slots=True)
class Promise:
    """One test function: its node id, its sentence, and whether it may run on a sandbox."""

    test: str
    words: str
    sandbox: bool


@dataclass(frozen=True, slots=True)
class Chapter:
    """One file of tests: the sentence of its module and its promises."""

    words: str
    promises: Sequence[Promise]


def chapters() -> list[Chapter]:
    """Return the test files of ``e2e/``, sorted by name."""
    files = sorted((ROOT / "e2e").glob("test_*.py"))
    return [read_chapter(path.read_text(encoding="utf-8"), f"e2e/{path.name}") for path in files]


def read_chapter(source: str, name: str) -> Chapter:
    """Read the source of one test file."""
    module = ast.parse(source)
    everywhere = any(
        isinstance(node, ast.Assign) and "pytestmark" in ast.unparse(node) and _is_marked(node)
        for node in module.body
    )
    promises = [
        Promise(
            f"{name}::{node.name}",
            _first_sentence(node),
            everywhere or any(map(_is_marked, node.decorator_list)),
        )
        for node in module.body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]
    return Chapter(_first_sentence(module), promises)


def _is_marked(node: ast.AST) -> bool:
    return any(
        isinstance(each, ast.Attribute) and each.attr == "sandbox" for each in ast.walk(node)
    )


def _first_sentence(node: ast.Module | ast.FunctionDef) -> str:
    words = ast.get_docstring(node) or ""
    return " ".join(words.split("\n\n")[0].split())


def promises() -> list[Promise]:
    """Return the promises of all files."""
    return [promise for chapter in chapters() for promise in chapter.promises]


def text() -> str:
    """Return the page."""
    found = promises()
    head = HEAD.format(promises=len(found), sandbox=sum(each.sandbox for each in found))
    return "\n".join([head, *(line for chapter in chapters() for line in _lines(chapter))])


def _lines(chapter: Chapter) -> Iterator[str]:
    yield f"## {chapter.words.removesuffix('.')}\n"
    yield from (f"* {'• ' if each.sandbox else ''}{each.words}" for each in chapter.promises)
    yield ""
