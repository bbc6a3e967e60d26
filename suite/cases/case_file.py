"""Case files: reading, writing, the words of a mistake, and the schema for editors."""

import json
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self

from pydantic import BaseModel, ValidationError
from pydantic_core import to_jsonable_python

from clover.models import Customer, LineItem, TaxRate
from records.outcome import Outcome
from suite.cases import case_text
from suite.cases.case import CARDS, Case, Expectations
from suite.cases.shop_tables import OrderExpectation, PageExpectation, Shop, Step

SCHEMA_FILE = "case.schema.json"
DRAFT = "https://json-schema.org/draft/2020-12/schema"


class CaseProblem(ValueError):
    """An invalid case file; the message names file, line and remedy."""

    category = "suite problem"


_SHOP_TABLES: Mapping[str, type[BaseModel]] = {
    "shop": Shop,
    "steps": Step,
    "order": OrderExpectation,
    "pages": PageExpectation,
}
_TABLES: Mapping[str, Sequence[str]] = {
    "": list(Case.model_fields),
    "request": list(Outcome),
    "dashboard": list(Outcome),
    "customer": list(Customer.model_fields),
    "line_items": list(LineItem.model_fields),
    "tax_rates": list(TaxRate.model_fields),
    "expect": list(Expectations.model_fields),
    **{
        table: [name.rstrip("_") for name in model.model_fields]
        for table, model in _SHOP_TABLES.items()
    },
}
"""The fields of each table of a case."""


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case with its file, whose folder relative paths belong to.

    Attributes:
        fields: as read, before the run's own values are filled in.
    """

    path: Path
    fields: Mapping[str, Any]
    case: Case

    @classmethod
    def read(cls, path: Path, *, behaviour: str = "") -> Self:
        """Read a file.

        Args:
            path: of the file.
            behaviour: of the run, for a case that names none; "" if it is unknown.

        Raises:
            CaseProblem: the file cannot be read or is invalid.
        """
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise CaseProblem(
                f"{path} cannot be read ({error}): name an existing UTF-8 text file."
            ) from None
        case = parse_case(text, name=str(path), behaviour=behaviour)
        return cls(path, tomllib.loads(text), case)

    @classmethod
    def of(cls, fields: Mapping[str, Any], *, folder: Path) -> Self:
        """Make a case from fields as a file has them.

        Raises:
            CaseProblem: a field is invalid.
        """
        try:
            return cls(folder / "case.toml", fields, Case.model_validate(fields))
        except ValidationError as error:
            problems = [_problem("", "the case", found) for found in error.errors()]
            raise CaseProblem("\n".join(dict.fromkeys(problems))) from None

    def standalone(self) -> str:
        """Return the text of a shop's case that works from any folder."""
        folder = self.path.resolve().parent
        shop = dict(self.fields["shop"])
        if shop.get("command"):
            shop["folder"] = str(folder / shop.get("folder", ""))
        if shop.get("certificate"):
            shop["certificate"] = str(folder / shop["certificate"])
        return case_text.write({**self.fields, "shop": shop})

    def with_shop(self, **fields: str) -> Self:
        """Return the case with these fields in the table of its shop.

        Raises:
            CaseProblem: a field is invalid.
        """
        written = {**self.fields, "shop": {**self.fields["shop"], **fields}}
        case = self.of(written, folder=self.path.parent).case
        return replace(self, fields=written, case=case)

    def with_values(self, values: Mapping[str, str]) -> Case:
        """Return the case with the run's own values, such as {port}, filled in."""
        return Case.model_validate(_filled(self.fields, values))


def _filled(fields: Any, values: Mapping[str, str]) -> Any:
    if isinstance(fields, Mapping):
        return {_filled(key, values): _filled(value, values) for key, value in fields.items()}
    if isinstance(fields, list | tuple):
        return [_filled(value, values) for value in fields]
    for name, value in values.items() if isinstance(fields, str) else ():
        fields = fields.replace(name, value)
    return fields


