"""How the stand-in reads behaviours."""

from dataclasses import fields
from pathlib import Path

import pytest

from standin.behaviour import (
    CHOICES,
    MINIMA,
    SHIPPED,
    Behaviour,
    BehaviourError,
    read_behaviour,
    with_switches,
)


def test_shipped_documented_behaviour_is_the_default() -> None:
    """The file and this package's own defaults say the same."""
    assert read_behaviour("documented") == Behaviour()


@pytest.mark.parametrize("name", sorted(path.stem for path in SHIPPED.glob("*.toml")))
def test_shipped_behaviour_can_be_read(name: str) -> None:
    """Every shipped file holds only switches and values known here."""
    assert isinstance(read_behaviour(name), Behaviour)


def test_measured_behaviour_leaves_placeholders_alone() -> None:
    """The one measured deviation arrives."""
    assert read_behaviour("measured").placeholders == "verbatim"


@pytest.mark.parametrize(
    ("switch", "value"), [(name, value) for name, values in CHOICES.items() for value in values]
)
def test_switch_takes_each_of_its_values(switch: str, value: object) -> None:
    """Whatever a switch may be, it can be set to."""
    assert getattr(with_switches(Behaviour(), {switch: value}), switch) == value


def test_every_switch_is_checked() -> None:
    """No switch takes just anything: error_code is the one free text."""
    unchecked = {field.name for field in fields(Behaviour)} - set(CHOICES) - set(MINIMA)

    assert unchecked == {"error_code"}


@pytest.mark.parametrize(
    ("switches", "words"),
    [
        ({"redirct": "302"}, "Unknown switch 'redirct'"),
        ({"redirect": "301"}, "must be one of 'script', '302'"),
        ({"redirect": 302}, "must be one of"),
        ({"tips": 1}, "must be one of False, True"),
        ({"redirect_delay_ms": -1}, "whole number from 0"),
        ({"session_ttl_s": True}, "whole number from 1"),
        ({"declines_before_failure": 0}, "whole number from 1"),
        ({"error_code": ""}, "text that is not empty"),
    ],
)
def test_wrong_switch_is_named_with_its_cure(switches: dict[str, object], words: str) -> None:
    """The message is one sentence that says which switch and what it may be."""
    with pytest.raises(BehaviourError, match=words) as caught:
        with_switches(Behaviour(), switches)

    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[switches", "not valid TOML"),
        ("redirect = '302'", r"lacks its table \[switches\]"),
        ("[switches]\nredirect = '301'", "redirect"),
    ],
)
def test_wrong_file_is_named(tmp_path: Path, text: str, words: str) -> None:
    """The message names the file and what is wrong in it."""
    path = tmp_path / "odd.toml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(BehaviourError, match=words) as caught:
        read_behaviour(path)

    assert "odd.toml" in str(caught.value)


def test_file_may_leave_switches_out(tmp_path: Path) -> None:
    """What a file does not say is as documented."""
    path = tmp_path / "own.toml"
    path.write_text("[switches]\nredirect = '302'\n", encoding="utf-8")

    assert read_behaviour(str(path)) == with_switches(Behaviour(), {"redirect": "302"})


def test_unknown_name_lists_those_there_are() -> None:
    """A typing error is answered with the names to choose from."""
    with pytest.raises(BehaviourError, match="documented, measured"):
        read_behaviour("documentd")


def test_missing_file_is_one_sentence(tmp_path: Path) -> None:
    """The path is named, with the reason and the cure."""
    path = tmp_path / "none.toml"

    with pytest.raises(BehaviourError, match=r"none\.toml cannot be read \(.+\): check its path"):
        read_behaviour(path)
