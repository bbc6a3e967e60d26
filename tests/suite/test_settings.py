"""Settings: what a run needs, and a sentence for each thing that is missing or wrong."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from dotenv import dotenv_values

from suite.settings.raw_settings import NAMES
from suite.settings.settings import Settings, SettingsProblem, load_settings

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


def test_stand_in_needs_nothing() -> None:
    """Without any setting the run goes to the stand-in, as documented."""
    settings = _load(None)

    assert settings.target == "standin"
    assert settings.behaviour == "documented"
    assert settings.api is None
    assert settings.dashboard is None
    assert settings.redirect_timeout_s == 10
    assert settings.redirect_urls.model_dump(exclude_none=True) == {}
    assert settings.secrets == ()


def test_stand_in_does_not_mind_a_half_filled_sandbox() -> None:
    """What only the sandbox needs is not asked for on the stand-in."""
    assert _load("standin", CLOVER_MERCHANT_ID="your-merchant-id").api is None


def test_sandbox_takes_its_defaults() -> None:
    """Merchant id and token are enough for the sandbox."""
    settings = _load(**SANDBOX)

    assert settings.api
    assert settings.api.url == "https://apisandbox.dev.clover.com"
    assert settings.api.merchant_id == "MERCHANT12345"
    assert settings.api.token.get_secret_value() == TOKEN
    assert settings.redirect_timeout_s == 60


def test_sandbox_without_settings_names_each_at_once() -> None:
    """Everything that is missing is told in one go, a sentence each."""
    sentences = _sentences()

    assert [sentence.split()[0] for sentence in sentences] == [
        "CLOVER_MERCHANT_ID",
        "CLOVER_PRIVATE_TOKEN",
    ]
    assert all("is missing" in sentence for sentence in sentences)


def test_wrong_settings_are_told_with_the_missing_ones() -> None:
    """Sentences of all kinds come together, and the exception's text is all of them."""
    with pytest.raises(SettingsProblem) as caught:
        load_settings(
            target="sandbox",
            behaviour="nonsense",
            environ={
                "CLOVER_API_URL": "https://api.clover.com",
                "REDIRECT_TIMEOUT_S": "10s",
                "REDIRECT_CANCEL_URL": "merchant.example",
                "CHROMIUM_PATH": "nowhere/chromium",
            },
            dotenv_path=None,
        )

    text = str(caught.value)
    assert len(caught.value.sentences) == 7
    assert text.splitlines() == list(caught.value.sentences)
    assert caught.value.category == "suite problem"
    for word in ("nonsense", "production", "'10s'", "'merchant.example'", "nowhere/chromium"):
        assert word in text


def test_misspelt_name_is_pointed_out() -> None:
    """A name that is nearly right is mentioned beside the one that is missing."""
    (sentence,) = _sentences(CLOVER_MERCHANT_ID="MERCHANT12345", CLOVER_PRIVAT_TOKEN=TOKEN)

    assert "CLOVER_PRIVAT_TOKEN" in sentence
    assert TOKEN not in sentence


@pytest.mark.parametrize("target", ["sandbox", "standin"])
@pytest.mark.parametrize("name", ["CLOVER_API_URL", "CLOVER_DASHBOARD_URL", "REDIRECT_SUCCESS_URL"])
def test_production_is_refused_on_every_target(target: str, name: str) -> None:
    """A production host anywhere in the settings ends the run, even where it is not used."""
    (sentence,) = _sentences(target, **{**SANDBOX, name: "https://WWW.clover.com./x"})

    assert sentence.startswith(name)
    assert "production" in sentence


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (f" {TOKEN}", "spaces"),
        (f"{TOKEN}\n", "spaces"),
        (f'"{TOKEN}"', "quotes"),
        (f"'{TOKEN}'", "quotes"),
        (f"“{TOKEN}”", "quotes"),
        ("your-private-token", "placeholder"),
        ("<token>", "placeholder"),
        ("put-your-token-here", "placeholder"),
        ("changeme", "placeholder"),
        ("XXXXXXXX", "placeholder"),
        ("abc def", "position 4"),
        ("abc\ndef", "position 4"),
        ("abcdéf", "position 5"),
    ],
)
def test_token_that_cannot_be_right_is_one_sentence(value: str, words: str) -> None:
    """A token with blanks, quotes, odd characters or a stand-in's text is told, never shown."""
    (sentence,) = _sentences(**{**SANDBOX, "CLOVER_PRIVATE_TOKEN": value})

    assert sentence.startswith("CLOVER_PRIVATE_TOKEN")
    assert words in sentence
    assert value.strip() not in sentence


