"""Tests of the scripts of the workflows."""

import base64
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from records.outcome import Outcome
from suite.cases.case_file import parse_case

SCRIPTS = Path(__file__).parents[2] / ".github" / "scripts"
LANDED = "https://merchant.example/thanks"


def run(
    script: str, *arguments: object, environ: Mapping[str, str] = {}
) -> subprocess.CompletedProcess[str]:
    """Run a script as a workflow does."""
    command = [sys.executable, str(SCRIPTS / script), *map(str, arguments)]
    env = {**os.environ, **environ}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=env)


def leave(folder: Path, *verdicts: Mapping[str, Any]) -> Path:
    """Write the evidence of a run, with one test for each verdict."""
    for number, verdict in enumerate(verdicts):
        test = folder / f"test-{number}"
        test.mkdir(parents=True)
        (test / "evidence.json").write_text(json.dumps({"verdicts": [verdict]}))
    return folder


def verdict(session: str, *, landed: str | None = LANDED, status: int | None = 200) -> Any:
    """The part of a verdict that the script reads."""
    return {"session_id": session, "landed_url": landed, "hops": [{"status": status}]}


A = verdict("a")
STAYED = [verdict("a", landed=None), verdict("b", landed=None)]


@pytest.mark.parametrize(("verdicts", "options", "counted", "code"), [
    pytest.param([A, STAYED[1]], (), (2, 1), 0, id="enough"),
    pytest.param(STAYED, ("--landed", 0), (2, 0), 0, id="no landing required"),
    pytest.param([], (), (0, 0), 1, id="none"),
    pytest.param([A], (), (1, 1), 1, id="too few"),
    pytest.param([A, A], (), (1, 1), 1, id="same twice"),
    pytest.param([A, verdict("")], (), (1, 1), 1, id="no session"),
    pytest.param([A, verdict("b", status=None)], (), (1, 1), 1, id="no answer"),
    pytest.param(STAYED, (), (2, 0), 1, id="none landed"),
])  # fmt: skip
def test_enough_checkouts_prove_a_run(
    tmp_path: Path, verdicts: list[Any], options: Any, counted: tuple[int, int], code: int
) -> None:
    """A session counts once and with an answered page; at least one must land by default."""
    ended = run("prove_checkouts.py", leave(tmp_path, *verdicts), "--at-least", 2, *options)
    assert ended.returncode == code
    assert ended.stdout == "{} checkouts were driven, and {} of them landed.\n".format(*counted)
    assert ("this run proves nothing" in ended.stderr) == (code == 1)


@pytest.mark.parametrize(("outcome", "card", "cards"), [
    ("success", "", ("APPROVED",)),
    ("failure", "", ("DECLINED",)),
    ("cancel", "", ()),
    ("success", "DECLINED", ("DECLINED",)),
])  # fmt: skip
def test_case_of_the_form_can_be_read(outcome: str, card: str, cards: tuple[str, ...]) -> None:
    """The form's fields become a valid case file, with a card that leads to the outcome."""
    url = 'https://merchant.example/a"b\\c?d=é'
    form = {"OUTCOME": outcome, "CARD": card, "SUCCESS_URL": url, "CANCEL_URL": ""}
    case = parse_case(run("write_case.py", environ=form).stdout)
    assert (case.outcome, case.card) == (outcome, cards)
    assert case.request == {Outcome.SUCCESS: url}


CASE = 'title = "A report"\noutcome = "cancel"\n'


@pytest.mark.parametrize(
    "pasted", [CASE, base64.b64encode(CASE.encode()).decode()], ids=["plain", "base64"]
)
def test_pasted_case_takes_precedence(pasted: str) -> None:
    """A pasted case replaces the fields of the form, plain or as base64."""
    written = run("write_case.py", environ={"CASE": pasted, "OUTCOME": "success"})
    assert parse_case(written.stdout) == parse_case(CASE)


