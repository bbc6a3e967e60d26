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


REASONS = {
    "anchorClick": "link", "formSubmissionGet": "form", "formSubmissionPost": "form",
    "httpHeaderRefresh": "meta-refresh", "initialFrameNavigation": "embedded",
    "metaTagRefresh": "meta-refresh", "scriptInitiated": "script", "somethingNew": "unknown",
    "": "typed",
}  # fmt: skip
KINDS = {
    "reload": "reload", "reloadBypassingCache": "reload", "historyDifferentDocument": "history",
    "restore": "history", "restoreWithPost": "history",
}  # fmt: skip


@pytest.mark.parametrize(("reason", "kind", "cause"), [
    *((reason, "differentDocument", cause) for reason, cause in REASONS.items()),
    *(("", kind, cause) for kind, cause in KINDS.items()),
])  # fmt: skip
def test_cause_is_the_reason_or_the_kind_of_navigation(reason: str, kind: str, cause: str) -> None:
    """The reason or the kind decides, else the URL was typed; a claim adds the fragment."""
    causes = Causes()
    if reason:
        ask(causes, f"{THERE}#part", reason)
    announce(causes, f"{THERE}#part", kind)
    assert causes.claim(THERE) == (cause, f"{THERE}#part")


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
