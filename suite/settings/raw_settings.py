"""Settings as text: their sources, and the checks of each single value."""

import difflib
import math
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import ada_url
from dotenv.parser import parse_stream

from clover.behaviour import BehaviourProblem
from clover.credentials import credential_flaw
from clover.hosts import AddressProblem, is_production, read_address
from records.outcome import Outcome

API_NAMES = ("CLOVER_MERCHANT_ID", "CLOVER_PRIVATE_TOKEN")
DASHBOARD_NAMES = (
    "CLOVER_DASHBOARD_URL",
    "CLOVER_DASHBOARD_EMAIL",
    "CLOVER_DASHBOARD_PASSWORD",
)
REDIRECT_NAMES = tuple(f"REDIRECT_{outcome.upper()}_URL" for outcome in Outcome)
#: Every name that is read, in the order of ``.env.example``.
NAMES = (
    "CLOVER_TARGET",
    "CLOVER_BEHAVIOUR",
    "CLOVER_API_URL",
    *API_NAMES,
    *DASHBOARD_NAMES,
    *REDIRECT_NAMES,
    "REDIRECT_TIMEOUT_S",
    "CHROMIUM_PATH",
    "FIREFOX_PATH",
    "REDIRECT_CONNECT",
)

_QUOTES = "\"'`“”‘’"
_PLACEHOLDER = re.compile(
    r"<.*>|\[.*\]|(your|my|insert|enter|paste|replace)[-_ ].*|.*[-_ ](here|goes here)"
    r"|change[-_ ]?(me|it|this)|x{3,}|\*+|\.{3}|…|todo|tbd|none|null|undefined",
    re.IGNORECASE,
)


class RawSettings:
    """The texts of the environment and of ``.env``; the environment takes precedence.

    Attributes:
        sentences: one for each problem found so far; none contains a secret.
    """

    def __init__(self, environ: Mapping[str, str], dotenv_path: Path | None) -> None:
        self._environ = environ
        self.sentences: list[str] = []
        self._dotenv = self._read_dotenv(dotenv_path) if dotenv_path else {}

    def __repr__(self) -> str:  # the texts may be secrets
        return "RawSettings()"

    def _read_dotenv(self, path: Path) -> dict[str, str]:
        """Read a ``.env`` file, which need not exist, without expanding ``${…}`` in its values."""
        if not path.exists():
            return {}
        try:
            with path.open(encoding="utf-8-sig") as stream:  # Windows editors write a mark first
                bindings = list(parse_stream(stream))
        except OSError as error:
            problem = f"{path} cannot be read ({error.strerror}): check its type and permissions."
            self.sentences.append(problem)
            return {}
        except UnicodeDecodeError:
            self.sentences.append(f"{path} is not in UTF-8: save it in that encoding.")
            return {}
        self.sentences += [
            f"{path}, line {one.original.line}, is not a setting: write NAME=value, with matching "
            "quotes if any."
            for one in bindings
            if one.error
        ]
        return {one.key: one.value or "" for one in bindings if one.key is not None}

    def text(self, name: str) -> str:
        """Return the unchecked value, or "".

        An empty variable of the environment hides the value in ``.env``.
        """
        value = self._environ.get(name)
        return self._dotenv.get(name, "") if value is None else value

    def checked(self, name: str) -> str:
        """Return the value; if it is implausible, return "" and add a sentence."""
        text = self.text(name)
        sentence = _flaw(name, text)
        if sentence:
            self.sentences.append(sentence)
        return "" if sentence else text

    @contextmanager
    def noted(self, prefix: str = "") -> Iterator[None]:
        """Add the words of a problem that the block raises, behind ``prefix``."""
        try:
            yield
        except (AddressProblem, BehaviourProblem) as problem:
            self.sentences.append(f"{prefix}{problem}")

    def option(self, flag: str, option: str | None, name: str) -> tuple[str, str]:
        """Return source and value; the command-line option takes precedence over the setting."""
        return (flag, option) if option else (name, self.checked(name))

    def problem(self, name: str, remedy: str) -> str:
        """Return a sentence if the value is missing or implausible, else ""."""
        text = self.text(name)
        if text:
            return _flaw(name, text)
        others = {*self._environ, *self._dotenv}.difference(NAMES)
        near = difflib.get_close_matches(name, others, n=1, cutoff=0.75)
        hint = f" (there is a {near[0]}, which is not read)" if near else ""
        return f"{name} is missing{hint}: {remedy}."

    def credential_problem(self, name: str, remedy: str) -> str:
        """Return a sentence if a value is missing or does not fit into an HTTP header, else ""."""
        flaw = credential_flaw(self.text(name))
        return self.problem(name, remedy) or (
            f"{name} {flaw}: copy it again from the dashboard." if flaw else ""
        )

    def redirect_url(self, name: str) -> str:
        """Return the merchant's own URL of an outcome, placeholders included, or ""."""
        text = self.checked(name)
        with self.noted():
            if text and read_address(text, name=name).protocol != "https:":
                sentence = f"{name} is plain HTTP, which Clover refuses: write https://."
                self.sentences.append(sentence)
        return text

    def seconds(self, name: str, default_s: float) -> float:
        """Return a positive number of seconds."""
        text = self.checked(name)
        try:
            seconds = float(text or default_s)
        except ValueError:
            seconds = math.nan
        if not 0 < seconds < math.inf:
            self.sentences.append(
                f"{name} is {text!r}: make it a number of seconds above zero, without a unit."
            )
        return seconds

    def file(self, name: str, *, is_here: bool = True) -> Path | None:
        """Return the path of a file, which exists if it is on this machine, or None."""
        text = self.checked(name)
        if text and is_here and not Path(text).is_file():
            self.sentences.append(
                f"{name} is {text!r}, which is not a file: correct it, or leave it out."
            )
        return Path(text) if text else None

    def refuse_production(self, name: str) -> None:
        """Add a sentence if an address is production's, even if this run does not use it."""
        text = self.text(name)
        with suppress(ValueError), self.noted():
            if is_production(ada_url.URL(text).hostname):
                read_address(text, name=name)


def _flaw(name: str, value: str) -> str:
    """Return a sentence, without the value, if the value is implausible; else ""."""
    if value != value.strip():
        return f"{name} has spaces around its value: remove them."
    if len(value) > 1 and value[0] in _QUOTES and value[-1] in _QUOTES:
        return f"{name} has quotes as part of its value: remove them."
    if _PLACEHOLDER.fullmatch(value):
        return f"{name} still has a placeholder as its value: replace it by the real one."
    return ""