@pytest.mark.parametrize("value", ["0", "-1", "nan", "inf", "ten", "10s", "1,5"])
def test_timeout_that_is_no_positive_number_is_refused(value: str) -> None:
    """The longest wait is a number of seconds above zero."""
    (sentence,) = _sentences("standin", REDIRECT_TIMEOUT_S=value)

    assert value in sentence


def test_timeout_is_taken_in_seconds() -> None:
    """Parts of a second are welcome."""
    assert _load("standin", REDIRECT_TIMEOUT_S="2.5").redirect_timeout_s == 2.5


def test_each_redirect_url_stands_for_itself() -> None:
    """A merchant may bring one page of the three; it is kept as it is written."""
    url = "https://Staging.example/thanks?session_id={CHECKOUT_SESSION_ID}#top"

    settings = _load("standin", REDIRECT_SUCCESS_URL=url)

    assert settings.redirect_urls.model_dump(exclude_none=True) == {"success": url}


@pytest.mark.parametrize("url", ["http://localhost/thanks", "http://shop.example/thanks"])
def test_redirect_url_has_to_be_https(url: str) -> None:
    """Clover refuses plain HTTP, so that it is told before anything is asked."""
    (sentence,) = _sentences("standin", REDIRECT_FAILURE_URL=url)

    assert "write https://" in sentence


def test_complete_dashboard_is_a_login() -> None:
    """With all three, tests can log in."""
    settings = _load("sandbox", **SANDBOX, **DASHBOARD)

    assert settings.dashboard
    assert settings.dashboard.email == "me@example.com"
    assert settings.dashboard.password.get_secret_value() == "open sesame"
    assert settings.dashboard_missing == ()
    assert [one.get_secret_value() for one in settings.secrets] == [TOKEN, "open sesame"]


@pytest.mark.parametrize(
    ("changes", "missing", "words"),
    [
        ({"CLOVER_DASHBOARD_EMAIL": ""}, ("CLOVER_DASHBOARD_EMAIL",), "is missing"),
        ({"CLOVER_DASHBOARD_PASSWORD": "'x'"}, ("CLOVER_DASHBOARD_PASSWORD",), "quotes"),
        ({"CLOVER_DASHBOARD_URL": "sandbox"}, ("CLOVER_DASHBOARD_URL",), "https://"),
    ],
)
def test_half_filled_dashboard_is_no_error_until_it_is_needed(
    changes: Mapping[str, str], missing: tuple[str, ...], words: str
) -> None:
    """What is wrong with the dashboard is kept for the tests that ask for it."""
    settings = _load("standin", **{**DASHBOARD, **changes})

    assert settings.dashboard is None
    assert settings.dashboard_missing == missing
    assert [words in sentence for sentence in settings.dashboard_sentences] == [True]


@pytest.mark.parametrize(
    ("option", "environ", "dotenv", "target"),
    [
        (None, {}, "", "standin"),
        (None, {}, "CLOVER_TARGET=sandbox", "sandbox"),
        (None, {"CLOVER_TARGET": "standin"}, "CLOVER_TARGET=sandbox", "standin"),
        (None, {"CLOVER_TARGET": ""}, "CLOVER_TARGET=sandbox", "standin"),
        ("sandbox", {"CLOVER_TARGET": "standin"}, "CLOVER_TARGET=standin", "sandbox"),
    ],
)
def test_option_beats_environment_beats_dotenv(
    tmp_path: Path, option: str | None, environ: Mapping[str, str], dotenv: str, target: str
) -> None:
    """The nearest source wins, and an emptied variable hides the file's."""
    path = tmp_path / ".env"
    path.write_text(dotenv, encoding="utf-8")

    settings = load_settings(target=option, environ={**SANDBOX, **environ}, dotenv_path=path)

    assert settings.target == target


