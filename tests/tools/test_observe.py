"""Conclusions of an observation from its notes, without a browser."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from clover.address import parse
from clover.behaviour import SWITCHES, load_behaviour
from records.observation import Hop
from tools.observe import questions, reading
from tools.observe.__main__ import main
from tools.observe.probes import probes
from tools.observe.questions import NOT_OBSERVED, QUESTIONS, Notes, rows
from tools.observe.reading import ERROR_CODE, SESSION_ID
from tools.observe.writing import Result, as_json, behaviour_file, markdown, text_table

OWN_ID = "7c0e8d0e-6f37-4a0b-9a3e-1d2f3a4b5c6d"
DOCUMENTED = load_behaviour("documented")


def result(notes: Notes) -> Result:
    """What is written of these notes."""
    return Result("a target", "2026-11-22", rows(notes, DOCUMENTED), {"sessions": 3})


def seen(key: str, words: str, value: Any) -> Notes:
    """Notes with one answer."""
    notes = Notes()
    notes.see(key, words, value)
    return notes


def row(notes: Notes, key: str) -> questions.Row:
    """The row of one question."""
    return next(row for row in rows(notes, DOCUMENTED) if row.key == key)


def hop(number: int, cause: str, status: int = 200, location: str | None = None) -> Hop:
    """One document request in the shopper's tab."""
    url = f"https://checkout.localhost/{number}"
    return Hop(number, "tab", url, "GET", status, location, cause, 100.0 * number, "", "")


def test_question_without_an_answer_says_why() -> None:
    """Without a note every question is in the table, and says why it is open."""
    found = rows(Notes(), DOCUMENTED)
    assert [row.key for row in found] == list(QUESTIONS)
    assert not any(row.is_news for row in found)
    assert all(row.observed.startswith(NOT_OBSERVED) and row.agrees is None for row in found)


def test_every_question_has_its_own_switch_and_a_probe() -> None:
    """A question sets a switch that no other sets, and a probe tries it."""
    named = [row.switch for row in rows(Notes(), DOCUMENTED) if row.switch]
    tried = {key for probe in probes() for key in probe.keys}
    assert set(named) <= set(SWITCHES)
    assert len(named) == len(set(named))
    assert set(QUESTIONS) == tried


@pytest.mark.parametrize(("key", "value", "agrees"), [
    ("id-in-query", "substitute", True), ("id-in-query", "verbatim", False),
    ("time-format", "unix-ms", True), ("time-format", "z", False),
    ("user-agent", True, True), ("read-back", 404, True),
    ("read-back", 200, False), ("redirect", "script", None),
])  # fmt: skip
def test_answer_is_compared_with_the_docs(key: str, value: str | int, agrees: bool | None) -> None:
    """An answer agrees with the documentation or not; where nothing is said, that is unknown."""
    assert row(seen(key, "seen", value), key).agrees is agrees


def test_first_reason_stays() -> None:
    """A question that two probes could not answer keeps the first reason."""
    notes = Notes()
    for reason in ("the page was gone", "the target was down"):
        notes.miss(reason, "referer")
    assert row(notes, "referer").observed == f"{NOT_OBSERVED}: the page was gone"


def test_answers_that_differ_are_not_constant() -> None:
    """Two answers to one question are both told, and set no switch; words alone do not differ."""
    notes = seen("life", "899.973", 900)
    notes.see("life", "899.981", 900)
    assert row(notes, "life").observed == "899.973"
    for seconds in (1800, 3600):
        notes.see("life", f"{seconds}", seconds)
    found = row(notes, "life")
    assert (found.observed, found.value) == ("not constant: 899.973; then 1800", None)
    assert found.is_news


def test_what_differs_comes_first() -> None:
    """Answers that differ from the documentation or from a measurement lead the table."""
    notes = seen("life", "1800", 1800)
    notes.see("back", "the cancel URL", "cancel")
    notes.see("read-back", "404", 404)
    first, second, third, *_ = rows(notes, DOCUMENTED)
    assert {first.key, second.key} == {"life", "back"}
    assert not third.is_news
    assert "measured: the page before, without a redirect" in row(notes, "back").cells[1]


@pytest.mark.parametrize(("key", "value", "words"), [
    ("life", 1800, "(the switch session_ttl_s says so)"),
    ("read-back", 200, "(the stand-in does not model another answer)"),
])  # fmt: skip
def test_difference_of_the_stand_in_says_why(key: str, value: int, words: str) -> None:
    """The stand-in has a reason for each NO; a sandbox has none."""
    notes = seen(key, str(value), value)
    found = next(row for row in rows(notes, DOCUMENTED, stand_in=True) if row.key == key)
    assert found.observed == f"{value} {words}"
    assert row(notes, key).observed == str(value)


def test_landing_is_read_part_by_part() -> None:
    """Each placeholder is read at its own place."""
    url = reading.template("https://merchant.example/request-1/success")
    came = url.replace(SESSION_ID, OWN_ID).replace(ERROR_CODE, "none")
    landed = reading.read_landing(parse(came))

    assert (landed.id_in_path, landed.id_in_query, landed.id_in_fragment) == (OWN_ID,) * 3
    assert landed.code == "none"
    assert (landed.own_query, landed.own_fragment, landed.others) == (True, True, ())
    assert not landed.second_mark


def test_landing_shows_what_is_lost() -> None:
    """A lost parameter and a lost fragment are seen."""
    landed = reading.read_landing(parse(f"https://merchant.example/a/{OWN_ID}?sid="))
    assert (landed.id_in_query, landed.id_in_fragment, landed.code) == ("", None, None)
    assert (landed.own_query, landed.own_fragment) == (False, False)


