"""The dashboard's page objects on another dashboard, which has the words and nothing else alike."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from pages.dashboard.errors import PersonNeeded, SignInExpired, SignInRefused
from pages.dashboard.navigation import open_redirect_urls
from pages.dashboard.sign_in import SignInPage
from pages.errors import PageChanged

pytestmark = [
    pytest.mark.standin_only,
    pytest.mark.dashboard,
    pytest.mark.stays("it is about page objects on a dashboard that is not the stand-in's"),
]

URL = "https://dashboard.other.example/"
OTHER = (Path(__file__).parent / "dashboards" / "single_page.html").read_text(encoding="utf-8")
URLS = {"success": "https://a.example/1", "cancel": "https://a.example/3?x=<b>"}


@pytest.fixture
def other(new_context: Callable[..., BrowserContext]) -> Callable[[str], Page]:
    """Open a tab for which the other dashboard is whatever HTML it is given."""

    def open_tab(html: str = OTHER) -> Page:
        context = new_context()
        answer: dict[str, Any] = {"content_type": "text/html", "body": html}
        context.route(f"{URL}**", lambda route: route.fulfill(**answer))
        return context.new_page()

    return open_tab


def test_ten_steps_lead_to_the_urls_of_the_right_merchant(other: Callable[..., Page]) -> None:
    """A single-page dashboard with menus, folds, cards and a second tab is used by its words."""
    inside = SignInPage(other()).open(URL).sign_in("me@a.example", "right")

    screen = open_redirect_urls(inside, "BETA000000002").type(URLS).save()

    assert screen.reopen().urls() == URLS
    assert "BETA000000002" in screen.page.url


def test_refused_url_is_named_on_it_too(other: Callable[..., Page]) -> None:
    """What stands beside a field that is refused is read there as well, and nothing is saved."""
    inside = SignInPage(other()).open(URL).sign_in("me@a.example", "right")

    screen = (
        open_redirect_urls(inside, "ALPHA00000001").type({"failure": "http://a.example/"}).save()
    )

    assert screen.problems() == {"failure": "Use https"}
    assert screen.reopen().urls() == {}


def test_wrong_password_is_told_apart(other: Callable[..., Page]) -> None:
    """A refused sign-in is an error with its own words."""
    door = SignInPage(other(), within_s=2).open(URL)

    with pytest.raises(SignInRefused, match="CLOVER_DASHBOARD_PASSWORD"):
        door.sign_in("me@a.example", "wrong")


def test_expired_sign_in_says_what_to_run(other: Callable[..., Page]) -> None:
    """A saved sign-in that leads to the door again has expired, and the error names the cure."""
    door = SignInPage(other()).open(URL)

    with pytest.raises(SignInExpired, match="make dashboard-login"):
        door.already_inside(".auth/dashboard.json")


def test_second_factor_asks_for_a_person(other: Callable[..., Page]) -> None:
    """A dashboard that wants a code after the password is left to a person."""
    html = """<label>Email<input id="m"></label><label>Password<input type="password"></label>
    <button onclick="document.body.innerHTML =
      '<h1>Enter the verification code</h1><input aria-label=Code>'">Log in</button>"""
    door = SignInPage(other(html), within_s=2).open(URL)

    with pytest.raises(PersonNeeded, match="second factor"):
        door.sign_in("me@a.example", "right")


def test_missing_step_is_named_with_what_is_there(other: Callable[..., Page]) -> None:
    """A dashboard without test merchants ends in an error that lists what was found instead."""
    html = """<form><input aria-label="Email"><input type="password"><button>Log in</button></form>
    <script>
      document.forms[0].onsubmit = () => {
        document.body.innerHTML = '<button role="switch" aria-checked="true">Sandbox</button>'
          + '<a href="#apps">Apps</a>';
        return false;
      };
    </script>"""
    inside = SignInPage(other(html), within_s=2).open(URL).sign_in("me@a.example", "right")

    with pytest.raises(PageChanged, match=r"Test Merchants.*Found instead.*Apps"):
        open_redirect_urls(inside, "BETA000000002")
