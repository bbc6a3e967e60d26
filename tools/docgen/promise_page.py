"""Generator of ``docs/promises.md``: the first sentence of each test's docstring.

It reads the test files and does not import them.
"""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "promises.md"

HEAD = """# What the suite holds

Generated from the docstrings of `e2e/` by `make docs`: change those instead.

{promises} promises, {sandbox} of which may be tried on a sandbox too (marked with a dot). Each is
one test function; most are tried with several cards, outcomes, URLs or devices, so that a run has
several times as many tests.
"""


@dataclass(frozen=True, slots=True)
class Promise:
    """One test function: what it says, and whether it may run on a sandbox."""

    words: str
    sandbox: bool


@dataclass(frozen=True, slots=True)
class Chapter:
    """One file of tests, with the promise that all of them serve."""

    words: str
    promises: Sequence[Promise]


def chapters() -> list[Chapter]:
    """Every file of ``e2e/`` that holds tests, by name."""
    files = sorted((ROOT / "e2e").glob("test_*.py"))
    return [_chapter(ast.parse(path.read_text(encoding="utf-8"))) for path in files]


def _chapter(module: ast.Module) -> Chapter:
    everywhere = any(
        isinstance(node, ast.Assign) and "pytestmark" in ast.unparse(node) and _is_marked(node)
        for node in module.body
    )
    tests = [
        node
        for node in module.body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]
    return Chapter(
        _first_sentence(module),
        [
            Promise(_first_sentence(test), everywhere or any(map(_is_marked, test.decorator_list)))
            for test in tests
        ],
    )


def _is_marked(node: ast.AST) -> bool:
    return any(
        isinstance(each, ast.Attribute) and each.attr == "sandbox" for each in ast.walk(node)
    )


def _first_sentence(node: ast.Module | ast.FunctionDef) -> str:
    words = ast.get_docstring(node) or ""
    return " ".join(words.split("\n\n")[0].split())


def text() -> str:
    """The page."""
    found = chapters()
    promises = [promise for chapter in found for promise in chapter.promises]
    head = HEAD.format(promises=len(promises), sandbox=sum(each.sandbox for each in promises))
    return "\n".join([head, *(line for chapter in found for line in _lines(chapter))])


def _lines(chapter: Chapter) -> Iterator[str]:
    yield f"## {chapter.words.removesuffix('.')}\n"
    yield from (f"* {'• ' if each.sandbox else ''}{each.words}" for each in chapter.promises)
    yield ""
