"""Settings of a run, with a sentence for each missing or invalid value."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from pydantic import SecretStr

from records.outcome import Outcome
from suite.settings.raw_settings import NAMES
from suite.settings.settings import (
    ApiAccess,
    DashboardLogin,
    Settings,
    SettingsProblem,
    load_settings,
)

ROOT = Path(__file__).parents[2]
TOKEN = "5fd3b1a2-c0de-4a11-8e1f-aa55aa55aa55"
SANDBOX = {"CLOVER_MERCHANT_ID": "MERCHANT12345", "CLOVER_PRIVATE_TOKEN": TOKEN}
DASHBOARD = {
    "CLOVER_DASHBOARD_URL": "https://sandbox.dev.clover.com/dashboard",
    "CLOVER_DASHBOARD_EMAIL": "me@example.com",
    "CLOVER_DASHBOARD_PASSWORD": "open sesame",
}


def _load(target: str | None = "sandbox", **environ: str) -> Settings:
    return load_settings(target=target, environ=environ, dotenv_path=None)


def _sentences(target: str | None = "sandbox", **environ: str) -> tuple[str, ...]:
    with pytest.raises(SettingsProblem) as caught:
        _load(target, **environ)
    return caught.value.sentences


@pytest.mark.parametrize("environ", [{}, {"CLOVER_MERCHANT_ID": "your-merchant-id"}])
def test_stand_in_needs_no_settings(environ: Mapping[str, str]) -> None:
    """The stand-in is the default, and ignores settings of the sandbox."""
    settings = _load(None, **environ)
    assert (settings.target, settings.behaviour) == ("standin", "documented")
    assert (settings.api, settings.dashboard) == (None, None)
    assert settings.redirect_timeout_s == 10
    assert (settings.redirect_urls, settings.secrets) == ({}, ())


def test_sandbox_needs_merchant_and_token() -> None:
    """The other settings of the sandbox have defaults; the dashboard's make a login."""
    settings = _load(**SANDBOX, **DASHBOARD)
    api = ("https://apisandbox.dev.clover.com", "MERCHANT12345", SecretStr(TOKEN))
    url, email, password = DASHBOARD.values()

    assert settings.api == ApiAccess(*api)
    assert settings.dashboard == DashboardLogin(url, email, SecretStr(password))
    assert settings.dashboard_problems == {}
    assert settings.redirect_timeout_s == 60
    assert [one.get_secret_value() for one in settings.secrets] == [TOKEN, password]


def test_every_problem_is_reported_at_once() -> None:
    """Missing and invalid settings have a sentence each, and the exception has them all."""
    wrong = {
        "CLOVER_BEHAVIOUR": "nonsense",
        "CLOVER_API_URL": "https://api.clover.com",
        "REDIRECT_TIMEOUT_S": "10s",
        "REDIRECT_CANCEL_URL": "merchant.example",
        "CHROMIUM_PATH": "nowhere/chromium",
    }
    with pytest.raises(SettingsProblem) as caught:
        _load(**wrong)

    text = str(caught.value)
    assert len(caught.value.sentences) == 7
    assert text.splitlines() == list(caught.value.sentences)
    assert caught.value.category == "suite problem"
    for word in (
        *("nonsense", "production", "'10s'", "'merchant.example'", "nowhere/chromium"),
        *("CLOVER_MERCHANT_ID is missing", "CLOVER_PRIVATE_TOKEN is missing"),
    ):
        assert word in text


TOKEN_FLAWS = {
    "spaces": [f" {TOKEN}", f"{TOKEN}\n"],
    "quotes": [f'"{TOKEN}"', f"'{TOKEN}'", f"“{TOKEN}”"],
    "placeholder": ["your-private-token", "<token>", "put-your-token-here", "changeme", "XXXXXX"],
    "position 4": ["abc def", "abc\ndef"],
    "position 5": ["abcdéf"],
}


@pytest.mark.parametrize(
    ("value", "words"), [(value, words) for words, all_ in TOKEN_FLAWS.items() for value in all_]
)
def test_implausible_token_is_described(value: str, words: str) -> None:
    """A token with spaces, quotes, odd characters or a placeholder is described, never shown."""
    (sentence,) = _sentences(**{**SANDBOX, "CLOVER_PRIVATE_TOKEN": value})
    assert sentence.startswith("CLOVER_PRIVATE_TOKEN")
    assert words in sentence
    assert value.strip() not in sentence


@pytest.mark.parametrize("target", ["sandbox", "standin"])
@pytest.mark.parametrize(("name", "value", "words"), [
    *((name, "https://WWW.clover.com./x", "production") for name in (
        "CLOVER_API_URL", "CLOVER_DASHBOARD_URL", "REDIRECT_SUCCESS_URL",
    )),
    *(("REDIRECT_FAILURE_URL", f"http://{host}/thanks", "write https://") for host in (
        "localhost", "shop.example",
    )),
    *(("REDIRECT_TIMEOUT_S", value, f"'{value}': make it a number of seconds") for value in (
        "0", "-1", "nan", "inf", "ten", "10s", "1,5",
    )),
])  # fmt: skip
def test_invalid_value_ends_every_run(target: str, name: str, value: str, words: str) -> None:
    """A production host, a plain HTTP redirect URL or a wrong time-out ends the run."""
    (sentence,) = _sentences(target, **{**SANDBOX, name: value})
    assert sentence.startswith(name)
    assert words in sentence


