"""The HTML report: one offline file that executes nothing of what it shows."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from records.exchange import Exchange
from records.observation import PageState
from records.recorded_test import TestRecord
from suite.reporting.groups import group
from suite.reporting.history import Trend
from suite.reporting.html.charts import histogram, round_up, workers
from suite.reporting.html.report import (
    MOST_DETAILED,
    MOST_PICTURED,
    render,
    served,
    spans,
    worst,
)
from suite.reporting.run_summary import RunSummary
from tests.suite.samples import EXPECTED, HOME, bug, error, hop, judged, record, timeline, verdict

HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)>'
PNG = bytes.fromhex("89504e470d0a1a0a")


class _Outline(HTMLParser):
    """The elements of a page, and the addresses that it would load."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.loaded: list[str] = []
        self.handlers: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.handlers += [name for name, _ in attrs if name.startswith("on")]
        loading = {"src", "srcset", "data", *(["href"] if tag == "link" else [])}
        self.loaded += [value or "" for name, value in attrs if name in loading]


def test_no_text_becomes_markup(tmp_path: Path) -> None:
    """What a provider sends is shown and never executed."""
    made = bug("test_hostile", HOSTILE)
    made.title = made.params = made.repro = made.output = HOSTILE
    made.notes = {HOSTILE: HOSTILE}
    made.run = {"target": HOSTILE, "behaviour": HOSTILE}
    made.exchanges = [Exchange(HOSTILE, HOSTILE, 200, 1, HOSTILE, "{}")]
    made.timelines = [timeline(HOSTILE)]
    made.verdicts[0] = replace(
        made.verdicts[0],
        expectation=HOSTILE,
        behaviour=HOSTILE,
        landed_url=EXPECTED + HOSTILE,
        hops=(hop(1, HOSTILE, location=HOSTILE, cause=HOSTILE, failure=HOSTILE),),
    )

    outline = _Outline(render([made], group([made]), tmp_path))

    assert outline.tags.count("script") == 1
    assert "img" not in outline.tags
    assert outline.handlers == []


def test_page_loads_nothing(tmp_path: Path) -> None:
    """The report opens offline, with the screenshots that exist and the bodies of problems only."""
    made, passed = bug(), record()
    made.screenshots = ["screenshot.png", "gone.png"]
    (tmp_path / made.folder).mkdir()
    (tmp_path / made.folder / "screenshot.png").write_bytes(PNG)
    passed.exchanges = [Exchange("POST", "https://a/", 200, 1, "{}", "BULK")]

    page = render([made, passed, error()], group([made, passed, error()]), tmp_path)

    assert [address[:22] for address in _Outline(page).loaded] == ["data:image/png;base64,"]
    assert not re.search(r"@import|url\(", page)
    assert "BULK" not in page


def test_only_red_tests_show_a_timeline(tmp_path: Path) -> None:
    """A picture of the timeline is in the file once, and a large report has few timelines."""
    made, passed = bug(), record()
    made.screenshots = ["screenshot.png"]
    (tmp_path / made.folder).mkdir()
    (tmp_path / made.folder / "screenshot.png").write_bytes(PNG)
    made.timelines = [timeline("RED", screenshot="screenshot.png")]
    passed.timelines = [timeline("GREEN")]
    many = [bug(str(number)) for number in range(MOST_PICTURED)]
    for red in many:
        red.timelines = [timeline("MANY")]

    page = render([made, passed, *many], group([made, *many]), tmp_path)

    assert (page.count("RED<"), page.count("GREEN<"), page.count("data:image")) == (3, 0, 1)
    assert page.count("MANY<") == 3 * (MOST_PICTURED - 1)
    assert "1200</td>" in page


def test_trace_is_a_link_only_when_the_report_is_served(tmp_path: Path) -> None:
    """A report from disk says how to serve it; `make report` turns that into a link."""
    made = bug("test & co")
    made.trace = "trace.zip"
    page = render([made], group([made]), tmp_path)

    link = "trace-viewer/index.html?trace=../test%20%26%20co/trace.zip"
    assert "<code>make report</code>" in page
    assert f'<template class="viewer"><a href="{link}">' in page
    assert f'<span class="viewer"><a href="{link}">' in served(page)
    assert "template" not in _Outline(served(page)).tags


def test_page_shows_differences_and_the_last_page(tmp_path: Path) -> None:
    """Changed characters are marked; without a landing the last page is quoted."""
    stayed = PageState(url="https://c/x", heading="Shop", alert="Try again.")
    made, down = bug(), error()
    down.verdicts = [verdict(None, stayed=stayed, undecided="the server failed")]
    configured = f"{HOME}failure?a=x%20y&code={{ERROR_CODE}}"
    made.verdicts = [judged(f"{HOME}failure?a=x+y&code=any", configured=configured)]

    page = render([made, down], group([made, down]), tmp_path)

    for shown in (
        "<code>a=x<mark>%20</mark>y</code>",
        "<code>a=x<mark>+</mark>y</code>",
        "As expected: scheme, host, port, path, 1 parameter.",
        "<code>https://c/x</code> under “Shop” with the message “Try again.”",
        "Undecided: the server failed.",
    ):
        assert shown in page


