"""Drift between two observations."""

import json
from pathlib import Path

import pytest

from clover.behaviour import load_behaviour
from tests.tools.test_observe import DOCUMENTED, result
from tools.observe import drift
from tools.observe.__main__ import main
from tools.observe.drift import Change, Earlier, NoObservation, changes
from tools.observe.questions import Notes, rows
from tools.observe.writing import behaviour_file


def notes(*, decline: str = "failure", words: str = "“Cancel”", life: int = 900) -> Notes:
    """What an observation has found."""
    found = Notes()
    found.see("decline", f"the {decline} URL", decline)
    found.see("cancel-words", words)
    found.see("life", f"{life}.02 s", life)
    return found


def earlier(folder: Path, found: Notes) -> Earlier:
    """An observation that was written and is read again."""
    file = folder / "observed.toml"
    file.write_text(behaviour_file(result(found)), encoding="utf-8")
    assert load_behaviour(str(file)).decline == found.seen["decline"][1]
    return Earlier.read(file)


def changed(folder: Path, then: Notes, now: Notes) -> list[Change]:
    """The changes between two observations."""
    return list(changes(earlier(folder, then), rows(now, DOCUMENTED)))


def test_same_answers_are_no_change(tmp_path: Path) -> None:
    """Words about a value, as a duration's decimals, do not count."""
    then, now = notes(), notes()
    now.seen["life"] = ("900.31 s", 900)
    assert changed(tmp_path, then, now) == []


def test_other_values_and_other_words_are_changes(tmp_path: Path) -> None:
    """Each is told with the question, then and now."""
    now = notes(decline="stay", words="“Back to the shop”")
    assert changed(tmp_path, notes(), now) == [
        Change("a declined payment leads to", "failure", "stay"),
        Change("what the way out is called", "“Cancel”", "“Back to the shop”"),
    ]


def test_question_without_an_answer_is_no_change(tmp_path: Path) -> None:
    """A probe that fails today has not seen another answer."""
    now = notes()
    del now.seen["decline"]
    now.miss("the page was gone", "decline")
    assert changed(tmp_path, notes(), now) == []


def test_changes_are_written_for_people_and_programs(tmp_path: Path) -> None:
    """Both name the dates and the answers."""
    old, found = earlier(tmp_path, notes()), [Change("a question", "failure", "stay")]

    shown = drift.text(old, found, "2026-12-24")
    assert shown.startswith("The target has changed since 2026-11-22:")
    assert shown.splitlines()[-1].split() == ["a", "question", "failure", "stay"]
    assert json.loads(drift.as_json(old, found, "2026-12-24")) == {
        "then": "2026-11-22",
        "now": "2026-12-24",
        "changes": [{"question": "a question", "then": "failure", "now": "stay"}],
    }
    assert drift.text(old, [], "2026-12-24") == "Nothing has changed since 2026-11-22."


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "No such file or directory"),
        ("a = ", "it is no TOML"),
        ("[switches]\n", "it has no [answers] with their date"),
        ("[about]\ndate = 1\n", "it has no [answers] with their date"),
    ],
)
def test_file_without_an_observation_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str | None, reason: str
) -> None:
    """The command ends with code 2 before it does anything."""
    file = tmp_path / "observed.toml"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    with pytest.raises(NoObservation):
        Earlier.read(file)

    assert main(["--against", str(file)]) == 2

    said = capsys.readouterr().err
    assert f"There is no observation in {file} ({reason}" in said
    assert said.count("\n") == 1
