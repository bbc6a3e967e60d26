"""Readers of the documentation's Markdown."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"

FOLDERS = (DOCS, ROOT / ".github", ROOT / "examples")
PAGES = sorted(page for folder in FOLDERS for page in folder.rglob("*.md"))

_CODE = re.compile(r"`([^`]+)`")
_FENCE = re.compile(r"^(```)(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)\s]+)\)")


def table(page: Path, first_heading: str) -> list[list[str]]:
    """Return the rows of the table whose first column has this heading."""
    lines = page.read_text(encoding="utf-8").splitlines()
    start = next(
        (n for n, line in enumerate(lines) if line.startswith(f"| {first_heading} |")), None
    )
    assert start is not None, f"{page.name} has no table headed “{first_heading}”"
    rows = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]])
    return rows


def code(text: str) -> list[str]:
    """Return the texts in backticks."""
    return _CODE.findall(text)


def fences(page: Path, language: str) -> list[str]:
    """Return the fenced blocks of one language."""
    text = page.read_text(encoding="utf-8")
    return [body for _, kind, body in _FENCE.findall(text) if kind == language]


def sections(page: Path) -> dict[str, str]:
    """Return the text below each heading of the second level."""
    parts = re.split(r"^## (.+)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def links(page: Path) -> Iterator[str]:
    """Yield the targets of links outside fenced blocks."""
    text = _FENCE.sub("", page.read_text(encoding="utf-8"))
    yield from _LINK.findall(text)
    yield from re.findall(r"^\[[^\]]+\]: (\S+)$", text, flags=re.MULTILINE)


def anchors(page: Path) -> set[str]:
    """Return the link names of a page's headings."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
