"""The TOML text of a case: reading, writing, and finding the line of an error."""

import json
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

HEADER = re.compile(r"^\s*(\[\[?)\s*([\w.\-\" ]+?)\s*\]\]?\s*(?:#.*)?$")
KEY = re.compile(r"^\s*(\"?[\w\-]+\"?)\s*=")


class NotToml(ValueError):
    """The text is not valid TOML; the message names the line and the remedy."""


def read(text: str) -> dict[str, Any]:
    """Read TOML.

    Raises:
        NotToml: with line and reason.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"\(at line (\d+), column \d+\)", str(error))
        line = place[1] if place else str(text.count("\n") + 1)
        said = str(error).split(" (at ")[0]
        raise NotToml(
            f"line {line}: this is not valid TOML ({said}): put texts in double quotes and one"
            ' key = "value" on a line.'
        ) from None


def write(fields: Mapping[str, Any]) -> str:
    """Write fields as TOML, plain values before tables, without None and empty values."""
    return "\n".join(_table(fields, ())).strip() + "\n"


def _table(fields: Mapping[str, Any], path: tuple[str, ...]) -> Iterable[str]:
    kept = {key: value for key, value in fields.items() if value not in (None, "", [], (), {})}
    for key, value in kept.items():
        if not _is_table(value):
            yield f"{key} = {_value(value)}"
    for key, value in kept.items():
        if not _is_table(value):
            continue
        tables = [value] if isinstance(value, Mapping) else value
        brackets = "[{}]" if isinstance(value, Mapping) else "[[{}]]"
        for table in tables:
            lines = list(_table(table, (*path, key)))
            if lines:
                yield ""
                yield brackets.format(".".join((*path, key)))
                yield from lines


def _is_table(value: Any) -> bool:
    if isinstance(value, Mapping):
        return True
    return isinstance(value, Sequence) and bool(value) and isinstance(value[0], Mapping)


def _value(value: Any) -> str:
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_value(inner) for inner in value) + "]"
    # JSON's strings, numbers and booleans are valid in TOML, except for an unescaped DEL.
    return json.dumps(value, ensure_ascii=False, default=str).replace("\x7f", "\\u007f")


def line_of(text: str, place: Sequence[object]) -> int:
    """Return the line, from 1, of ``place`` or of its longest part that the text has."""
    wanted = tuple(str(part) for part in place)
    best, best_line = 0, 1
    table: tuple[str, ...] = ()
    counts: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        header, key = HEADER.match(line), KEY.match(line)
        if header:
            table = _entered(header, counts)
            path = table
        elif key:
            path = (*table, key[1].strip('"'))
        else:
            continue
        depth = len(path) if wanted[: len(path)] == path else 0
        if depth > best:
            best, best_line = depth, number
    return best_line


def _entered(header: re.Match[str], counts: dict[str, int]) -> tuple[str, ...]:
    names = [name.strip().strip('"') for name in header[2].split(".")]
    if header[1] == "[[":
        counts[header[2]] = counts.get(header[2], -1) + 1
    path: list[str] = []
    for depth, name in enumerate(names, 1):
        path.append(name)
        index = counts.get(".".join(names[:depth]))
        if index is not None:
            path.append(str(index))
    return tuple(path)


def closest(name: str, known: Sequence[str]) -> str:
    """Return the remedy for an unknown name."""
    near = get_close_matches(name, known, n=1)
    if near:
        return f": did you mean {near[0]}?"
    return f": use one of {', '.join(known)}"
