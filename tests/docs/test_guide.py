"""The guides: complete tables, existing commands and valid examples."""

import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from standin.faults import FAMILIES, parameters
from standin.faults.fault import Hooks
from suite.cases.case import Case
from suite.cases.case_file import parse_case
from suite.reporting.categories import CATEGORIES
from suite.settings.raw_settings import NAMES
from tests.docs.markdown import DOCS, PAGES, ROOT, code, fences, sections, table

GUIDE = DOCS / "guide"
CASES = fences(GUIDE / "writing-a-case.md", "toml")


def first_codes(page: str, heading: str) -> list[str]:
    """Return the code words in the first column of a table of the guide."""
    return [word for row in table(GUIDE / page, heading) for word in code(row[0])]


def test_running_names_every_environment_variable() -> None:
    """The guide, .env.example and the settings have the same names in the same order."""
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert first_codes("running.md", "name") == list(NAMES)
    assert re.findall(r"^([A-Z_]+)=", example, flags=re.MULTILINE) == list(NAMES)


def test_running_names_every_option(pytestconfig: pytest.Config) -> None:
    """The guide lists exactly the options that this project adds to pytest."""
    ours = ("redirects", "reports")
    groups = [group for group in pytestconfig._parser._groups if group.name in ours]
    options = {name for group in groups for option in group.options for name in option.names()}
    assert set(first_codes("running.md", "option")) == options


def test_running_names_every_command() -> None:
    """The guide lists exactly the targets that the Makefile's help shows."""
    help_text = (ROOT / "Makefile").read_text(encoding="utf-8").split("endef")[0]
    shown = set(re.findall(r"^make ([a-z0-9-]+)", help_text, flags=re.MULTILINE))
    assert {command.split()[1] for command in first_codes("running.md", "command")} == shown


@pytest.mark.parametrize("page", [
    *PAGES,
    *sorted((ROOT / ".github").rglob("*.yml")),
], ids=lambda page: page.relative_to(ROOT).as_posix())  # fmt: skip
def test_page_names_only_commands_that_exist(page: Path) -> None:
    """Each `make …` of a page or workflow is a target, and each `python -m …` can be run."""
    text = page.read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")

    for target in set(re.findall(r"(?:`|^|: )make ([a-z][a-z0-9-]+)", text, flags=re.MULTILINE)):
        assert re.search(rf"^{target}:", makefile, flags=re.MULTILINE), target
    for module in set(re.findall(r"python -m ([a-z_.]+[a-z_])", text)):
        path = ROOT / module.replace(".", "/")
        assert path.with_suffix(".py").is_file() or (path / "__main__.py").is_file(), module


def test_repairing_explains_every_category() -> None:
    """Each category has a row and a section."""
    page = GUIDE / "repairing.md"
    headings = [heading.lower() for heading in sections(page)]
    assert [row[0] for row in table(page, "category")] == list(CATEGORIES)
    assert headings[: len(CATEGORIES)] == [category.lower() for category in CATEGORIES]


def test_case_guide_names_every_field() -> None:
    """The guide lists the fields of a case in the model's order."""
    assert first_codes("writing-a-case.md", "field") == list(Case.model_fields)


@pytest.mark.parametrize("text", CASES, ids=range(len(CASES)))
def test_case_of_the_guide_can_be_read(text: str) -> None:
    """Each example case of the guide is valid."""
    assert parse_case(text).title


def test_fault_guide_names_every_family_and_every_hook() -> None:
    """The guide lists the families of faults, and the hooks in the order of the steps."""
    families = {family.__name__.rpartition(".")[2] for family in FAMILIES}
    assert set(first_codes("adding-a-fault.md", "family")) == families
    assert first_codes("adding-a-fault.md", "hook") == [each.name for each in fields(Hooks)]


def test_fault_of_the_guide_changes_a_url() -> None:
    """The guide's example describes a fault and drops the parameter that it names."""
    page = GUIDE / "adding-a-fault.md"
    (described,) = map(tomllib.loads, fences(page, "toml"))
    (code_block,) = fences(page, "python")
    hooks = eval(f"{{{code_block}}}", dict(vars(parameters)))

    encode = hooks["order-number-lost"].encode
    assert described.keys() == hooks.keys()
    assert encode(None, "", "https://shop.example/?a=1&order=7") == "https://shop.example/?a=1"
