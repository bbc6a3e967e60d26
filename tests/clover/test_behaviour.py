"""Behaviours that are shipped, and behaviour files with mistakes."""

import re
import tomllib
from pathlib import Path

import pytest

from clover.behaviour import BEHAVIOURS, SWITCHES, BehaviourProblem, load_behaviour


def _write(folder: Path, text: str) -> Path:
    path = folder / "mine.toml"
    path.write_text(text, encoding="latin-1")
    return path


@pytest.mark.parametrize("name", ["documented", "measured"])
def test_shipped_file_names_every_switch(name: str) -> None:
    """A shipped file sets every switch and has a summary and sources."""
    document = tomllib.loads((BEHAVIOURS / f"{name}.toml").read_text(encoding="utf-8"))
    assert set(document["switches"]) == set(SWITCHES)
    assert document["about"]["summary"]
    assert document["about"]["sources"]


def test_documented_switch_has_a_reason_above_it() -> None:
    """Each switch of ``documented`` has a comment that says where its value comes from."""
    text = (BEHAVIOURS / "documented.toml").read_text(encoding="utf-8")
    comments = re.findall(r"((?:^#.*\n)*)^(\w+) = ", text, flags=re.MULTILINE)
    settled = re.compile(r"\b(documented|measured|stated|assumed)\b")
    assert [switch for comment, switch in comments if settled.search(comment)] == list(SWITCHES)


def test_override_changes_one_switch_and_the_name() -> None:
    """An override replaces the file's value and is part of the name."""
    behaviour = load_behaviour("measured", cancel="none")
    assert behaviour.cancel == "none"
    assert behaviour.placeholders == "verbatim"
    assert behaviour.name == "measured, cancel=none"


def test_switches_left_out_are_as_documented(tmp_path: Path) -> None:
    """A file may set only the switches that differ."""
    path = _write(tmp_path, '[switches]\nredirect = "303"\n')

    assert load_behaviour(path).switches() == {
        **load_behaviour("documented").switches(),
        "redirect": "303",
    }
    assert load_behaviour(path).name == "mine"


@pytest.mark.parametrize(("switch", "value", "allowed"), [
    ("placeholders", "no", "'substitute', 'verbatim' or 'blank'"),
    ("missing_customer_status", "404", "404 or 400"),
    ("declines_before_failure", 0, "greater than or equal to 1"),
    ("declines_before_failure", True, "a valid integer"),
    ("redirect_delay_ms", 1.5, "a valid integer"),
    ("tips", 1, "a valid boolean"),
    ("error_code", " ", "match pattern"),
    ("error_code", 500, "a valid string"),
])  # fmt: skip
def test_invalid_override_is_refused(switch: str, value: object, allowed: str) -> None:
    """The message for an invalid value lists the allowed ones in one line."""
    with pytest.raises(BehaviourProblem) as caught:
        load_behaviour("documented", **{switch: value})
    assert switch in str(caught.value)
    assert allowed in str(caught.value)
    assert str(caught.value).count("\n") == 0


@pytest.mark.parametrize(("text", "words"), [
    ('[switches]\ncancl = "link"\n', ["cancl is no switch", "cancel"]),
    ('[switches]\ncancel = "nonne"\n', ["cancel is 'nonne'", "'browser-back'"]),
    ('cancel = "link"\n', ["cancel", "[switches]"]),
    ("", ["no table of switches", "[switches]"]),
    ("switches = 3\n", ["no table of switches"]),
    ("[switches]\ncancel = link\n", ["line 2", "TOML"]),
    ("\xff\xfe[", ["UTF-8"]),
])  # fmt: skip
def test_mistake_in_a_file_is_named(tmp_path: Path, text: str, words: list[str]) -> None:
    """The message for a mistake names the file and the mistake."""
    path = _write(tmp_path, text)
    with pytest.raises(BehaviourProblem) as caught:
        load_behaviour(path)
    assert [word for word in [str(path), *words] if word not in str(caught.value)] == []


@pytest.mark.parametrize(("name", "words"), [
    *((path, path) for path in ("nowhere/mine.toml", "mine.toml")),
    ("dokumented", "documented, measured"),
])  # fmt: skip
def test_missing_behaviour_is_named(name: str, words: str) -> None:
    """The message names the path of a missing file, or the behaviours that are shipped."""
    with pytest.raises(BehaviourProblem, match=re.escape(words)):
        load_behaviour(name)
