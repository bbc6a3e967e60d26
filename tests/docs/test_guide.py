"""The guides name what exists, and all of it."""

import ast
import importlib
import re
from pathlib import Path

import pytest

from suite.cases.case import Case, parse_case
from suite.reporting.categories import CATEGORIES
from suite.settings.raw_settings import NAMES
from tests.docs.markdown import DOCS, PAGES, ROOT, code, fences, table

GUIDE = DOCS / "guide"
CASES = fences(GUIDE / "writing-a-case.md", "toml")


def first_codes(page: str, heading: str) -> list[str]:
    """The code words in the first column of a table of the guide."""
    return [word for row in table(GUIDE / page, heading) for word in code(row[0])]


def test_running_names_every_environment_variable() -> None:
    """The guide, .env.example and the settings know the same names, in the same order."""
    example = (ROOT / ".env.example").read_text(encoding="utf-8")

    assert first_codes("running.md", "name") == list(NAMES)
    assert re.findall(r"^([A-Z_]+)=", example, flags=re.MULTILINE) == list(NAMES)


def test_running_names_every_option(pytestconfig: pytest.Config) -> None:
    """The guide has each option that this project adds to pytest, and no other."""
    ours = ("redirects", "reports")
    groups = [group for group in pytestconfig._parser._groups if group.name in ours]
    options = {name for group in groups for option in group.options for name in option.names()}

    assert set(first_codes("running.md", "option")) == options


def test_running_names_every_command() -> None:
    """The guide has each target that the Makefile's help shows."""
    help_text = (ROOT / "Makefile").read_text(encoding="utf-8").split("endef")[0]
    shown = set(re.findall(r"^make ([a-z0-9-]+)", help_text, flags=re.MULTILINE))
    told = {command.split()[1] for command in first_codes("running.md", "command")}

    assert told == shown


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_page_names_only_commands_that_exist(page: Path) -> None:
    """Each `make …` of a page is a target of the Makefile, each module one that can be run."""
    text = page.read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")

    for target in set(re.findall(r"(?:`|^)make ([a-z][a-z0-9-]+)", text, flags=re.MULTILINE)):
        assert re.search(rf"^{target}:", makefile, flags=re.MULTILINE), target
    for module in set(re.findall(r"python -m ([a-z_.]+[a-z_])", text)):
        path = ROOT / module.replace(".", "/")
        assert path.with_suffix(".py").is_file() or (path / "__main__.py").is_file(), module


def test_repairing_explains_every_category() -> None:
    """Each kind of problem has a row and a section."""
    page = GUIDE / "repairing.md"
    headings = re.findall(r"^## (.+)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)

    assert [row[0] for row in table(page, "category")] == list(CATEGORIES)
    assert [heading.lower() for heading in headings][: len(CATEGORIES)] == [
        category.lower() for category in CATEGORIES
    ]


def test_case_guide_names_every_field() -> None:
    """The guide has each field that a case may have, in the model's order."""
    assert first_codes("writing-a-case.md", "field") == list(Case.model_fields)


@pytest.mark.parametrize("text", CASES, ids=range(len(CASES)))
def test_case_of_the_guide_can_be_read(text: str) -> None:
    """Each example of the guide is a valid case."""
    assert parse_case(text).title


def test_test_of_the_guide_imports_what_exists() -> None:
    """The guide's example of a test is Python, has a sentence, and its imports can be met."""
    (example,) = fences(GUIDE / "adding-a-test.md", "python")

    tree = ast.parse(example)
    imported = [node for node in tree.body if isinstance(node, ast.ImportFrom)]
    tests = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    assert all(ast.get_docstring(test) for test in tests)
    for node in imported:
        module = importlib.import_module(str(node.module))
        for alias in node.names:
            assert hasattr(module, alias.name), f"{node.module} has no {alias.name}"