@pytest.mark.parametrize(("added", "words", "switch"), [
    ("", "none", "none"),
    *((f"&{name}={OWN_ID}", f"{name} with the session id", name) for name in (
        "session_id", "checkoutId", "order_id", "orderId", "ick",
    )),
    ("&orderId=7Q4", "orderId with another value", None),
    (f"&token={OWN_ID}", "token with the session id", None),
    ("&a=1&b=2", "a with another value, b with another value", None),
    (f"?ick={OWN_ID}", "ick with the session id, behind a second question mark", None),
])  # fmt: skip
def test_what_is_added_is_recognised(added: str, words: str, switch: str | None) -> None:
    """One parameter that somebody claims is a value of the switch, if it holds the session's id."""
    landed = reading.read_landing(parse(f"https://merchant.example/a?{reading.OWN_QUERY}{added}"))
    assert landed.own_query
    assert reading.appended(landed, OWN_ID) == (words, switch)


@pytest.mark.parametrize("query", ["own=A%20b%2Bc&own=2", "own=2&own=A%20b+c", "own=A+b+c"])
def test_changed_parameters_are_seen(query: str) -> None:
    """Another order or encoding of the merchant's own parameters is not as written."""
    assert not reading.read_landing(parse(f"https://merchant.example/a?{query}")).own_query


@pytest.mark.parametrize(("found", "switch"), [
    (OWN_ID, "substitute"),
    *((text, "verbatim") for text in (
        SESSION_ID, "%7BCHECKOUT_SESSION_ID%7D", "%7bCHECKOUT_SESSION_ID%7d",
    )),
    ("", "blank"), (None, None), ("8d1f9e1f-7a48-4b1c-8b4f-2e3a4b5c6d7e", None),
])  # fmt: skip
def test_value_of_a_placeholder_is_recognised(found: str | None, switch: str | None) -> None:
    """Only this session's own id counts as substituted."""
    assert reading.became(found, SESSION_ID, OWN_ID)[1] == switch


@pytest.mark.parametrize(("value", "style"), [
    ("2026-09-17T10:00:00.000Z", "z"), ("2025-07-01T10:00:00.000+0000", "offset"),
    ("2022-03-01@10:00:00.000+0000", "at"), (1_790_000_000_000, "unix-ms"),
    *((value, None) for value in ("tomorrow", None, True)),
])  # fmt: skip
def test_time_style_is_recognised(value: object, style: str | None) -> None:
    """Each of the four known shapes is recognised, and nothing else."""
    assert reading.time_style(value)[1] == style


@pytest.mark.parametrize(("hops", "switch"), [
    ([hop(1, "typed"), hop(2, "script")], "script"),
    ([hop(1, "typed"), hop(2, "script", 302, "/b"), hop(3, "redirect")], "302"),
    ([hop(1, "typed"), hop(2, "script", 303, "/b"), hop(3, "redirect")], "303"),
    ([hop(1, "typed"), hop(2, "form", 303, "/b"), hop(3, "redirect")], "form"),
    ([hop(1, "script"), hop(2, "meta-refresh")], "meta-refresh"),
    ([hop(1, "typed"), hop(2, "script", 307, "/b"), hop(3, "redirect")], None),
    ([hop(1, "typed"), hop(2, "history")], None),
])  # fmt: skip
def test_kind_of_redirect_is_recognised(hops: list[Hop], switch: str | None) -> None:
    """The last hops show how the browser was redirected."""
    assert reading.describe_redirect(hops, hops[-1])[1] == switch


def test_behaviour_file_can_be_loaded(tmp_path: Path) -> None:
    """The file describes the target by the switches that were seen, the rest as documented."""
    notes = seen("id-in-query", "itself", "verbatim")
    notes.see("life", "1800", 1800)
    notes.see("user-agent", "is refused", value=True)
    notes.see("code-in-failure", '“a"b\\c é”', 'a"b\\c é')
    file = tmp_path / "observed.toml"
    file.write_text(behaviour_file(result(notes)), encoding="utf-8")

    assert load_behaviour(file).switches() == DOCUMENTED.switches() | {
        "placeholders": "verbatim",
        "session_ttl_s": 1800,
        "user_agent_required": True,
        "error_code": 'a"b\\c é',
    }


def test_behaviour_file_names_what_was_not_seen() -> None:
    """The file lists the switches that were not observed."""
    text = behaviour_file(result(Notes()))
    assert tomllib.loads(text)["switches"] == {}
    assert "# not observed, and so as documented: placeholders, " in text


def test_table_shows_question_documentation_answer_and_agreement() -> None:
    """A row of the terminal's table has all four columns and at most 130 characters."""
    lines = text_table(
        result(seen("time-format", "like 2026-09-17T10:00:00.000Z", "z"))
    ).splitlines()
    assert any("Unix time" in line and "2026-09-17" in line and "NO" in line for line in lines)
    assert max(map(len, lines)) <= 130


def test_markdown_keeps_a_target_from_writing_table_or_markup() -> None:
    """Bars, angle brackets and line breaks in a message of the target are escaped."""
    lines = markdown(result(seen("decline-words", "a | b\n<script>", None))).splitlines()
    assert r"a \| b &lt;script>" in next(line for line in lines if "script" in line)


def test_json_holds_every_row_and_the_switches() -> None:
    """Programs find the same rows and switches."""
    shown = result(seen("cancel", "link, to the cancel URL", "link"))
    document = json.loads(as_json(shown))
    assert len(document["rows"]) == len(shown.rows)
    assert document["switches"] == questions.switches(shown.rows) == {"cancel": "link"}


def test_production_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A production host ends the observation before any request."""
    monkeypatch.setenv("CLOVER_API_URL", "https://api.clover.com")
    assert main(["--target", "sandbox"]) == 2
    assert "api.clover.com" in capsys.readouterr().err