def test_failures_come_first(tmp_path: Path) -> None:
    """Failures are above errors, errors above passed tests."""
    page = render(
        [record("test_fine"), error("test_down"), bug("test_lost")],
        group([record("test_fine"), error("test_down"), bug("test_lost")]),
        tmp_path,
    )
    places = [page.index(f"::{name}</code>") for name in ("test_lost", "test_down", "test_fine")]
    assert places == sorted(places)


@pytest.mark.parametrize(("records", "tone", "text"), [
    ([record()], "passed", "No violations in 1 test"),
    ([bug(), record()], "failed", "1 redirect bug in 2 tests"),
    ([error(category="API contract"), record()], "failed", "1 API contract violation in 2 tests"),
    ([error(), record()], "error", "No redirect bug found, but the run is incomplete"),
    ([record(status="skipped")], "error", "No test was run"),
    ([], "error", "No test was run"),
])  # fmt: skip
def test_worst_is_headline(tmp_path: Path, records: list[TestRecord], tone: str, text: str) -> None:
    """An error is not announced as a redirect bug, nor an empty run as a success."""
    headline = RunSummary(records).headline
    assert (headline.tone, headline.text) == (tone, text)
    assert f"<h1>{text}</h1>" in render(records, group(records), tmp_path)


def test_cause_is_shown_once(tmp_path: Path) -> None:
    """Forty reds with one reason are one group; of a large run most tests have only a line."""
    alike = [bug(f"test_{number}", "is-a-get") for number in range(40)]
    many = [*alike, *(record(f"test_fine_{number}") for number in range(MOST_DETAILED))]

    page = render(many, group(many), tmp_path)

    assert page.count('<section class="group"') == 1
    assert "39 more tests with this problem" in page
    assert page.count('<details class="test ') == MOST_DETAILED
    assert page.count('href="test_fine_') == 40


def test_matrix_has_a_column_for_each_combination() -> None:
    """Columns are behaviours; with several browsers, each combination has a column."""
    measured = bug("test_lands")
    measured.verdicts[0] = verdict(None, "lands", behaviour="measured, decline=stay")
    firefox = record(run={"target": "standin", "behaviour": "documented", "browser": "firefox"})
    run, both = RunSummary([record(), measured]), RunSummary([record(), firefox])

    assert run.columns == ["documented", "measured"]
    assert [*run.matrix] == ["Paying leads to the success URL."]
    assert [[worst(counts) for counts in row] for row in run.matrix.values()] == [
        ["passed", "failed"]
    ]
    assert both.columns == ["documented · chromium", "documented · firefox"]


def test_charts_show_every_value() -> None:
    """Each redirect is in a bin, however late; the bars of a navigation fill its time in order."""
    drawn = histogram({"success": [10, 20, 20, 5000], "cancel": [15]})
    (_, first, width), (_, second, _) = spans([hop(1, "u", at_ms=0), hop(2, "u", at_ms=50)])

    assert drawn is not None
    assert sum(map(sum, drawn.counts.values())) == 5
    assert histogram({}) is None
    assert first == 0
    assert first + width == pytest.approx(second)
    assert [round_up(step) for step in (0.3, 1, 1.1, 23, 99)] == [0.5, 1, 2, 25, 100]


def test_processes_show_when_they_were_idle(tmp_path: Path) -> None:
    """Each process of a run has a row with a dash for each test; shards keep theirs apart."""
    at = "2026-11-22T03:17:{:02}+00:00"
    ran = [
        record(worker="gw0", started=at.format(0), duration_s=4.0),
        record(worker="gw0", started=at.format(6), duration_s=4.0),
        record(worker="gw1", started=at.format(0), duration_s=5.0),
    ]

    assert [tuple(row) for row in workers(ran)] == [
        ("gw0", 2, pytest.approx(80.0), "M0.0 0h139.2M208.8 0h139.2"),
        ("gw1", 1, pytest.approx(50.0), "M0.0 0h174.0"),
    ]
    assert "gw1: 1 test, busy for 50 % of the run" in render(ran, [], tmp_path)
    assert workers(ran[:2]) == []
    shards = [record(worker="gw0", started=at.format(0), folder=f"{n}/test") for n in "12"]
    assert [row.name for row in workers(shards)] == ["1/gw0", "2/gw0"]


def test_trend_has_a_dot_for_each_night_with_a_value(tmp_path: Path) -> None:
    """A night without redirects leaves a gap in the line."""
    trend = Trend("1234", [100.0, 50.0, 75.0, 80.0], [9.0, 8.0, None, 7.0], [], [], [])
    page = render([record()], group([record()]), tmp_path, trend=trend)
    assert page.count("<circle") == 4 + 3
    assert page.count('class="curve"') == 3 + 1
