"""Options of the command: command line, environment and settings file."""

import subprocess
import sys
from pathlib import Path

import pytest

from standin import RedirectUrls
from standin.command.options import environment_name, known_options, read_options
from tests.docs.markdown import DOCS, code, table
from tests.standin.command import refused, running

MERCHANT, TOKEN, PASSWORD = "ABCDEFGH12345", "5fd3b1a2-token", "open sesame"


def settings_file(folder: Path, text: str) -> Path:
    """Write a settings file."""
    path = folder / "standin.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_chosen_credentials_are_the_merchants_and_are_not_printed(tmp_path: Path) -> None:
    """The command accepts the credentials given, and prints neither token nor password."""
    given = {"CLOVER_PRIVATE_TOKEN": TOKEN, "CLOVER_DASHBOARD_PASSWORD": PASSWORD}
    with running(tmp_path, f"--merchant-id={MERCHANT}", **given) as command:
        created = command.create(MERCHANT, TOKEN)
        other = command.create(MERCHANT, "another")

    assert (created.status_code, other.status_code) == (200, 401)
    assert command.shown["Merchant id"] == MERCHANT
    assert command.shown["Private token"] == "the one given"
    assert not {TOKEN, PASSWORD} & {*" ".join(command.shown.values()).split()}
    assert command.shown["Sign in with"] == f"{MERCHANT.lower()}@merchant.example and the one given"


def test_command_line_overrides_environment_and_environment_overrides_file(tmp_path: Path) -> None:
    """Each source sets what the later ones leave out."""
    path = settings_file(tmp_path, 'port = 1\nskin = "bare"\ntoken = "file"\nstrict = true\n')

    options = read_options(
        ["--token", "line"],
        {
            "CLOVER_STANDIN_CONFIG": str(path),
            "CLOVER_STANDIN_PORT": "2",
            "CLOVER_PRIVATE_TOKEN": "e",
        },
    )

    assert (options.skin, options.port, options.token) == ("bare", 2, "line")
    assert options.strict


def test_dashboard_urls_have_a_form_for_each_source(tmp_path: Path) -> None:
    """A table in the file, and words on the command line and in the environment."""
    success, cancel = "https://a.example/?x={ERROR_CODE}", "https://a.example/c"
    path = settings_file(
        tmp_path, f'[dashboard-urls]\nsuccess = "{success}"\ncancel = "{cancel}"\n'
    )
    words = [f"success={success}", f"cancel={cancel}"]

    read = [
        read_options(["--config", str(path)], {}),
        read_options([], {"CLOVER_STANDIN_DASHBOARD_URLS": " ".join(words)}),
        read_options(["--dashboard-urls", *words], {}),
    ]

    assert [options.dashboard_urls for options in read] == [RedirectUrls(success, None, cancel)] * 3


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ("--merchant-id=abc", "'abc' is no merchant id, so give 13 capital letters and digits"),
        ("--token=a b", "it is empty, or has a blank or a special letter, so give another token"),
        ("--dashboard-password=", "it is empty, so give at least one character"),
        ("--dashboard-urls=won=https://a.example/", "won=https://a.example/ is no outcome"),
        ("--dashboard-urls=success=a.example", "success=a.example is no outcome with its URL"),
        ("--webhook-url=https://a.example/", "so name a receiver on this one, or add --rem"),
        ("--port=65536", "'65536' is no port, so give a number up to 65535"),
        ("--skin=fancy", "invalid choice: 'fancy' (choose from"),
        ("--nothing=1", "unrecognized arguments"),
    ],
)
def test_wrong_option_is_one_sentence(
    option: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A wrong value ends the command with code 2 and a sentence that names the option."""
    with pytest.raises(SystemExit, match="2"):
        read_options([option], {})

    printed = capsys.readouterr().err
    assert option.partition("=")[0] in printed
    assert said in printed
    assert (printed.count("\n"), printed.endswith(".\n")) == (1, True)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('prot = "1"', "Unknown key 'prot' in the settings file"),
        ('config = "other.toml"', "Unknown key 'config' in the settings file"),
        ("port = [8443]", "The key 'port' in the settings file {path} has another type"),
        ("port = true", "give a text or a number"),
        ("strict = 1", "give true or false"),
        ('dashboard-urls = "success=https://a.example/"', "give a table"),
        ("port = 70000", "--port in the file {path}: '70000' is no port"),
        ("port = [", "The settings file {path} is not valid TOML"),
    ],
)
def test_wrong_settings_file_is_one_sentence(
    tmp_path: Path, text: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A wrong file ends the command with code 2 and a sentence that names the file."""
    path = settings_file(tmp_path, text)

    with pytest.raises(SystemExit, match="2"):
        read_options(["--config", str(path)], {})

    printed = capsys.readouterr().err
    assert said.format(path=path) in printed
    assert str(path) in printed
    assert printed.count("\n") == 1


def test_help_names_the_command_as_it_was_called() -> None:
    """Without an installation that is the module."""
    helped = subprocess.check_output([sys.executable, "-m", "standin", "--help"], text=True)

    assert helped.startswith("usage: python -m standin ")


def test_unreadable_files_are_one_sentence(tmp_path: Path) -> None:
    """A settings file or behaviour that does not exist is code 2."""
    path = tmp_path / "missing.toml"

    assert refused(f"--config={path}", folder=tmp_path) == (
        2,
        f"The settings file {path} cannot be read (No such file or directory): check its path.\n",
    )
    code, said = refused(f"--behaviour={path}", folder=tmp_path)
    assert (code, said.count("\n")) == (2, 1)


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"CLOVER_MERCHANT_ID": "x"}, "--merchant-id in the environment: 'x' is no merchant id"),
        ({"CLOVER_STANDIN_STRICT": "maybe"}, "CLOVER_STANDIN_STRICT is 'maybe': write 1 or 0."),
    ],
)
def test_wrong_environment_is_one_sentence(
    variables: dict[str, str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A wrong variable ends the command with code 2."""
    with pytest.raises(SystemExit, match="2"):
        read_options([], variables)

    assert said in capsys.readouterr().err


def test_guide_names_every_option_with_its_variable() -> None:
    """The guide's table lists exactly the options of the command and their variables."""
    rows = table(DOCS / "guide" / "stand-in.md", "option")

    assert {(code(row[0])[0], code(row[1])[0]) for row in rows} == {
        (option, environment_name(option)) for option in known_options()
    }
