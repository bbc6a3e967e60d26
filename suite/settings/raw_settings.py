"""Settings as texts: where they come from, and what is wrong with each by itself."""

import difflib
import math
import re
from collections.abc import Mapping
from pathlib import Path

import ada_url

from clover.credentials import credential_flaw
from clover.hosts import AddressProblem, is_production, read_address
from suite.settings.dotenv_file import read_dotenv

API_NAMES = ("CLOVER_MERCHANT_ID", "CLOVER_PRIVATE_TOKEN")
DASHBOARD_NAMES = (
    "CLOVER_DASHBOARD_URL",
    "CLOVER_DASHBOARD_EMAIL",
    "CLOVER_DASHBOARD_PASSWORD",
)
REDIRECT_NAMES = ("REDIRECT_SUCCESS_URL", "REDIRECT_FAILURE_URL", "REDIRECT_CANCEL_URL")
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
)

_QUOTES = "\"'`“”‘’"
_LEFT_OVER = re.compile(
    r"<.*>|\[.*\]|(your|my|insert|enter|paste|replace)[-_ ].*|.*[-_ ](here|goes here)"
    r"|change[-_ ]?(me|it|this)|x{3,}|\*+|\.{3}|…|todo|tbd|none|null|undefined",
    re.IGNORECASE,
)


class RawSettings:
    """The texts of the environment and of ``.env``, the environment's first.

    Attributes:
        sentences: one for each thing found wrong so far; none repeats a secret.
    """

    def __init__(self, environ: Mapping[str, str], dotenv_path: Path | None) -> None:
        self._environ = environ
        self._dotenv, self.sentences = read_dotenv(dotenv_path)

    def __repr__(self) -> str:  # the texts may be secrets
        return "RawSettings()"

    def text(self, name: str) -> str:
        """The value of ``name`` as it stands; empty where there is none.

        A name that the environment has, even empty, hides the one in ``.env``.
        """
        value = self._environ.get(name)
        return self._dotenv.get(name, "") if value is None else value

    def checked(self, name: str) -> str:
        """The value, or empty with a sentence if nobody can have meant it."""
        text = self.text(name)
        sentence = _flaw(name, text)
        if sentence:
            self.sentences.append(sentence)
            return ""
        return text

    def option(self, flag: str, option: str | None, name: str) -> tuple[str, str]:
        """Where a value comes from, and the value: the option goes before the setting."""
        return (flag, option) if option else (name, self.checked(name))

    def what_is_wrong(self, name: str, cure: str) -> str:
        """The sentence for a value that is missing or cannot be meant, or nothing."""
        text = self.text(name)
        if text:
            return _flaw(name, text)
        strangers = [one for one in {*self._environ, *self._dotenv} if one not in NAMES]
        near = difflib.get_close_matches(name, strangers, n=1, cutoff=0.75)
        hint = f" (there is a {near[0]}, which is not read)" if near else ""
        return f"{name} is missing{hint}: {cure}."

    def credential(self, name: str, cure: str) -> str:
        """A value that has to be there and to fit into an HTTP header."""
        text = self.text(name)
        odd = credential_flaw(text)
        sentence = self.what_is_wrong(name, cure) or (
            f"{name} {odd}: copy it again from the dashboard." if odd else ""
        )
        if sentence:
            self.sentences.append(sentence)
        return text

    def redirect_url(self, name: str) -> str | None:
        """The merchant's own page for an outcome; placeholders in it stay as they are."""
        text = self.checked(name)
        if not text:
            return None
        try:
            address = read_address(text, name=name)
        except AddressProblem as problem:
            self.sentences.append(str(problem))
            return None
        if address.protocol != "https:":
            self.sentences.append(f"{name} is plain HTTP, which Clover refuses: write https://.")
        return text

    def seconds(self, name: str, default_s: float) -> float:
        """A number of seconds above zero."""
        text = self.checked(name)
        try:
            seconds = float(text) if text else default_s
        except ValueError:
            seconds = math.nan
        if math.isfinite(seconds) and seconds > 0:
            return seconds
        self.sentences.append(
            f"{name} is {text!r}: make it a number of seconds above zero, without a unit."
        )
        return default_s

    def file(self, name: str) -> Path | None:
        """The path of a file that exists."""
        text = self.checked(name)
        if text and not Path(text).is_file():
            self.sentences.append(
                f"{name} is {text!r}, where there is no file: correct it, or leave it out."
            )
        return Path(text) if text else None

    def refuse_production(self, name: str) -> None:
        """Add a sentence if an address that this run does not even need is production's."""
        text = self.text(name)
        try:
            if not is_production(ada_url.URL(text).hostname):
                return
            read_address(text, name=name)
        except AddressProblem as problem:
            self.sentences.append(str(problem))
        except ValueError:
            return


def _flaw(name: str, value: str) -> str:
    """The sentence for a value that nobody can have meant, or nothing; it never tells the value."""
    if value != value.strip():
        return f"{name} has blanks around its value: remove them."
    if len(value) > 1 and value[0] in _QUOTES and value[-1] in _QUOTES:
        return f"{name} has quotes as part of its value: remove them."
    if _LEFT_OVER.fullmatch(value):
        return f"{name} still has a stand-in for its value: put the real one there."
    return ""
