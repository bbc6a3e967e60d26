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
from suite.cases.case import parse_case

SCRIPTS = Path(__file__).parents[2] / ".github" / "scripts"
LANDED = "https://merchant.example/thanks"


def run(
    script: str, *arguments: object, environ: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a script as a workflow does."""
    return subprocess.run(
        [sys.executable, SCRIPTS / script, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **(environ or {})},
    )


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


@pytest.mark.parametrize(("verdicts", "options", "counted", "code"), [
    ([verdict("a"), verdict("b", landed=None)], (), (2, 1), 0),
    ([verdict("a", landed=None), verdict("b", landed=None)], ("--landed", 0), (2, 0), 0),
    ([], (), (0, 0), 1),
    ([verdict("a")], (), (1, 1), 1),
    ([verdict("a"), verdict("a")], (), (1, 1), 1),
    ([verdict("a"), verdict("")], (), (1, 1), 1),
    ([verdict("a"), verdict("b", status=None)], (), (1, 1), 1),
    ([verdict("a", landed=None), verdict("b", landed=None)], (), (2, 0), 1),
], ids=[*("enough", "no landing required", "none", "too few", "same twice", "no session"),
    *("no answer", "none landed")])  # fmt: skip
def test_enough_checkouts_prove_a_run(
    tmp_path: Path,
    verdicts: list[Any],
    options: tuple[object, ...],
    counted: tuple[int, int],
    code: int,
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

    written = run(
        "write_case.py",
        environ={"OUTCOME": outcome, "CARD": card, "SUCCESS_URL": url, "CANCEL_URL": ""},
    )

    case = parse_case(written.stdout)
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


def update_issue(tmp_path: Path, *, result: str, issues: str) -> list[list[str]]:
    """Run the script with a fake client; return the calls that change an issue."""
    client = tmp_path / "bin" / "gh"
    client.parent.mkdir()
    client.write_text(FAKE_GH)
    client.chmod(0o755)
    calls = tmp_path / "calls"
    ended = run(
        "nightly_issue.py",
        tmp_path / "report",
        environ={
            "PATH": f"{client.parent}{os.pathsep}{os.environ['PATH']}",
            "CALLS": str(calls),
            "ISSUES": issues,
            "NEEDS": json.dumps({"sandbox": {"result": result}, "report": {"result": "success"}}),
            "RUN_URL": "https://github.example/run/1",
        },
    )
    assert ended.returncode == 0, ended.stderr
    calls_made = [json.loads(line) for line in calls.read_text().splitlines()]
    return [call for call in calls_made if call[:2] not in (["label", "create"], ["issue", "list"])]


posix_only = pytest.mark.skipif(os.name == "nt", reason="the fake client is a script with #!")


@posix_only
def test_red_run_opens_an_issue(tmp_path: Path) -> None:
    """The first red run opens an issue that links the run and counts the categories."""
    tests = [{"status": "failed", "extra": {"category": "redirect bug"}}, {"status": "passed"}]
    (tmp_path / "report").mkdir()
    (tmp_path / "report" / "ctrf.json").write_text(json.dumps({"results": {"tests": tests}}))

    (call,) = update_issue(tmp_path, result="failure", issues="[]")

    assert call[:2] == ["issue", "create"]
    body = call[-1]
    assert "https://github.example/run/1" in body
    assert "* sandbox: failure" in body
    assert "| redirect bug | 1 |" in body
    assert "the run itself failed" not in body


@posix_only
@pytest.mark.parametrize(("result", "issues", "call"), [
    ("failure", '[{"number": 7}]', ["issue", "comment", "7"]),
    ("success", '[{"number": 7}]', ["issue", "close", "7"]),
    ("success", "[]", None),
], ids=["red again", "green again", "still green"])  # fmt: skip
def test_next_run_updates_an_open_issue(
    tmp_path: Path, result: str, issues: str, call: list[str] | None
) -> None:
    """A red run comments on an open issue, also without results; a green run closes it."""
    made = update_issue(tmp_path, result=result, issues=issues)
    assert [each[:3] for each in made] == ([call] if call else [])
    assert ("There are no results" in str(made)) == (result == "failure")
