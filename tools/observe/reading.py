"""Readings of what was seen: pure functions from recorded facts to words and switches."""

from collections.abc import Sequence
from dataclasses import dataclass

from clover.address import Address
from records.observation import Hop
from records.outcome import Outcome

SESSION_ID = "{CHECKOUT_SESSION_ID}"
ERROR_CODE = "{ERROR_CODE}"

#: What the merchant's own part of an observed URL looks like.
OWN_QUERY = "own=A%20b+c"
OWN_FRAGMENT = "/done"
#: The names of the parameters that hold the two placeholders.
ID_NAME, CODE_NAME = "sid", "code"


def template(base: str) -> str:
    """A redirect URL with each placeholder wherever one could stand.

    Args:
        base: scheme, host and the path so far.
    """
    query = f"{OWN_QUERY}&{ID_NAME}={SESSION_ID}&{CODE_NAME}={ERROR_CODE}"
    return f"{base}/{SESSION_ID}?{query}#{OWN_FRAGMENT}/{SESSION_ID}"


@dataclass(frozen=True, slots=True)
class Landed:
    """A landing on such a URL, part by part; nothing is decoded."""

    id_in_path: str
    id_in_query: str | None
    id_in_fragment: str | None
    code: str | None
    own_query: bool
    own_fragment: bool
    others: tuple[str, ...]


def read_landing(address: Address) -> Landed:
    """Take the landing apart."""
    pairs = [piece.partition("=") for piece in address.pieces]
    values = {name: value for name, _, value in pairs}
    own = OWN_QUERY.partition("=")[0]
    fragment, _, tail = address.fragment.rpartition("/")
    return Landed(
        id_in_path=address.path.rpartition("/")[2],
        id_in_query=values.get(ID_NAME),
        id_in_fragment=tail if address.fragment else None,
        code=values.get(CODE_NAME),
        own_query=OWN_QUERY in address.pieces,
        own_fragment=fragment == OWN_FRAGMENT,
        others=tuple(
            "=".join((name, value))
            for name, _, value in pairs
            if name not in {own, ID_NAME, CODE_NAME}
        ),
    )


def became(found: str | None, placeholder: str, session_id: str) -> tuple[str, str | None]:
    """Return what a placeholder became, in words and as a value of the switch ``placeholders``."""
    name = placeholder.strip("{}")
    if found is None:
        return "nothing: its place is gone", None
    if not found:
        return "nothing: its place is empty", "blank"
    if found.upper() in {placeholder, f"%7B{name}%7D"}:
        return f"itself, as {found}", "verbatim"
    if placeholder == SESSION_ID:
        known = found == session_id
        return ("the session's id", "substitute") if known else (f"something else, {found}", None)
    return f"“{found}”", "substitute"


def appended(landed: Landed) -> tuple[str, str | None]:
    """Return what was added to the query, in words and as a value of the switch ``appended``."""
    if not landed.others:
        return "none", "none"
    names = [pair.partition("=")[0] for pair in landed.others]
    known = names[0] if len(names) == 1 and names[0] in {"session_id", "checkoutId"} else None
    return ", ".join(landed.others), known


def time_style(value: object) -> tuple[str, str | None]:
    """Return the shape of a time, in words and as a value of the switch ``time_format``."""
    if isinstance(value, int) and not isinstance(value, bool):
        return "a number", "unix-ms"
    if not isinstance(value, str):
        return f"no time: {value!r}", None
    fits = {"z": value.endswith("Z"), "at": "@" in value, "offset": value.endswith("+0000")}
    return f"like {value}", next((style for style, fit in fits.items() if fit), None)


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
