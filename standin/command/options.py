"""Options of the command, from a TOML file, the environment and the command line.

All three are read by one parser in this order, so that the same rules apply and the last one wins.
"""

import argparse
import os
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NoReturn

from platformdirs import user_data_path

from standin.merchants import MERCHANT_ID
from standin.outcomes import Outcome, RedirectUrls
from standin.server import SKINS
from standin.web.limits import PER_SECOND
from standin.webhooks import is_loopback

DEFAULT_PORT: Final = 8443
DEFAULT_HTTP_PORT: Final = 8080
CONFIG: Final = "--config"

#: Names that the project's ``.env`` has for the same things. All others begin with ``_PREFIX``.
_SHARED_NAMES: Final = {
    "--merchant-id": "CLOVER_MERCHANT_ID",
    "--token": "CLOVER_PRIVATE_TOKEN",
    "--dashboard-password": "CLOVER_DASHBOARD_PASSWORD",
    "--webhook-secret": "CLOVER_WEBHOOK_SECRET",
    "--behaviour": "CLOVER_BEHAVIOUR",
}
_PREFIX: Final = "CLOVER_STANDIN_"
_SWITCH_VALUES: Final = {"1": True, "true": True, "0": False, "false": False, "": False}


def read_options(
    arguments: Sequence[str] | None = None, environment: Mapping[str, str] = os.environ
) -> argparse.Namespace:
    """Read all options.

    Args:
        arguments: of the command line; None for those of the process.
        environment: the environment variables.

    Raises:
        SystemExit: an option is wrong; one sentence is printed and the code is 2.
    """
    parser = _Parser()
    given = parser.parse_args(arguments)
    named = given.config or environment.get(environment_name(CONFIG))
    options = argparse.Namespace()
    if named:
        parser.origin = f" in the file {named}"
        parser.parse_args([*_from_file(parser, Path(named))], options)
    parser.origin = " in the environment"
    parser.parse_args([*_from_environment(parser, environment)], options)
    parser.origin = ""
    parser.parse_args(arguments, options)
    if not options.remote_webhooks and options.webhook_url and not is_loopback(options.webhook_url):
        parser.refuse(
            f"--webhook-url: {options.webhook_url} leads to another machine, so name a receiver on"
            " this one, or add --remote-webhooks"
        )
    options.dashboard_urls = RedirectUrls(**dict(options.dashboard_urls))
    # A path to a file and the name of a shipped behaviour are both allowed.
    if Path(options.behaviour).is_file():
        options.behaviour = Path(options.behaviour)
    return options


def known_options() -> tuple[str, ...]:
    """All options but ``--help``."""
    return tuple(_Parser().settings)


def environment_name(option: str) -> str:
    """The environment variable of an option such as ``--port``."""
    return _SHARED_NAMES.get(option) or _PREFIX + option[2:].replace("-", "_").upper()


class _Parser(argparse.ArgumentParser):
    """The parser; its errors are one sentence that names the origin of the value."""

    def __init__(self) -> None:
        command = Path(sys.argv[0]).stem
        super().__init__(
            prog="python -m standin" if command == "__main__" else command,
            description="Serve a stand-in of Clover Hosted Checkout on this machine.",
            allow_abbrev=False,
        )
        self.origin = ""
        _add_server(self)
        _add_merchant(self)

    def error(self, message: str) -> NoReturn:
        """Print one sentence and exit with code 2."""
        name, colon, said = message.removeprefix("argument ").partition(": ")
        self.refuse(f"{name}{self.origin}: {said}" if colon else message)

    def refuse(self, sentence: str) -> NoReturn:
        """Print a sentence and exit with code 2."""
        self.exit(2, f"{sentence}.\n")

    @property
    def settings(self) -> dict[str, argparse.Action]:
        """Each option that a file or the environment may set, by its name with dashes."""
        known = {action.option_strings[-1]: action for action in self._actions}
        return {name: action for name, action in known.items() if name != "--help"}


