"""The dashboard's page objects on a dashboard with the documented words and other markup."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from pages.dashboard.sign_in import SignInPage
from pages.errors import PageChanged, PersonNeeded, SignInExpired, SignInRefused

URL = "https://dashboard.other.example/"
OTHER = Path(__file__).with_name("single_page.html").read_text(encoding="utf-8")
URLS = {"success": "https://a.example/1", "cancel": "https://a.example/3?x=<b>"}


SignIn = Callable[..., SignInPage]


@pytest.fixture
def sign_in(own_browser: Browser) -> Iterator[SignIn]:
    """Serve HTML as the dashboard and open it in a tab without cookies and storage."""
    with own_browser.new_context() as context:

        def serve(html: str = OTHER, within_s: float = 10) -> SignInPage:
            answer: dict[str, Any] = {"content_type": "text/html", "body": html}
            context.route(f"{URL}**", lambda route: route.fulfill(**answer))
            return SignInPage(context.new_page(), within_s=within_s).open(URL)

        yield serve


def test_ten_steps_lead_to_the_urls_of_the_right_merchant(sign_in: SignIn) -> None:
    """A single-page dashboard with menus, folds, cards and a second tab is used by its words."""
    inside = sign_in().sign_in("me@a.example", "right")
    screen = inside.open_redirect_urls("BETA000000002").type(URLS).save()
    assert screen.reopen().urls() == URLS
    assert "BETA000000002" in screen.page.url


def test_refused_url_is_named(sign_in: SignIn) -> None:
    """The text beside a refused field is read, and nothing is saved."""
    screen = sign_in().sign_in("me@a.example", "right").open_redirect_urls("ALPHA00000001")
    refused = screen.type({"failure": "http://a.example/"}).save()
    assert refused.problems() == {"failure": "Use https"}
    assert refused.reopen().urls() == {}


def test_wrong_password_names_the_setting(sign_in: SignIn) -> None:
    """A refused sign-in is an error that names the setting."""
    with pytest.raises(SignInRefused, match="CLOVER_DASHBOARD_PASSWORD"):
        sign_in(within_s=2).sign_in("me@a.example", "wrong")


def test_expired_sign_in_says_what_to_run(sign_in: SignIn) -> None:
    """A saved sign-in that leads to a password field has expired; the error says what to run."""
    with pytest.raises(SignInExpired, match="make dashboard-login"):
        sign_in().enter("", "", ".auth/dashboard.json")


def test_second_factor_asks_for_a_person(sign_in: SignIn) -> None:
    """A dashboard that asks for a code after the password needs a person."""
    html = """<label>Email<input id="m"></label><label>Password<input type="password"></label>
    <button onclick="document.body.innerHTML =
      '<h1>Enter the verification code</h1><input aria-label=Code>'">Log in</button>"""
    with pytest.raises(PersonNeeded, match="second factor"):
        sign_in(html, within_s=2).sign_in("me@a.example", "right")


def test_missing_step_is_named_with_what_is_there(sign_in: SignIn) -> None:
    """A dashboard without test merchants is an error that lists what it has instead."""
    html = """<form><input aria-label="Email"><input type="password"><button>Log in</button></form>
    <script>
      document.forms[0].onsubmit = () => {
        document.body.innerHTML = '<button role="switch" aria-checked="true">Sandbox</button>'
          + '<a href="#apps">Apps</a>';
        return false;
      };
    </script>"""
    inside = sign_in(html, within_s=2).sign_in("me@a.example", "right")

    with pytest.raises(PageChanged, match=r"Test Merchants.*Found instead.*Apps"):
        inside.open_redirect_urls("BETA000000002")


def test_error_of_the_dashboard_has_a_masked_screenshot(sign_in: SignIn) -> None:
    """The screenshot of a refused sign-in does not depend on what was typed."""
    html = """<input aria-label="Email"><input type="password"><button onclick="no.textContent =
      'Wrong'">Log in</button><p role="alert" id="no"></p>"""
    page = sign_in(html, within_s=2)
    screenshots = []

    for email in ("me@a.example", "somebody.else@b.example"):
        with pytest.raises(SignInRefused) as refusal:
            page.open(URL).sign_in(email, "wrong" + email)
        screenshots.append(refusal.value.screenshot)

    assert screenshots[0] == screenshots[1] != b""
