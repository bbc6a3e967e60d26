"""What a wrong redirect leaves to be seen: the patterns by which known causes are recognised."""

from collections.abc import Callable
from urllib.parse import unquote

from clover.address import Address, NotAUrl, parse
from records.verdict import Verdict

Pattern = Callable[[Verdict], bool]


def breaks(*clauses: str) -> Pattern:
    """One of ``clauses`` is broken."""
    return lambda verdict: not set(clauses).isdisjoint(verdict.clauses)


def outcome_lost(*outcomes: str) -> Pattern:
    """The shopper reached the URL of another outcome than one of ``outcomes``."""
    return lambda verdict: verdict.outcome in outcomes and "right-outcome" in verdict.clauses


def differs(how: Callable[[Address, Address], bool]) -> Pattern:
    """Expected and landed URL, in this order, differ in the way that ``how`` tells."""

    def fits(verdict: Verdict) -> bool:
        try:
            wanted, landed = parse(verdict.expected_url or ""), parse(verdict.landed_url or "")
        except NotAUrl:
            return False
        return wanted != landed and how(wanted, landed)

    return fits


def stayed(*words: str) -> Pattern:
    """The shopper was left on a page whose heading or message has one of ``words``."""

    def fits(verdict: Verdict) -> bool:
        seen = verdict.stayed
        shown = f"{seen.heading} {seen.alert}".lower() if seen else ""
        return verdict.landed_url is None and any(word in shown for word in words)

    return fits


def literal(verdict: Verdict) -> bool:
    """A placeholder arrived as it was written."""
    seen = unquote(verdict.landed_url or "")
    return "{CHECKOUT_SESSION_ID}" in seen or "{ERROR_CODE}" in seen


def twice_encoded(verdict: Verdict) -> bool:
    """A brace arrived encoded, and encoded again."""
    return "%257B" in (verdict.landed_url or "").upper()


def escaped_for_html(verdict: Verdict) -> bool:
    """An ampersand arrived as HTML writes it."""
    return "&amp;" in (verdict.landed_url or "")


def network_failed(verdict: Verdict) -> bool:
    """A document never came."""
    return any(hop.failure for hop in verdict.hops)


def second_question_mark(wanted: Address, landed: Address) -> bool:
    """A question mark stands inside the query, where none was."""
    return "?" in landed.query and "?" not in wanted.query


def slashes_only(wanted: Address, landed: Address) -> bool:
    """The paths are the same but for their slashes."""
    return wanted.path != landed.path and _slashless(wanted) == _slashless(landed)


def shorter_path(wanted: Address, landed: Address) -> bool:
    """The path has lost its beginning."""
    return wanted.path != landed.path and wanted.path.endswith(landed.path) and landed.path != "/"


def other_host(wanted: Address, landed: Address) -> bool:
    """Another host was reached."""
    return wanted.host != landed.host


def reordered(wanted: Address, landed: Address) -> bool:
    """The same parameters came in another order."""
    return wanted.pieces != landed.pieces and sorted(wanted.pieces) == sorted(landed.pieces)


def recoded(wanted: Address, landed: Address) -> bool:
    """The query means the same and is spelled otherwise."""
    return wanted.query != landed.query and _decoded(wanted) == _decoded(landed)


def query_gone(wanted: Address, landed: Address) -> bool:
    """There was a query, and none is left."""
    return bool(wanted.query) and not landed.query


def _slashless(address: Address) -> str:
    return address.path.replace("/", "")


def _decoded(address: Address) -> str:
    return unquote(unquote(address.query.replace("+", " ")))
