"""The TOML text of a case: reading, writing, and finding the line of an error."""

import json
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any


def describe(error: tomllib.TOMLDecodeError, text: str) -> str:
    """Return the line, the reason and the remedy of a syntax error."""
    place = re.search(r"\(at line (\d+), column \d+\)", str(error))
    line = place[1] if place else str(text.count("\n") + 1)
    said = str(error).split(" (at ")[0]
    return (
        f"line {line}: this is not valid TOML ({said}): put texts in double quotes and one"
        ' key = "value" on a line.'
    )


def write(fields: Mapping[str, Any]) -> str:
    """Write fields as TOML, plain values before tables, without None and empty values."""
    return "\n".join(_table(fields, ())).strip() + "\n"


def _table(fields: Mapping[str, Any], path: tuple[str, ...]) -> Iterable[str]:
    kept = {key: value for key, value in fields.items() if value not in (None, "", [], (), {})}
    for key, value in kept.items():
        if not _is_table(value):
            yield f"{_key(key)} = {_value(value)}"
    for key, value in kept.items():
        if not _is_table(value):
            continue
        tables = [value] if isinstance(value, Mapping) else value
        brackets = "[{}]" if isinstance(value, Mapping) else "[[{}]]"
        for table in tables:
            lines = list(_table(table, (*path, key)))
            if lines:
                yield ""
                yield brackets.format(".".join(map(_key, (*path, key))))
                yield from lines


def _key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else json.dumps(key, ensure_ascii=False)


def _is_table(value: Any) -> bool:
    if isinstance(value, Mapping):
        return True
    return isinstance(value, Sequence) and bool(value) and isinstance(value[0], Mapping)


def _value(value: Any) -> str:
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_value(inner) for inner in value) + "]"
    # JSON's strings, numbers and booleans are valid in TOML, except for an unescaped DEL.
    return json.dumps(value, ensure_ascii=False, default=str).replace("\x7f", "\\u007f")


def line_of(text: str, place: Sequence[str | int]) -> int:
    """Return the line, from 1, where ``place`` begins, or its longest part that the text has."""
    lines = text.split("\n")
    deepest, line, begun = 0, 1, 1
    for number in range(1, len(lines) + 1):
        try:
            fields = tomllib.loads("\n".join(lines[:number]))
        except tomllib.TOMLDecodeError:  # a value goes on in the next line
            continue
        if (depth := _depth(fields, place)) > deepest:
            deepest, line = depth, begun
        begun = number + 1
    return line


def _depth(fields: Any, place: Sequence[str | int]) -> int:
    """Return how many parts of ``place`` exist."""
    for depth, part in enumerate(place):
        try:
            fields = fields[part]
        except (LookupError, TypeError):
            return depth
    return len(place)


def closest(name: str, known: Sequence[str]) -> str:
    """Return the remedy for an unknown name."""
    near = get_close_matches(name, known, n=1)
    if near:
        return f": did you mean {near[0]}?"
    return f": use one of {', '.join(known)}"