def find_cases(places: Iterable[str | Path], *, behaviour: str = "") -> list[CaseFile]:
    """Read the named files, and the case files of the named folders.

    Args:
        places: files and folders.
        behaviour: of the run, for a case that names none; "" if it is unknown.

    Raises:
        CaseProblem: a file is invalid, or a folder has none.
    """
    files: list[CaseFile] = []
    for place in map(Path, places):
        paths = sorted(place.glob("*.toml")) if place.is_dir() else [place]
        if not paths:
            raise CaseProblem(f"{place} has no case files: name a folder with .toml files.")
        files += [CaseFile.read(path, behaviour=behaviour) for path in paths]
    return files


def parse_case(text: str, *, name: str = "the case", behaviour: str = "") -> Case:
    """Read a case from its text; errors call it ``name``.

    Args:
        text: TOML.
        name: of the file.
        behaviour: of the run, for a case that names none; "" if it is unknown.

    Raises:
        CaseProblem: the text is invalid.
    """
    try:
        return Case.model_validate(tomllib.loads(text), context={"behaviour": behaviour})
    except tomllib.TOMLDecodeError as error:
        raise CaseProblem(f"{name}, {case_text.describe(error, text)}") from None
    except ValidationError as error:
        problems = [_problem(text, name, found) for found in error.errors()]
        raise CaseProblem("\n".join(dict.fromkeys(problems))) from None


def _problem(text: str, name: str, found: Any) -> str:
    """Return file, line, field and remedy of one of pydantic's errors."""
    place = [part for part in found["loc"] if part not in {"str", "[key]"}]
    unknown = found["type"] == "extra_forbidden" or "[key]" in found["loc"]
    if found["type"] == "value_error":
        said = str(found["ctx"]["error"]).rstrip(".")
        at = [*place, said.split()[0].rstrip(":")] if place else _named(said, found["input"])
        line = case_text.line_of(text, at)
        return f"{name}, line {line}: {said}."
    if unknown:
        table = next((part for part in reversed(place[:-1]) if isinstance(part, str)), "")
        said = "there is no such field" + case_text.closest(str(place[-1]), _TABLES[table])
    elif found["type"] == "missing":
        said = "it is missing: add it"
    else:
        said = f"{found['msg'][0].lower()}{found['msg'][1:]}, and {found['input']!r} came"
    end = "" if said.endswith("?") else "."
    field = ".".join(str(part) for part in place) or "the case"
    return f"{name}, line {case_text.line_of(text, place)}: {field}: {said}{end}"


def _named(said: str, fields: Mapping[str, Any]) -> list[str]:
    """Return the field that an error of the whole case is about."""
    switches = [switch for switch in fields.get("switches", ()) if f" {switch} is " in said]
    if switches:
        return ["switches", switches[0]]
    place = said.split(maxsplit=1)[0].split(".")
    if place[0] in _TABLES[""]:
        return place
    return [next((key for key in ("card", "behaviour") if key in said), "title")]


def dumps(case: Case | Mapping[str, Any]) -> str:
    """Write a case as a TOML file.

    Args:
        case: a case, or its fields as a test collected them, with a sequence of ``Card`` objects.
            None and empty values are left out.
    """
    if not isinstance(case, Case):
        names = {card: name for name, card in CARDS.items()}
        case = {**case, "card": [names.get(card, "unknown") for card in case.get("card", ())]}
    return (
        f"#:schema ./{SCHEMA_FILE}\n\n{case_text.write(to_jsonable_python(case, by_alias=False))}"
    )


def schema() -> str:
    """Return the JSON schema of a case file, for completion and checks in editors."""
    described = {"$schema": DRAFT, **Case.model_json_schema(by_alias=False)}
    text = json.dumps(described, indent=2, ensure_ascii=False) + "\n"
    return re.sub(r'"(\w+)_"', r'"\1"', text)  # names that Python reserves end so
