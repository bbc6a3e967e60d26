"""Links, index, decision records, dependencies and glossary of the documentation."""

import re
from pathlib import Path

import pytest

from tests.docs.markdown import DOCS, PAGES, ROOT, anchors, code, links, sections, table

DECISIONS = sorted((DOCS / "decisions").glob("[0-9]*.md"))


def name(page: Path) -> str:
    """Return the path of a page within the project."""
    return page.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_of_a_page_lead_somewhere(page: Path) -> None:
    """Each relative link names an existing file and, after a #, an existing heading."""
    for link in links(page):
        if re.match(r"[a-z]+:", link):
            assert link.startswith("https://"), link
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


def test_every_page_is_in_the_index() -> None:
    """docs/README.md and the index of the decisions link every page of docs."""
    indexed = {
        (index.parent / link).resolve()
        for index in (DOCS / "README.md", DOCS / "decisions" / "README.md")
        for link in links(index)
    }
    generated = DOCS / "faults.md"

    missing = {page for page in DOCS.rglob("*.md") if page.name != "README.md"} - indexed
    assert missing - {generated} == set()


@pytest.mark.parametrize("page", DECISIONS, ids=name)
def test_decision_says_context_decision_and_consequence(page: Path) -> None:
    """A decision record has its number, three parts and at most 40 lines."""
    text = page.read_text(encoding="utf-8")
    assert text.startswith(f"# {page.name[:4]}: ")
    assert list(sections(page)) == ["Context", "Decision", "Consequence"]
    assert len(text.splitlines()) <= 40


def test_decisions_are_numbered_without_a_gap() -> None:
    """Decision records are numbered from 1 without a gap."""
    assert [int(page.name[:4]) for page in DECISIONS] == list(range(1, len(DECISIONS) + 1))


def test_every_dependency_has_its_reason() -> None:
    """docs/dependencies.md lists each directly required package with a reason."""
    files = (ROOT / name for name in ("requirements.txt", "requirements-dev.txt"))
    asked = (file.read_text(encoding="utf-8").partition("\n\n")[0] for file in files)
    lines = [line for text in asked for line in text.splitlines()]
    required = [re.split(r"[=\[<>~;]", line)[0] for line in lines if line and line[0] not in "#-"]
    rows = table(DOCS / "dependencies.md", "package")

    assert [code(row[0])[0] for row in rows] == sorted(required)
    assert all(row[1] and row[2] for row in rows)


def test_glossary_is_short_and_used() -> None:
    """The glossary has at most 30 terms, and the code or another page uses each of them."""
    glossary = DOCS / "glossary.md"
    terms = [row[0] for row in table(glossary, "term")]
    folders = ("clover", "standin", "landing", "pages", "suite", "records", "e2e", "tools", "docs")
    texts = [
        path.read_text(encoding="utf-8").lower().replace("\n", " ").replace("_", " ")
        for folder in folders
        for path in (ROOT / folder).rglob("*.[pm][yd]")
        if path != glossary
    ]

    assert len(terms) <= 30
    assert terms == sorted(terms)
    assert [term for term in terms if not any(term.lower() in text for text in texts)] == []


def test_figures_of_the_readme_are_in_the_pages_that_it_names() -> None:
    """Each figure in the README's evidence is in a page that its row links, or counted."""
    for claim, figure, source in table(ROOT / "README.md", "claim"):
        written = re.sub(r"<!-- generated: (?!measured).*?<!-- end -->", "", figure)
        pages = re.findall(r"\((docs/[\w-]+\.md)\)", source)
        text = "".join((ROOT / page).read_text(encoding="utf-8") for page in pages)
        for number in re.findall(r"\d[\d,.]*\d", written):
            found = re.search(rf"(?<![\d.,]){re.escape(number)}(?!\d)", text)
            assert found, f"{claim}: {number} is not in {', '.join(pages)}"
