"""The report is one file that shows everything and runs nothing of what it shows."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from records.exchange import Exchange
from records.observation import PageState
from records.recorded_test import TestRecord
from suite.reporting.history import Trend
from suite.reporting.html.charts import histogram, round_up
from suite.reporting.html.report import render, spans, worst
from suite.reporting.run_summary import RunSummary
from tests.suite.samples import EXPECTED, bug, error, hop, record, verdict

HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)>'
PNG = bytes.fromhex("89504e470d0a1a0a")


class _Outline(HTMLParser):
    """Collects elements and the addresses that a page would load."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.loaded: list[str] = []
        self.handlers: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            if name in {"src", "srcset", "data"} or (tag == "link" and name == "href"):
                self.loaded.append(value or "")
            if name.startswith("on"):
                self.handlers.append(name)


@pytest.fixture
def hostile() -> TestRecord:
    """A test in which every text tries to be markup."""
    made = bug("test_hostile", HOSTILE)
    made.title = made.params = made.repro = made.output = HOSTILE
    made.notes = {HOSTILE: HOSTILE}
    made.run = {"target": HOSTILE, "behaviour": HOSTILE}
    made.exchanges = [
        Exchange(
            method=HOSTILE, url=HOSTILE, status=200, ms=1, request_body=HOSTILE, response_body="{}"
        )
    ]
    made.verdicts[0] = replace(
        made.verdicts[0],
        expectation=HOSTILE,
        behaviour=HOSTILE,
        landed_url=EXPECTED + HOSTILE,
        hops=(hop(1, HOSTILE, location=HOSTILE, cause=HOSTILE, failure=HOSTILE),),
    )
    return made


def test_no_text_becomes_markup(hostile: TestRecord, tmp_path: Path) -> None:
    """What a provider sends is shown and never run."""
    outline = _Outline(render([hostile], tmp_path))

    assert outline.tags.count("script") == 1
    assert "img" not in outline.tags
    assert outline.handlers == []


def test_page_says_what_the_shopper_saw_last(tmp_path: Path) -> None:
    """Where nobody landed, headline and message of the page are quoted, and why nothing is said."""
    down = error()
    stayed = PageState(url="https://c/x", heading="Shop", alert="Try again.")
    down.verdicts.append(verdict(None, stayed=stayed, undecided="the server failed"))

    page = render([down], tmp_path)

    assert "<code>https://c/x</code> under “Shop” with the message “Try again.”" in page
    assert "Undecided: the server failed." in page


def test_page_loads_nothing(tmp_path: Path) -> None:
    """The report opens offline: no address in it is fetched."""
    made = bug()
    made.screenshots = ["screenshot.png"]
    (tmp_path / made.folder).mkdir()
    (tmp_path / made.folder / "screenshot.png").write_bytes(PNG)

    page = render([made, record(), error()], tmp_path)

    assert [address[:22] for address in _Outline(page).loaded] == ["data:image/png;base64,"]
    assert "@import" not in page
    assert not re.search(r"url\(", page)


def test_missing_screenshot_leaves_no_broken_picture(tmp_path: Path) -> None:
    """A record may outlive its files."""
    made = bug()
    made.screenshots = ["gone.png"]

    assert "img" not in _Outline(render([made], tmp_path)).tags


def test_failures_come_first(tmp_path: Path) -> None:
    """Redirect bugs stand above errors, errors above what passed."""
    page = render([record("test_fine"), error("test_down"), bug("test_lost")], tmp_path)

    places = [page.index(f"::{name}</code>") for name in ("test_lost", "test_down", "test_fine")]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("records", "tone", "words"),
    [
        ([record()], "passed", "No violations in 1 test"),
        ([bug(), record()], "failed", "1 redirect bug in 2 tests"),
        (
            [error(category="API contract"), record()],
            "failed",
            "1 API contract violation in 2 tests",
        ),
        ([error(), record()], "error", "No redirect bug found, but the run is incomplete"),
        ([record(status="skipped")], "error", "No test was run"),
        ([], "error", "No test was run"),
    ],
)
def test_headline_says_what_matters(records: list[TestRecord], tone: str, words: str) -> None:
    """A broken night is not announced as a redirect bug, nor an empty one as a success."""
    headline = RunSummary(records).headline

    assert (headline.tone, headline.text) == (tone, words)


def test_matrix_has_a_column_per_behaviour() -> None:
    """One promise under two behaviours is one row."""
    measured = bug("test_lands")
    measured.verdicts[0] = verdict(None, "lands", behaviour="measured, decline=stay")

    shown = RunSummary([record(), measured])

    assert shown.columns == ["documented", "measured"]
    assert {title: [worst(counts) for counts in row] for title, row in shown.matrix.items()} == {
        "Paying leads to the success URL.": ["passed", "failed"]
    }


def test_matrix_tells_browsers_apart_where_there_are_several() -> None:
    """What differs between the runs of a report names its columns."""
    firefox = record(run={"target": "standin", "behaviour": "documented", "browser": "firefox"})

    assert RunSummary([record(), firefox]).columns == [
        "documented · chromium",
        "documented · firefox",
    ]


def test_empty_run_still_has_a_page(tmp_path: Path) -> None:
    """A run without tests is reported as that."""
    assert "No test was run" in render([], tmp_path)


def test_histogram_counts_every_redirect() -> None:
    """No redirect falls out of the plot, however late."""
    drawn = histogram({"success": [10, 20, 20, 5000], "cancel": [15]})

    assert drawn is not None
    assert sum(map(sum, drawn.counts.values())) == 5


def test_histogram_of_nothing_is_nothing() -> None:
    """Without a redirect there is no empty plot."""
    assert histogram({}) is None


@pytest.mark.parametrize(
    ("step", "round_step"), [(0.3, 0.5), (1, 1), (1.1, 2), (23, 25), (99, 100)]
)
def test_axis_steps_are_round(step: float, round_step: float) -> None:
    """Axes are labelled with numbers that people count in."""
    assert round_up(step) == round_step


def test_timeline_bars_fill_the_way_in_order() -> None:
    """Each hop's bar begins where the one before ends."""
    way = spans([hop(1, "https://a/", at_ms=0), hop(2, "https://b/", at_ms=50)])

    (_, first, width), (_, second, _) = way
    assert first == 0
    assert first + width == pytest.approx(second)


def test_passing_test_carries_no_bodies(tmp_path: Path) -> None:
    """A thousand green tests do not make a page that a phone cannot open."""
    made = record(verdicts=[verdict()])
    made.exchanges = [
        Exchange(
            method="POST",
            url="https://a/",
            status=200,
            ms=1,
            request_body="{}",
            response_body="BULK",
        )
    ]

    assert "BULK" not in render([made], tmp_path)


def test_trend_has_a_dot_for_each_night_with_a_value(tmp_path: Path) -> None:
    """A night without redirects leaves a gap in the line."""
    trend = Trend(
        ["1", "2", "3", "4"], [100.0, 50.0, 75.0, 80.0], [9.0, 8.0, None, 7.0], [], [], []
    )

    page = render([record()], tmp_path, trend=trend)

    assert page.count("<circle") == 4 + 3
    assert page.count('class="curve"') == 3 + 1