FAKE_GH = f"""#!{sys.executable}
import json, os, pathlib, sys
with pathlib.Path(os.environ["CALLS"]).open("a") as calls:
    calls.write(json.dumps(sys.argv[1:]) + "\\n")
if sys.argv[1:3] == ["issue", "list"]:
    print(os.environ["ISSUES"])
"""


def update_issue(
    tmp_path: Path, *, result: str, issues: str, script: str = "nightly_issue.py"
) -> list[list[str]]:
    """Run the script with a fake client; return the calls that change an issue."""
    client, calls = tmp_path / "bin" / "gh", tmp_path / "calls"
    client.parent.mkdir()
    client.write_text(FAKE_GH)
    client.chmod(0o755)
    environ = {
        "PATH": f"{client.parent}{os.pathsep}{os.environ['PATH']}",
        "CALLS": str(calls),
        "ISSUES": issues,
        "NEEDS": json.dumps({"sandbox": {"result": result}, "report": {"result": "success"}}),
        "RUN_URL": "https://github.example/run/1",
    }
    ended = run(script, tmp_path / "report", environ=environ)
    assert ended.returncode == 0, ended.stderr
    lines = calls.read_text().splitlines() if calls.exists() else []
    calls_made = [json.loads(line) for line in lines]
    return [call for call in calls_made if call[:2] not in (["label", "create"], ["issue", "list"])]


posix_only = pytest.mark.skipif(os.name == "nt", reason="the fake client is a script with #!")


@posix_only
def test_red_run_opens_an_issue(tmp_path: Path) -> None:
    """The first red run opens an issue that links the run and lists its problems."""
    for folder, text in (("part", "one part"), ("", "| redirect bug | 1 |")):
        place = tmp_path / "report" / folder
        place.mkdir(parents=True, exist_ok=True)
        (place / "problems.md").write_text(text)

    (call,) = update_issue(tmp_path, result="failure", issues="[]")

    assert call[:2] == ["issue", "create"]
    for text in ("https://github.example/run/1", "* sandbox: failure", "| redirect bug | 1 |"):
        assert text in call[-1]
    assert "one part" not in call[-1]


@posix_only
@pytest.mark.parametrize(("result", "issues", "call"), [
    pytest.param("failure", '[{"number": 7}]', ["issue", "comment", "7"], id="red again"),
    pytest.param("success", '[{"number": 7}]', ["issue", "close", "7"], id="green again"),
    pytest.param("success", "[]", None, id="still green"),
])  # fmt: skip
def test_issue_is_updated(tmp_path: Path, result: str, issues: str, call: list[str] | None) -> None:
    """A red run comments on an open issue, also without results; a green run closes it."""
    made = update_issue(tmp_path, result=result, issues=issues)
    assert [each[:3] for each in made] == ([call] if call else [])
    assert ("There are no results" in str(made)) == (result == "failure")


@posix_only
@pytest.mark.parametrize(("changes", "known", "opened"), [
    pytest.param(["stay", "blank"], [], 2, id="two changes"),
    pytest.param(["stay"], ["Clover changed: a declined payment leads to stay"], 0, id="known"),
    pytest.param([], [], 0, id="no change"),
    pytest.param(None, [], 0, id="no observation"),
])  # fmt: skip
def test_each_change_of_the_target_has_one_issue(
    tmp_path: Path, changes: list[str] | None, known: list[str], opened: int
) -> None:
    """A change that has an open issue opens no other one, however many nights it stays."""
    question = "a declined payment leads to"
    if changes is not None:
        found = [{"question": question, "then": "failure", "now": now} for now in changes]
        drift = {"then": "2026-11-22", "now": "2026-12-24", "changes": found}
        (tmp_path / "report").write_text(json.dumps(drift))

    issues = json.dumps([{"title": title} for title in known])
    calls = update_issue(tmp_path, result="success", issues=issues, script="drift_issues.py")

    titles = [call[call.index("--title") + 1] for call in calls]
    assert titles == [f"Clover changed: {question} {now}" for now in changes or ()][:opened]
    assert all("| a declined payment leads to | failure | " in call[-1] for call in calls)