def _add_server(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    settings = "TOML file with these options, such as: port = 8443"
    add(CONFIG, type=Path, metavar="FILE", help=settings)
    add("--port", type=_port, default=DEFAULT_PORT, help="default %(default)s; 0 for any free one")
    plain = "serve everything without TLS too; port %(const)s if none is given"
    add("--http", type=_port, nargs="?", const=DEFAULT_HTTP_PORT, metavar="PORT", help=plain)
    add("--behaviour", default="documented", help="documented, measured, or a TOML file")
    add("--skin", default="classic", choices=SKINS, help="design of the hosted page")
    add("--fault", help="be wrong in this way on purpose")
    kept = "keep the certificate authority there; default: the user's data folder"
    add("--ca-dir", type=Path, metavar="FOLDER", default=_data_folder(), help=kept)
    state = "SQLite file that keeps sessions, payments and dashboard for the next start"
    add("--state", type=Path, metavar="FILE", help=state)
    slow = "milliseconds that each answer waits; default %(default)s"
    add("--latency", type=_number, default=0, metavar="MS", help=slow)
    limit = "answer 429 beyond this number of create calls a second; %(const)s if none is given"
    add(
        "--rate-limit",
        type=_number,
        nargs="?",
        const=PER_SECOND,
        default=0,
        metavar="N",
        help=limit,
    )
    log = "append each answered request to this file as a line of JSON; - for the output"
    add("--log", metavar="FILE", help=log)
    strict = "end with exit code 1 if the integration check found something in a create call"
    add("--strict", action="store_true", help=strict)


def _add_merchant(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--merchant-id", type=_merchant_id, help="13 capital letters and digits")
    add("--token", type=_token, help="the private token")
    add("--dashboard-password", type=_password, help="of the Merchant Dashboard")
    held = "redirect URLs that the Merchant Dashboard holds: success=https://… failure=… cancel=…"
    add("--dashboard-urls", nargs="+", type=_pair, default=(), metavar="OUTCOME=URL", help=held)
    add("--webhook-url", default="", help="receiver of notifications, on this machine")
    add("--webhook-secret", type=_password, help="signing secret of the notifications")
    remote = "allow a receiver on another machine"
    add("--remote-webhooks", action="store_true", help=remote)
    add("--webhook-ca", type=Path, metavar="FILE", help="authority of the receiver's certificate")


def _data_folder() -> Path:
    return user_data_path("clover-standin", appauthor=False)


def _pair(text: str) -> tuple[str, str]:
    outcome, _, url = text.partition("=")
    if outcome not in list(Outcome) or not url.startswith("https://"):
        reason = f"{text} is no outcome with its URL, so write success=https://…"
        raise argparse.ArgumentTypeError(reason)
    return outcome, url


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port, so give a number up to 65535")
    return int(text)


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 6:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 0 to 999999, so give one")
    return int(text)


def _merchant_id(text: str) -> str:
    if not MERCHANT_ID.fullmatch(text):
        reason = f"{text!r} is no merchant id, so give 13 capital letters and digits"
        raise argparse.ArgumentTypeError(reason)
    return text


def _token(text: str) -> str:
    # The value is secret, so the sentence does not show it.
    if not text or not all("!" <= character <= "~" for character in text):
        reason = "it is empty, or has a blank or a special letter, so give another token"
        raise argparse.ArgumentTypeError(reason)
    return text


def _password(text: str) -> str:
    if not text:
        raise argparse.ArgumentTypeError("it is empty, so give at least one character")
    return text


def _from_environment(parser: _Parser, environment: Mapping[str, str]) -> Iterator[str]:
    for option, action in parser.settings.items():
        name = environment_name(option)
        text = environment.get(name, "")
        if not text or option == CONFIG:
            continue
        value: object = text
        if action.nargs == 0:
            if text.lower() not in _SWITCH_VALUES:
                parser.refuse(f"{name} is {text!r}: write 1 or 0")
            value = _SWITCH_VALUES[text.lower()]
        elif action.nargs == "+":
            value = text.split()
        yield from _as_arguments(option, value)


def _from_file(parser: _Parser, path: Path) -> Iterator[str]:
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        parser.refuse(f"The settings file {path} cannot be read ({error.strerror}): check its path")
    except ValueError as error:  # of the encoding or of TOML
        parser.refuse(f"The settings file {path} is not valid TOML ({error}): correct it")
    known = parser.settings
    for key, value in document.items():
        option = f"--{key}"
        if option not in known or option == CONFIG:
            names = ", ".join(name[2:] for name in known if name != CONFIG)
            parser.refuse(f"Unknown key {key!r} in the settings file {path}: use one of {names}")
        takes = dict if known[option].nargs == "+" else bool if known[option].nargs == 0 else str
        if takes is str and isinstance(value, int) and not isinstance(value, bool):
            value = str(value)  # noqa: PLW2901 - TOML has numbers, a command line has text
        if not isinstance(value, takes):
            kind = {dict: "a table", bool: "true or false", str: "a text or a number"}[takes]
            parser.refuse(
                f"The key {key!r} in the settings file {path} has another type: give {kind}"
            )
        yield from _as_arguments(option, value)


def _as_arguments(option: str, value: object) -> Iterator[str]:
    match value:
        case bool():
            yield from (option,) if value else ()
        case dict():
            yield from (option, *(f"{name}={each}" for name, each in value.items()))
        case list():
            yield from (option, *value)
        case _:
            yield f"{option}={value}"
