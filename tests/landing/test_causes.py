"""Causes of navigations, from Chromium's events."""

import pytest

from landing.causes import Causes

HERE = "https://pay.example/page"
THERE = "https://merchant.example/landed?a=b"


def announce(causes: Causes, url: str, kind: str = "differentDocument") -> None:
    """Announce a navigation of the main frame."""
    causes.started({"frameId": "main", "url": url, "navigationType": kind})


def ask(causes: Causes, url: str, reason: str, frame: str = "main") -> None:
    """Announce that a page requests a navigation."""
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
    """A known reason becomes a cause, any other is "unknown"."""
    causes = Causes()
    ask(causes, THERE, reason)
    announce(causes, THERE)

    assert causes.claim(THERE) == (cause, THERE)


def test_navigation_without_a_reason_was_typed() -> None:
    """A navigation that no page requested came from the address bar."""
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
    """Reload and history navigations have no reason of a page."""
    causes = Causes()
    announce(causes, THERE, kind)

    assert causes.claim(THERE) == (cause, THERE)


def test_claim_returns_the_fragment() -> None:
    """A claim adds the fragment, which the request lacks."""
    causes = Causes()
    ask(causes, f"{THERE}#part", "scriptInitiated")
    announce(causes, f"{THERE}#part")

    assert causes.claim(THERE) == ("script", f"{THERE}#part")


def test_each_announcement_is_claimed_once() -> None:
    """A second request for the same URL needs a second announcement."""
    causes = Causes()
    announce(causes, THERE)
    causes.claim(THERE)

    assert causes.claim(THERE) == ("unknown", THERE)


@pytest.mark.parametrize("kind", ["sameDocument", "historySameDocument"])
def test_navigation_inside_the_document_announces_no_request(kind: str) -> None:
    """A change of the fragment or pushState makes no request."""
    causes = Causes()
    announce(causes, THERE, kind)

    assert causes.claim(THERE) == ("unknown", THERE)


@pytest.mark.parametrize(("url", "frame"), [(THERE, "inner"), (HERE, "main")])
def test_reason_counts_for_its_frame_and_url(url: str, frame: str) -> None:
    """The reason of another frame or for another URL is no cause."""
    causes = Causes()
    ask(causes, url, "anchorClick", frame=frame)
    announce(causes, THERE)

    assert causes.claim(THERE) == ("typed", THERE)


def test_first_document_of_a_pop_up_is_a_new_window() -> None:
    """The document of a pop-up is announced by its opener."""
    causes = Causes()
    causes.opened({"url": f"{THERE}#part"})

    assert causes.claim(THERE) == ("new-window", f"{THERE}#part")
