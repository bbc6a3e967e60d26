"""The timeline of a checkout: what is recorded in a browser, and what a report shows of it."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route

from landing.trail import Trail
from pages.checkout import CheckoutPage
from records.exchange import Exchange
from records.observation import Arrival
from records.recorded_test import EVIDENCE_FILE, TestRecord
from records.timeline import Timeline
from suite.evidence.evidence import Evidence, Recording
from suite.evidence.scrubber import Scrubber
from suite.evidence.timeline import MOST_EVENTS, TimelineRecorder
from suite.reporting.groups import group
from suite.reporting.html.report import render
from tests.pages.conftest import FLAT_FIELDS, PAY
from tests.pages.test_checkout import CARD
from tests.suite.samples import SESSION, error

TOKEN = "token-7f93ab"
CLOVER, SHOP = "https://clover.example/", "https://shop.example/landing"
SCRIPT = f"""<script>
document.getElementById("pay").onclick = async () => {{
  const card = [...document.querySelectorAll("input")].map((field) => field.value).join(" ");
  console.error("typed", card, "{TOKEN}");
  const headers = {{ authorization: "Bearer {TOKEN}" }};
  await fetch("/pay?card=" + card, {{ method: "POST", headers, body: card }});
  location = "{SHOP}";
}};
</script>"""


@pytest.fixture
def context(own_browser: Browser) -> Iterator[BrowserContext]:
    """A browser in which two sites answer, one of them with a payment page."""
    context = own_browser.new_context()
    context.route("**/*", _answer)
    yield context
    context.close()


def _answer(route: Route) -> None:
    body = f"<h1>Shop</h1>{FLAT_FIELDS}{PAY}{SCRIPT}" if route.request.url == CLOVER else "<p>"
    route.fulfill(status=200, content_type="text/html", body=body)


def _recorder(page: Page, *late: Arrival) -> TimelineRecorder:
    return TimelineRecorder(
        SESSION, page, Trail(page), lands_at=lambda url: url == SHOP, late=lambda: late
    )


@pytest.fixture
def recorded(context: BrowserContext, tmp_path: Path) -> tuple[TestRecord, Path]:
    """The evidence of a payment, with a screenshot of its end."""
    page = context.new_page()
    late = Arrival(1, time.monotonic() + 60, "GET", SHOP, (), "", 200)
    record = error()
    evidence = Evidence(record, tmp_path / record.folder, Scrubber([CARD.number]), Recording())
    evidence.hide(TOKEN)
    created = Exchange("POST", "https://api/", 200, 1, "{}", SESSION, at_s=time.monotonic())
    recorder = _recorder(page, late)
    evidence.recorders.append(recorder)
    checkout = CheckoutPage(page, note=recorder.step)
    checkout.open(CLOVER).pay(CARD)
    page.wait_for_url(SHOP)
    evidence.add_exchange([Exchange("POST", "https://other/", 200, 1), created])
    evidence.add_screenshot(page.screenshot(), page=page)
    evidence.finish({})
    return TestRecord.load(evidence.folder / EVIDENCE_FILE), evidence.folder


def _lane(timeline: Timeline, lane: str) -> list[str]:
    return [event.text or event.screenshot for event in timeline.events if event.lane == lane]


def test_timeline_has_every_step_in_order(recorded: tuple[TestRecord, Path]) -> None:
    """Steps, requests and console stand in the order of time, counted from the create call."""
    (timeline,) = recorded[0].timelines

    assert _lane(timeline, "step") == [
        "creates the checkout by API",
        "opens Clover's page",
        "the page can be paid",
        *(f"types “{label}”" for label in ("Card Number", "MM/YY", "CVV", "Zip")),
        "presses Pay",
        "the browser requests the merchant's page",
        "screenshot.png",
    ]
    api, page, call, landing, late = _lane(timeline, "network")
    assert api == "POST 200 in 1 ms (API) https://api/"
    assert page == f"GET 200 (tab, typed) {CLOVER}"
    assert call.startswith("POST 200 in ")
    assert landing == f"GET 200 (tab, script) {SHOP}"
    assert late == f"late arrival: GET {SHOP}"
    assert [event.at_ms for event in timeline.events] == sorted(e.at_ms for e in timeline.events)
    assert (timeline.begins_with, timeline.events[0].at_ms) == ("the create call", 0)
    assert timeline.events[-1].is_bad


def test_card_and_token_are_in_no_report(recorded: tuple[TestRecord, Path]) -> None:
    """A typed card number and the token of a request header are in no file and not in the page."""
    record, folder = recorded
    record.folder = folder.name
    html = render([record], group([record]), folder.parent)

    (timeline,) = record.timelines
    (said,) = _lane(timeline, "console")
    assert "error: typed ************" in said
    for text in (html, *(path.read_bytes().decode("latin-1") for path in folder.iterdir())):
        assert CARD.number not in text
        assert TOKEN not in text


def test_long_timeline_keeps_both_ends(context: BrowserContext) -> None:
    """A page that floods the console cannot fill the report."""
    recorder = _recorder(context.new_page())
    for number in range(MOST_EVENTS * 2):
        recorder.step(str(number))

    events = recorder.timeline([], []).events

    assert len(events) == MOST_EVENTS + 1
    assert (events[0].text, events[-1].text) == ("0", str(MOST_EVENTS * 2 - 1))
    assert events[MOST_EVENTS // 2].text == f"{MOST_EVENTS} entries are left out here"


def test_picture_belongs_to_the_checkout_of_its_tab(
    context: BrowserContext, tmp_path: Path
) -> None:
    """Of two checkouts, a tab's picture is in its own timeline, another one in the latest."""
    pages = [context.new_page(), context.new_page()]
    evidence = Evidence(error(), tmp_path, Scrubber(), Recording())
    evidence.recorders += [_recorder(page) for page in pages]
    evidence.recorders[1].step("the latest")
    evidence.add_screenshot(b"png", page=pages[0])
    evidence.add_screenshot(b"png", "page-as-found")

    evidence.finish({})

    first, second = evidence.record.timelines
    assert [event.screenshot for event in first.events] == ["screenshot.png"]
    assert [event.screenshot for event in second.events] == ["", "page-as-found.png"]
