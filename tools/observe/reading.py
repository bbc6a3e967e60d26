"""Readings of what was seen: pure functions from recorded facts to words and switches."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, get_args

from clover.address import Address, parse_or_none
from clover.answers import Answer
from clover.behaviour import Behaviour
from clover.models import CheckoutSession
from clover.times import TimeProblem
from records.observation import Hop
from records.outcome import Outcome
from tools.observe.questions import Notes

SESSION_ID = "{CHECKOUT_SESSION_ID}"
ERROR_CODE = "{ERROR_CODE}"

#: What the merchant's own part of an observed URL looks like.
OWN_QUERY = "own=A%20b+c&own=2&mark=%2F%C3%A9%2b&empty=&flag"
OWN_FRAGMENT = "/done"
#: The names of the parameters that hold the two placeholders.
ID_NAME, CODE_NAME = "sid", "code"
#: A misspelt placeholder, and the name of its parameter.
MISSPELT, MISSPELT_NAME = "{checkoutSessionId}", "misspelt"
_OWN_PIECES: Final = tuple(OWN_QUERY.split("&"))
_OWN_NAMES: Final = {piece.partition("=")[0] for piece in _OWN_PIECES}
_SENT: Final = {*_OWN_NAMES, ID_NAME, CODE_NAME, MISSPELT_NAME}
_APPENDED: Final = get_args(Behaviour.model_fields["appended"].annotation)
_DIGIT: Final = re.compile(r"\d")


def template(base: str) -> str:
    """A redirect URL with each placeholder wherever one could stand.

    Args:
        base: scheme, host and the path so far.
    """
    query = (
        f"{OWN_QUERY}&{ID_NAME}={SESSION_ID}&{CODE_NAME}={ERROR_CODE}&{MISSPELT_NAME}={MISSPELT}"
    )
    return f"{base}/{SESSION_ID}?{query}#{OWN_FRAGMENT}/{SESSION_ID}"


@dataclass(frozen=True, slots=True)
class Landed:
    """A landing on such a URL, part by part; nothing is decoded.

    Attributes:
        others: names and values of parameters that the merchant did not send.
        second_mark: whether the query has a question mark of its own.
    """

    id_in_path: str
    id_in_query: str | None
    id_in_fragment: str | None
    code: str | None
    misspelt: str | None
    own_query: bool
    own_fragment: bool
    others: tuple[tuple[str, str], ...]
    second_mark: bool
    query: str


def read_landing(address: Address) -> Landed:
    """Take the landing apart; what follows a second question mark counts as parameters too."""
    pieces = [part for piece in address.pieces for part in piece.split("?")]
    pairs = [piece.partition("=")[::2] for piece in pieces]
    values = dict(pairs)
    fragment, _, tail = address.fragment.rpartition("/")
    own = tuple(piece for piece in pieces if piece.partition("=")[0] in _OWN_NAMES)
    return Landed(
        id_in_path=address.path.rpartition("/")[2],
        id_in_query=values.get(ID_NAME),
        id_in_fragment=tail if address.fragment else None,
        code=values.get(CODE_NAME),
        misspelt=values.get(MISSPELT_NAME),
        own_query=own == _OWN_PIECES,
        own_fragment=fragment == OWN_FRAGMENT,
        others=tuple(pair for pair in pairs if pair[0] not in _SENT),
        second_mark="?" in address.query,
        query=address.query,
    )


def became(found: str | None, placeholder: str, session_id: str) -> tuple[str, str | None]:
    """Return what a placeholder became, in words and as a value of the switch ``placeholders``."""
    name = placeholder.strip("{}")
    if found is None:
        return "nothing: its place is gone", None
    if not found:
        return "nothing: its place is empty", "blank"
    if found.upper() in {placeholder.upper(), f"%7B{name}%7D".upper()}:
        return f"itself, as {found}", "verbatim"
    if placeholder in {SESSION_ID, MISSPELT}:
        known = found == session_id
        return ("the session's id", "substitute") if known else (f"something else, {found}", None)
    return f"“{found}”", "substitute"


def appended(landed: Landed, session_id: str) -> tuple[str, str | None]:
    """Return what was added to the query, in words and as a value of the switch ``appended``."""
    if not landed.others:
        return "none", "none"
    said = ", ".join(
        f"{name} with {'the session id' if value == session_id else 'another value'}"
        for name, value in landed.others
    )
    if landed.second_mark:
        return f"{said}, behind a second question mark", None
    (name, value), *more = landed.others
    return said, name if not more and name in _APPENDED and value == session_id else None


def time_style(value: object) -> tuple[str, str | None]:
    """Return the shape of a time, in words and as a value of the switch ``time_format``."""
    if isinstance(value, int) and not isinstance(value, bool):
        return "a number", "unix-ms"
    if not isinstance(value, str):
        return f"no time: {value!r}", None
    fits = {"z": value.endswith("Z"), "at": "@" in value, "offset": value.endswith("+0000")}
    known = next((style for style, fit in fits.items() if fit), None)
    return f"like {value if known else _DIGIT.sub('0', value)}", known


def see_session(notes: Notes, session: CheckoutSession) -> None:
    """Note the form of an answer that has created a session."""
    notes.see("time-format", *time_style(session.created_time))
    try:
        seconds = (session.expires - session.created).total_seconds()
        # Measured lives are some milliseconds short of a whole number.
        notes.see("life", f"{seconds:.3f}", max(1, round(seconds)))
    except TimeProblem as problem:
        notes.miss(str(problem), "life")
    address = parse_or_none(session.href)
    parts = [part for part in (address.path if address else "").split("/") if part]
    known = parts[0] if parts and parts[0] in {"pay-checkout", "checkout"} else None
    notes.see("href", "/".join(["", *parts]).replace(session.session_id, "…"), known)


def refusal_or_taken(answer: Answer) -> str:
    """Return in words whether the API took a request."""
    if answer.problem() is None:
        return f"is taken ({answer.status})"
    return f"is refused ({answer.status}: {answer.said})" if answer.said else f"{answer.status}"


def outcome_of(url: str) -> str:
    """Return the outcome whose own URL this is."""
    return next((str(each) for each in Outcome if f"/{each}" in url), "merchant's own")


def describe_redirect(hops: Sequence[Hop], landing: Hop) -> tuple[str, str | None]:
    """Return how the browser was sent on, in words and as a value of the switch ``redirect``.

    Only the last step before the merchant's host counts, except that a chain which a form began
    is a form's: browsers then show what was sent.
    """
    chain = [landing]
    for hop in reversed([hop for hop in hops if hop.number < landing.number]):
        if chain[0].cause != "redirect":
            break
        if hop.place == landing.place:
            chain.insert(0, hop)
    words = " → ".join(
        hop.cause + (f" ({hop.status})" if hop.location is not None else "") for hop in chain
    )
    if landing.cause != "redirect":
        known = landing.cause if landing.cause in {"script", "meta-refresh", "form"} else None
        return words, known
    if chain[0].cause == "form":
        return words, "form"
    status = str(chain[-2].status) if len(chain) > 1 else ""
    return words, status if status in {"302", "303"} else None
