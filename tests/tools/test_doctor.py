"""``make doctor`` on the stand-in and on a second provider, healthy and half broken."""

import json
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from suite.dashboard import access
from suite.targets import sandbox
from tests.rehearsal.commands import ROOT, run_tool, settings_of
from tests.rehearsal.dashboard import COOKIE
from tests.rehearsal.provider import Rehearsal, rehearsal
from tools.doctor.__main__ import examine_target
from tools.doctor.checks import FAILED, next_step

#: A browser that ends at once, for checks that need none.
NO_BROWSER = {"CHROMIUM_PATH": "/bin/false"}
NO_DASHBOARD = dict.fromkeys(
    ("CLOVER_DASHBOARD_URL", "CLOVER_DASHBOARD_EMAIL", "CLOVER_DASHBOARD_PASSWORD"), ""
)
LOCATORS = ("field “Card Number”", "button “Pay $…”", "link “Cancel”")


@pytest.fixture
def provider() -> Iterator[Rehearsal]:
    """A healthy provider."""
    with rehearsal() as running:
        yield running


def states(ended: subprocess.CompletedProcess[str]) -> dict[str, str]:
    """The state of each row by its name."""
    assert not ended.stderr, ended.stderr
    table, _, _ = ended.stdout.rpartition("\n\n")
    rows = {line[:28].rstrip(): line[30:39].rstrip() for line in table.splitlines()}
    return {name: state for name, state in rows.items() if state}


def test_healthy_provider_is_ready(provider: Rehearsal) -> None:
    """Nothing is paid, and the API is asked twice."""
    ended = run_tool(provider, "tools.doctor")

    found = states(ended)
    assert set(found.values()) == {"ok"}, ended.stdout
    assert {*LOCATORS, "second factor", "redirect URL, cancel"} <= set(found)
    assert (ended.returncode, ended.stdout.splitlines()[-1]) == (0, "ready")
    assert (provider.requests, len(provider.calls), provider.payments) == (2, 1, {})
    assert provider.token not in ended.stdout


@pytest.mark.parametrize(("environ", "failed", "step"), [
    ({"CLOVER_PRIVATE_TOKEN": ""}, "settings", "CLOVER_PRIVATE_TOKEN is missing"),
    ({"CLOVER_API_URL": "https://api.clover.com"}, "settings", "production"),
    ({"CLOVER_API_URL": "https://no-such-host.invalid"}, "DNS", "Check the spelling in CLOVER"),
    ({"CLOVER_API_URL": "http://127.0.0.1:1"}, "TLS and proxy", "start it, or correct CLOVER_API"),
    ({"CLOVER_PRIVATE_TOKEN": "another"}, "token", "copy both from the HOSTED_CHECKOUT row"),
    ({"CLOVER_MERCHANT_ID": "SHORT"}, "token", "Copy the merchant id into CLOVER_MERCHANT_ID"),
], ids=["missing", "production", "dns", "refused", "token", "merchant id"])  # fmt: skip
def test_wrong_setting_is_named(
    provider: Rehearsal, environ: dict[str, str], failed: str, step: str
) -> None:
    """The first check that fails says what to do, and those that need it are not tried."""
    ended = run_tool(provider, "tools.doctor", **NO_BROWSER, **environ)

    found = states(ended)
    assert found[failed] == "FAILED", ended.stdout
    assert found["hosted page"] == "not tried"
    assert step in " ".join(ended.stdout.split("Next: ")[1].split())
    assert ended.returncode == 1


def test_port_without_tls_is_named(provider: Rehearsal) -> None:
    """An https:// address of a plain HTTP server fails at TLS."""
    url = provider.origin.replace("http:", "https:")
    ended = run_tool(provider, "tools.doctor", CLOVER_API_URL=url, **NO_BROWSER)
    assert states(ended)["TLS and proxy"] == "FAILED"
    assert "Next: correct the scheme or the port in CLOVER_API_URL" in ended.stdout


@pytest.mark.parametrize(("broken", "failed", "step", "requests"), [
    ({"refusal": 401}, "token", "copy both from the HOSTED_CHECKOUT row", 2),
    ({"refusal": 201}, "token", "names Clover's API", 2),
    ({"refusal": 406}, "token", "private token of the HOSTED_CHECKOUT integration", 2),
    ({"busy": 99}, "token", "run with fewer workers", 3),
    ({"clock_off_s": 3600.0}, "clock", "Set this machine's clock", 2),
    ({"clock_off_s": -3600.0}, "clock", "Set this machine's clock", 2),
], ids=["wrong type", "odd status", "not acceptable", "rate limit", "ahead", "behind"])  # fmt: skip
def test_broken_api_is_named(
    provider: Rehearsal, broken: dict[str, Any], failed: str, step: str, requests: int
) -> None:
    """The API's trouble is found with three calls at most."""
    change(provider, broken)
    ended = run_tool(provider, "tools.doctor", **NO_BROWSER)
    assert states(ended)[failed] == "FAILED", ended.stdout
    assert step in ended.stdout.split("Next: ")[1]
    assert provider.requests == requests


