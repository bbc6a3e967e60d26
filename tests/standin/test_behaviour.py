"""Reading of behaviours."""

from pathlib import Path

import pytest

from standin.behaviour import SHIPPED, Behaviour, BehaviourError, read_behaviour, with_switches


def test_shipped_documented_behaviour_is_the_default() -> None:
    """The documented behaviour equals the defaults; the measured one keeps placeholders."""
    assert read_behaviour("documented") == Behaviour()
    assert read_behaviour("measured").placeholders == "verbatim"


@pytest.mark.parametrize("name", sorted(path.stem for path in SHIPPED.glob("*.toml")))
def test_shipped_behaviour_can_be_read(name: str) -> None:
    """Every shipped behaviour can be read."""
    assert isinstance(read_behaviour(name), Behaviour)


@pytest.mark.parametrize(("switches", "words"), [
    ({"redirct": "302"}, "Unknown switch 'redirct'"),
    ({"redirect": "301"}, "it should be 'script', '302'"),
    ({"redirect": 302}, "it should be 'script'"),
    ({"tips": 1}, "valid boolean"),
    ({"redirect_delay_ms": -1}, "greater than or equal to 0"),
    ({"session_ttl_s": True}, "valid integer"),
    ({"declines_before_failure": 0}, "greater than or equal to 1"),
    ({"error_code": ""}, "at least 1 character"),
])  # fmt: skip
def test_wrong_switch_is_named_with_its_cure(switches: dict[str, object], words: str) -> None:
    """A wrong switch is reported in one sentence with the allowed values."""
    with pytest.raises(BehaviourError, match=words) as caught:
        with_switches(Behaviour(), switches)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(("text", "words"), [
    ("[switches", "not valid TOML"),
    ("redirect = '302'", r"lacks its table \[switches\]"),
    ("[switches]\nredirect = '301'", "redirect"),
    (None, r"odd\.toml cannot be read \(.+\): check its path"),
])  # fmt: skip
def test_wrong_file_is_named(tmp_path: Path, text: str | None, words: str) -> None:
    """The message names the file and the problem; for a missing one also the remedy."""
    path = tmp_path / "odd.toml"
    if text is not None:
        path.write_text(text, encoding="utf-8")

    with pytest.raises(BehaviourError, match=words) as caught:
        read_behaviour(path)

    assert "odd.toml" in str(caught.value)


def test_file_may_leave_switches_out(tmp_path: Path) -> None:
    """Switches that a file omits keep their documented values."""
    path = tmp_path / "own.toml"
    path.write_text("[switches]\nredirect = '302'\n", encoding="utf-8")
    assert read_behaviour(str(path)) == with_switches(Behaviour(), {"redirect": "302"})


def test_unknown_name_lists_those_there_are() -> None:
    """An unknown name is answered with the known names."""
    with pytest.raises(BehaviourError, match="documented, measured"):
        read_behaviour("documentd")