def test_dotenv_is_read_as_people_write_it(tmp_path: Path) -> None:
    """Quotes, blanks, comments, a byte order mark and dollar signs do no harm."""
    path = tmp_path / ".env"
    path.write_text(
        "\ufeffCLOVER_TARGET = sandbox\n"
        "export CLOVER_MERCHANT_ID='MERCHANT12345'\n"
        'CLOVER_PRIVATE_TOKEN="ab${HOME}cd"   # from the dashboard\n',
        encoding="utf-8",
    )

    api = load_settings(environ={}, dotenv_path=path).api

    assert api
    assert api.merchant_id == "MERCHANT12345"
    assert api.token.get_secret_value() == "ab${HOME}cd"


def test_broken_line_of_dotenv_is_named_and_not_shown(tmp_path: Path) -> None:
    """A line that cannot be read is told by its number: it may hold a secret."""
    path = tmp_path / ".env"
    path.write_text(f"CLOVER_TARGET=standin\nCLOVER_PRIVATE_TOKEN='{TOKEN}\n", encoding="utf-8")

    with pytest.raises(SettingsProblem) as caught:
        load_settings(environ={}, dotenv_path=path)

    assert "line 2" in str(caught.value)
    assert TOKEN not in str(caught.value)


@pytest.mark.parametrize("kind", ["binary", "folder"])
def test_dotenv_that_is_no_text_file_is_one_sentence(tmp_path: Path, kind: str) -> None:
    """Something else than a text file in the place of ``.env`` is told by its path."""
    path = tmp_path / ".env"
    if kind == "binary":
        path.write_bytes(b"\xff\xfeC\x00")
    else:
        path.mkdir()

    with pytest.raises(SettingsProblem, match=re.escape(str(path))):
        load_settings(environ={}, dotenv_path=path)


def test_unknown_target_is_named_with_its_source() -> None:
    """A target that does not exist is told with the option or variable it came from."""
    assert "--target is 'production'" in _sentences("production")[0]
    assert "CLOVER_TARGET is 'prod'" in _sentences(None, CLOVER_TARGET="prod")[0]


def test_printed_settings_show_no_secret() -> None:
    """Token and password are masked wherever settings are printed."""
    printed = repr(_load("sandbox", **SANDBOX, **DASHBOARD))

    assert TOKEN not in printed
    assert "open sesame" not in printed


def test_failing_frame_holds_no_secret() -> None:
    """Where pytest prints the locals of a failing frame, no secret is among them."""
    environ = {**SANDBOX, "REDIRECT_TIMEOUT_S": "soon"}

    with pytest.raises(SettingsProblem) as caught:
        load_settings(target="sandbox", environ=environ, dotenv_path=None)

    own = [entry for entry in caught.traceback if Path(entry.path).name == "settings.py"]
    assert own
    assert all(TOKEN not in repr(entry.locals) for entry in own)


class _Recording(Mapping[str, str]):
    """An environment that remembers what it was asked for."""

    def __init__(self) -> None:
        self.asked: set[str] = set()

    def __getitem__(self, name: str) -> str:
        self.asked.add(name)
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def test_every_name_read_is_a_known_name() -> None:
    """No setting is read that the list of names does not have, and none is listed in vain."""
    environ = _Recording()

    with pytest.raises(SettingsProblem):
        load_settings(target="sandbox", environ=environ, dotenv_path=None)
    _ = load_settings(target=None, environ=environ, dotenv_path=None)

    assert environ.asked == set(NAMES)


def test_example_has_every_name_with_its_explanation() -> None:
    """``.env.example`` lists each name, under a comment that speaks of it."""
    text = (ROOT / ".env.example").read_text(encoding="utf-8")

    assert tuple(dotenv_values(ROOT / ".env.example")) == NAMES
    for block in re.split(r"\n\s*\n", text):
        if re.search(r"^[A-Z_]+=", block, re.MULTILINE):
            assert block.startswith("# ")


def test_example_can_be_used_as_it_is() -> None:
    """A fresh copy of ``.env.example`` runs on the stand-in."""
    settings = load_settings(environ={}, dotenv_path=ROOT / ".env.example")

    assert settings == load_settings(environ={}, dotenv_path=None)