def test_short_rate_limit_is_waited_for(provider: Rehearsal) -> None:
    """One answer 429 is no reason to give up."""
    provider.busy = 1
    assert states(run_tool(provider, "tools.doctor", **NO_BROWSER))["token"] == "ok"


@pytest.mark.parametrize(("broken", "environ", "found", "step"), [
    ({"captcha": True}, {}, {"captcha": "FAILED", "Pay": "not tried"}, "Switch reCAPTCHA off"),
    ({"maintenance": 503}, {}, {"hosted page": "FAILED", "locators": "not tried"}, "wait for the"),
    ({"maintenance": 200}, {}, {"hosted page": "FAILED", "captcha": "not tried"}, "maintenance"),
    ({"pay": "Buy it"}, {}, {"button “Pay $…”": "FAILED", LOCATORS[0]: "ok"}, "pages/words/"),
    ({"disabled": True}, {}, {"captcha": "ok", "Pay": "FAILED"}, "what the page still wants"),
    ({"dashboard.second_factor": True}, {}, {"dashboard login": "ok", "second factor": "FAILED"},
     "make dashboard-login"),
    ({}, {"CLOVER_DASHBOARD_PASSWORD": "no"}, {"dashboard login": "FAILED"}, "CLOVER_DASHBOARD_E"),
    ({}, {"CLOVER_DASHBOARD_EMAIL": ""}, {"dashboard login": "FAILED"}, "EMAIL is missing"),
    ({}, {"REDIRECT_CANCEL_URL": "https://127.0.0.1:1/"}, {"redirect URL, cancel": "FAILED"},
     "Correct REDIRECT_CANCEL_URL"),
    ({"takes_http": False}, {"CHROMIUM_PATH": "/bin/false"},
     {"browser": "FAILED", "redirect URLs": "not tried"}, "name another in CHROMIUM_PATH"),
], ids=["captcha", "maintenance", "maintenance with 200", "words", "disabled", "second factor",
        "password", "half a login", "redirect URL", "browser"])  # fmt: skip
def test_broken_page_is_named(
    provider: Rehearsal, broken: dict[str, Any], environ: dict[str, str], found: dict[str, str],
    step: str,
) -> None:  # fmt: skip
    """Whatever the browser meets has its own row and its own cure."""
    change(provider, broken)
    ended = run_tool(provider, "tools.doctor", **environ)
    assert found.items() <= states(ended).items(), ended.stdout
    assert step in ended.stdout.split("Next: ")[1]
    assert not provider.payments


def test_expired_sign_in_is_named(
    provider: Rehearsal, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A saved sign-in that the dashboard has forgotten leads to a new one by hand."""
    cookie = {"name": COOKIE, "value": "forgotten", "domain": "127.0.0.1", "path": "/"}
    file = tmp_path / "dashboard.json"
    file.write_text(json.dumps({"cookies": [cookie], "origins": []}))
    monkeypatch.setattr(sandbox, "SIGN_IN_FILE", file)
    monkeypatch.setattr(access, "HOME", tmp_path)
    for name, value in settings_of(provider).items():
        monkeypatch.setenv(name, value)

    with ThreadPoolExecutor(1) as pool:  # Playwright allows one browser connection in a thread
        rows, _ = pool.submit(examine_target, "sandbox", None).result()

    [login] = [row for row in rows if row.name == "dashboard login"]
    assert (login.state, next_step(rows)) == (FAILED, login.cure)
    assert "has expired" in login.found
    assert "make dashboard-login" in login.cure


def test_changed_words_are_shown(provider: Rehearsal) -> None:
    """What else is there stands beside a locator that matches nothing."""
    provider.pay = "Buy it"
    ended = run_tool(provider, "tools.doctor", **NO_DASHBOARD)
    assert "0 matches; also there: button “Buy it $5.00”" in " ".join(ended.stdout.split())
    assert states(ended)["dashboard login"] == "not tried"


def test_urls_of_the_dashboard_are_shown(provider: Rehearsal) -> None:
    """URLs on the dashboard are shown, and that they win; a run can start all the same."""
    provider.dashboard.urls["success"] = "https://shop.example/thanks"
    ended = run_tool(provider, "tools.doctor")
    assert states(ended)["dashboard URLs"] == "odd"
    assert "success: https://shop.example/thanks; they win" in " ".join(ended.stdout.split())
    assert ended.returncode == 0


def test_stand_in_is_ready() -> None:
    """The default target needs nothing."""
    command = [sys.executable, "-m", "tools.doctor", "--target", "standin"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert set(states(ended).values()) == {"ok"}, ended.stdout
    assert ended.returncode == 0


def change(provider: Rehearsal, broken: dict[str, Any]) -> None:
    """Set attributes of the provider, or of its dashboard."""
    for name, value in broken.items():
        place, _, attribute = name.rpartition(".")
        setattr(provider.dashboard if place else provider, attribute, value)
