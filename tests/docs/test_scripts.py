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


def test_enough_checkouts_prove_a_run(tmp_path: Path) -> None:
    """A run with enough checkouts passes, and the output counts them."""
    ended = run("prove_checkouts.py", leave(tmp_path, verdict("a"), verdict("b")), "--at-least", 2)

    assert ended.returncode == 0
    assert ended.stdout == "2 checkouts were driven, and 2 of them landed.\n"


@pytest.mark.parametrize(
    "verdicts",
    [
        [],
        [verdict("a")],
        [verdict("a"), verdict("a")],
        [verdict("a"), verdict("")],
        [verdict("a"), verdict("b", status=None)],
        [verdict("a", landed=None), verdict("b", landed=None)],
    ],
    ids=["none", "too-few", "same-twice", "no-session", "no-answer", "none-landed"],
)
def test_too_few_checkouts_prove_nothing(tmp_path: Path, verdicts: list[Any]) -> None:
    """A session counts once and with an answered page, and at least one must land."""
    ended = run("prove_checkouts.py", leave(tmp_path, *verdicts), "--at-least", 2)

    assert ended.returncode == 1
    assert "this run proves nothing" in ended.stderr


def test_required_landings_can_be_zero(tmp_path: Path) -> None:
    """A run without a landing passes where the workflow requires none."""
    left = leave(tmp_path, verdict("a", landed=None))

    assert run("prove_checkouts.py", left, "--at-least", 1, "--landed", 0).returncode == 0


@pytest.mark.parametrize("outcome", list(Outcome))
def test_case_of_the_form_can_be_read(outcome: Outcome) -> None:
    """The fields of the form become a valid case file, with quotes and backslashes."""
    url = 'https://merchant.example/a"b\\c?d=é'

    written = run(
        "write_case.py",
        environ={"OUTCOME": outcome, "CARD": "DECLINED", "SUCCESS_URL": url, "CANCEL_URL": ""},
    )

    case = parse_case(written.stdout)
    assert case.outcome is outcome
    assert case.request == {Outcome.SUCCESS: url}


@pytest.mark.parametrize(
    ("outcome", "cards"),
    [("success", ("APPROVED",)), ("failure", ("DECLINED",)), ("cancel", ())],
)
def test_form_without_a_card_gets_one_that_fits(outcome: str, cards: tuple[str, ...]) -> None:
    """Without a card in the form, the case has one that leads to the outcome."""
    written = run("write_case.py", environ={"OUTCOME": outcome, "CARD": ""})

    assert parse_case(written.stdout).card == cards


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
def test_next_red_run_comments_on_the_issue(tmp_path: Path) -> None:
    """A red run comments on an open issue, also when it left no results."""
    (call,) = update_issue(tmp_path, result="failure", issues='[{"number": 7}]')

    assert call[:3] == ["issue", "comment", "7"]
    assert "There are no results" in call[-1]


@posix_only
def test_green_run_closes_the_issue(tmp_path: Path) -> None:
    """A green run closes the open issue."""
    (call,) = update_issue(tmp_path, result="success", issues='[{"number": 7}]')

    assert call[:3] == ["issue", "close", "7"]


@posix_only
def test_green_run_changes_nothing_without_an_open_issue(tmp_path: Path) -> None:
    """A green run without an open issue makes no call."""
    assert update_issue(tmp_path, result="success", issues="[]") == []
