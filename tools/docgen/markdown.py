"""Markdown building blocks of the generated pages."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

ROOT = Path(__file__).parents[2]
_BLOCK = re.compile(r"(<!-- generated: ([\w-]+) -->)(.*?)(<!-- end -->)", re.DOTALL)


def render(template: str, **values: Any) -> str:
    """Return the text of a page from its template beside this module."""
    environment = Environment(  # noqa: S701 - Markdown
        loader=FileSystemLoader(Path(__file__).parent),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template(template).render(values)


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a table; bars in cells are escaped."""
    cells = [list(head), *map(list, rows)]
    lines = [f"| {' | '.join(_escape(cell) for cell in row)} |" for row in cells]
    lines.insert(1, "|---" * len(cells[0]) + "|")
    return "\n".join(lines) + "\n"


def _escape(cell: str) -> str:
    return cell.replace("|", r"\|")


def fill(page: Path, blocks: Mapping[str, str]) -> str:
    """Return the text of a page with its marked blocks filled in.

    Raises:
        KeyError: the page has a mark that no block belongs to.
    """
    text = page.read_text(encoding="utf-8")
    return _BLOCK.sub(lambda match: match[1] + blocks[match[2]] + match[4], text)
