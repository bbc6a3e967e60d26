"""docs/sources.md agrees with the code that is based on it."""

import json
from typing import Literal, get_args, get_origin, get_type_hints

import pytest

from clover.behaviour import SWITCHES, Behaviour, load_behaviour
from pages.words import checkout as wording
from tests.docs.markdown import DOCS, code, table

SOURCES = DOCS / "sources.md"
ROWS = {code(row[0])[0]: row for row in table(SOURCES, "switch")}
WORDS = {code(row[0])[0]: code(row[1]) for row in table(SOURCES, "list")}
LISTS = {
    name: [value] if isinstance(value, str) else list(value)
    for name, value in vars(wording).items()
    if name.isupper() and not name.startswith("_") and isinstance(value, str | tuple)
}


def test_every_switch_has_its_row() -> None:
    """The table lists all switches in the order of the code."""
    assert list(ROWS) == list(SWITCHES)


@pytest.mark.parametrize("switch", SWITCHES)
def test_row_names_values_and_default_of_its_switch(switch: str) -> None:
    """The table lists what the behaviour accepts, and the default of `documented` with a reason."""
    hint = get_type_hints(Behaviour, include_extras=True)[switch]
    _, said, default, why = ROWS[switch]

    if get_origin(hint) is Literal:
        assert code(said) == [json.dumps(value) for value in get_args(hint)]
    elif get_args(hint)[:1] == (int,):
        assert said == f"whole number, at least {get_args(hint)[1].metadata[0].ge}"
    elif hint is bool:
        assert code(said) == ["true", "false"]
    else:
        assert said == "any text"
    assert code(default) == [json.dumps(getattr(load_behaviour("documented"), switch))]
    assert why


def test_measured_differs_as_the_page_says() -> None:
    """`measured` differs from `documented` only in `placeholders`."""
    documented = load_behaviour("documented").switches()
    measured = load_behaviour("measured").switches()
    assert {s: v for s, v in measured.items() if v != documented[s]} == {"placeholders": "verbatim"}


def test_every_word_list_is_explained() -> None:
    """The page lists the words that page objects use, each list with a reason."""
    assert WORDS == LISTS
    assert all(row[2] for row in table(SOURCES, "list"))