def test_wrong_name_or_source_is_pointed_out() -> None:
    """The sentence names a similar name that is set, or where an unknown target comes from."""
    (missing,) = _sentences(CLOVER_MERCHANT_ID="MERCHANT12345", CLOVER_PRIVAT_TOKEN=TOKEN)
    assert "CLOVER_PRIVAT_TOKEN" in missing
    assert TOKEN not in missing
    assert "--target is 'production'" in _sentences("production")[0]
    assert "CLOVER_TARGET is 'prod'" in _sentences(None, CLOVER_TARGET="prod")[0]


def test_timeout_and_redirect_url_are_taken_as_written() -> None:
    """A time-out may have decimals; one redirect URL without the others is kept unchanged."""
    url = "https://Staging.example/thanks?session_id={CHECKOUT_SESSION_ID}#top"
    settings = _load("standin", REDIRECT_TIMEOUT_S="2.5", REDIRECT_SUCCESS_URL=url)
    assert settings.redirect_timeout_s == 2.5
    assert settings.redirect_urls == {Outcome.SUCCESS: url}


@pytest.mark.parametrize(("changes", "missing", "words"), [
    ({"CLOVER_DASHBOARD_EMAIL": ""}, "CLOVER_DASHBOARD_EMAIL", "is missing"),
    ({"CLOVER_DASHBOARD_PASSWORD": "'x'"}, "CLOVER_DASHBOARD_PASSWORD", "quotes"),
    ({"CLOVER_DASHBOARD_URL": "sandbox"}, "CLOVER_DASHBOARD_URL", "https://"),
])  # fmt: skip
def test_dashboard_problem_is_kept(changes: dict[str, str], missing: str, words: str) -> None:
    """The problem is kept for the tests that need the dashboard, and does not end the run."""
    settings = _load("standin", **{**DASHBOARD, **changes})
    assert settings.dashboard is None
    assert list(settings.dashboard_problems) == [missing]
    assert words in settings.dashboard_problems[missing]


@pytest.mark.parametrize(("option", "variable", "dotenv", "target"), [
    (None, None, None, "standin"), (None, None, "sandbox", "sandbox"),
    (None, "standin", "sandbox", "standin"), (None, "", "sandbox", "standin"),
    ("sandbox", "standin", "standin", "sandbox"),
])  # fmt: skip
def test_option_overrides_environment_overrides_dotenv(
    tmp_path: Path, option: str | None, variable: str | None, dotenv: str | None, target: str
) -> None:
    """An empty variable of the environment hides the value of the file."""
    path = tmp_path / ".env"
    path.write_text("" if dotenv is None else f"CLOVER_TARGET={dotenv}", encoding="utf-8")
    environ = SANDBOX if variable is None else {**SANDBOX, "CLOVER_TARGET": variable}
    assert load_settings(target=option, environ=environ, dotenv_path=path).target == target


def test_common_forms_of_dotenv_are_read(tmp_path: Path) -> None:
    """Quotes, spaces, comments, a byte order mark and dollar signs are accepted."""
    path = tmp_path / ".env"
    path.write_text(
        "\ufeffCLOVER_TARGET = sandbox\n"
        "export CLOVER_MERCHANT_ID='MERCHANT12345'\n"
        'CLOVER_PRIVATE_TOKEN="ab${HOME}cd"   # from the dashboard\n',
        encoding="utf-8",
    )

    account = load_settings(environ={}, dotenv_path=path).api

    assert account is not None
    assert account.merchant_id == "MERCHANT12345"
    assert account.token.get_secret_value() == "ab${HOME}cd"


@pytest.mark.parametrize(("content", "words"), [
    pytest.param(f"#\nCLOVER_PRIVATE_TOKEN='{TOKEN}\n".encode(), "line 2", id="broken line"),
    pytest.param(b"\xff\xfeC\x00", "not in UTF-8", id="binary"),
    pytest.param(None, "cannot be read", id="folder"),
])  # fmt: skip
def test_unreadable_dotenv_is_not_shown(tmp_path: Path, content: bytes | None, words: str) -> None:
    """The sentence names path and line, but not the line's content, which may be a secret."""
    path = tmp_path / ".env"
    path.write_bytes(content) if content else path.mkdir()

    with pytest.raises(SettingsProblem, match=re.escape(str(path))) as caught:
        load_settings(environ={}, dotenv_path=path)

    assert words in str(caught.value)
    assert TOKEN not in str(caught.value)


def test_no_secret_is_printed() -> None:
    """The representation masks secrets, and the locals of a failing frame have none."""
    printed = repr(_load("sandbox", **SANDBOX, **DASHBOARD))
    with pytest.raises(SettingsProblem) as caught:
        _load("sandbox", **SANDBOX, REDIRECT_TIMEOUT_S="soon")

    assert TOKEN not in printed
    assert "open sesame" not in printed
    own = [entry for entry in caught.traceback if Path(entry.path).name == "settings.py"]
    assert own
    assert all(TOKEN not in repr(entry.locals) for entry in own)


def test_names_are_those_that_are_read() -> None:
    """Every name that is read is in the list of names, and every listed name is read."""
    asked = set()

    class Environment(dict[str, str]):
        def get(self, name: str, _: object = None) -> None:  # type: ignore[override]
            asked.add(name)

    with pytest.raises(SettingsProblem):
        load_settings(target="sandbox", environ=Environment(), dotenv_path=None)
    _ = load_settings(environ=Environment(), dotenv_path=None)

    assert asked == set(NAMES)


def test_example_can_be_used_unchanged() -> None:
    """``.env.example`` selects the stand-in and changes no default; each setting has a comment."""
    path = ROOT / ".env.example"
    for block in re.split(r"\n\s*\n", path.read_text(encoding="utf-8")):
        assert block.startswith("# ") or not re.search(r"^[A-Z_]+=", block, re.MULTILINE)
    assert load_settings(environ={}, dotenv_path=path) == _load(None)
