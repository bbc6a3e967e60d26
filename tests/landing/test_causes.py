"""Why the browser went somewhere, from Chromium's announcements."""

import pytest

from landing.causes import Causes

HERE = "https://pay.example/page"
THERE = "https://merchant.example/landed?a=b"


def announce(causes: Causes, url: str, kind: str = "differentDocument") -> None:
    """A navigation of the main frame begins."""
    causes.started({"frameId": "main", "url": url, "navigationType": kind})


def ask(causes: Causes, url: str, reason: str, frame: str = "main") -> None:
    """A page asks for a navigation."""
    causes.requested({"frameId": frame, "url": url, "reason": reason})


@pytest.mark.parametrize(
    ("reason", "cause"),
    [
        ("anchorClick", "link"),
        ("formSubmissionGet", "form"),
        ("formSubmissionPost", "form"),
        ("httpHeaderRefresh", "meta-refresh"),
        ("initialFrameNavigation", "embedded"),
        ("metaTagRefresh", "meta-refresh"),
        ("scriptInitiated", "script"),
        ("somethingNew", "unknown"),
    ],
)
def test_cause_is_the_reason_the_page_gave(reason: str, cause: str) -> None:
    """A word that a later Chromium invents is unknown, not an error."""
    causes = Causes()
    ask(causes, THERE, reason)
    announce(causes, THERE)

    assert causes.claim(THERE) == (cause, THERE)


def test_navigation_that_no_page_asked_for_was_typed() -> None:
    """The address bar, that is the test."""
    causes = Causes()
    announce(causes, THERE)

    assert causes.claim(THERE) == ("typed", THERE)


@pytest.mark.parametrize(
    ("kind", "cause"),
    [
        ("reload", "reload"),
        ("reloadBypassingCache", "reload"),
        ("historyDifferentDocument", "history"),
        ("restore", "history"),
        ("restoreWithPost", "history"),
    ],
)
def test_reload_and_history_show_in_the_kind_of_navigation(kind: str, cause: str) -> None:
    """Nobody on the page asks for these."""
    causes = Causes()
    announce(causes, THERE, kind)

    assert causes.claim(THERE) == (cause, THERE)


def test_claim_brings_the_fragment_that_the_request_lacks() -> None:
    """A request is sent without it."""
    causes = Causes()
    ask(causes, f"{THERE}#part", "scriptInitiated")
    announce(causes, f"{THERE}#part")

    assert causes.claim(THERE) == ("script", f"{THERE}#part")


def test_each_announcement_is_claimed_once() -> None:
    """A second request for the same URL needs an announcement of its own."""
    causes = Causes()
    announce(causes, THERE)
    causes.claim(THERE)

    assert causes.claim(THERE) == ("unknown", THERE)


@pytest.mark.parametrize("kind", ["sameDocument", "historySameDocument"])
def test_navigation_inside_the_document_announces_no_request(kind: str) -> None:
    """A hash or pushState makes none."""
    causes = Causes()
    announce(causes, THERE, kind)

    assert causes.claim(THERE) == ("unknown", THERE)


def test_reason_of_one_frame_is_not_the_cause_of_another() -> None:
    """Two frames may navigate at once."""
    causes = Causes()
    ask(causes, HERE, "anchorClick", frame="inner")
    announce(causes, THERE)

    assert causes.claim(THERE) == ("typed", THERE)


def test_reason_for_one_url_is_not_the_cause_of_another() -> None:
    """A page that asked in vain, before the test went on by itself."""
    causes = Causes()
    ask(causes, HERE, "anchorClick")
    announce(causes, THERE)

    assert causes.claim(THERE) == ("typed", THERE)


def test_first_document_of_a_pop_up_is_a_new_window() -> None:
    """Its own announcements go to a page that nobody listens to yet."""
    causes = Causes()
    causes.opened({"url": f"{THERE}#part"})

    assert causes.claim(THERE) == ("new-window", f"{THERE}#part")
