"""URLs of ``e2e/url_grammar.py`` and their mutations, for tests of the contract."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from random import Random
from urllib.parse import quote

from hypothesis import strategies as st

from clover.address import parse
from e2e.url_grammar import ERROR_CODE, SESSION_ID, Written, write
from records.outcome import Outcome
from tests.clover.checkouts import OTHER_SESSION, SESSION, Checkout

PATH = "/r1/end"
CODE = "card_declined"
VALUES = {SESSION_ID: SESSION, ERROR_CODE: CODE}


@dataclass(frozen=True)
class Case:
    """A configured URL with its outcome."""

    written: Written
    outcome: Outcome

    @property
    def checkout(self) -> Checkout:
        """A checkout with this URL, and others for the other outcomes."""
        urls = {outcome: f"https://merchant.example/r1/{outcome}" for outcome in Outcome}
        return Checkout({**urls, self.outcome: str(self.written)}, outcome=self.outcome)

    @property
    def landing(self) -> str:
        """The configured URL with its placeholders substituted."""
        return substitute(str(self.written))


def substitute(text: str, values: Mapping[str, str] = VALUES) -> str:
    """Return the text with all placeholders replaced."""
    for name, value in values.items():
        text = text.replace(name, value)
    return text


def _case(chance: Random) -> Case:
    outcome = chance.choice(tuple(Outcome))
    known = (SESSION_ID, ERROR_CODE) if outcome is Outcome.FAILURE else (SESSION_ID,)
    return Case(write(chance, PATH, placeholders=known), outcome)


chances = st.randoms(use_true_random=False)
cases = chances.map(_case)


def respell(chance: Random, url: str) -> str:
    """Return another spelling of the URL that a browser reads as the same."""
    scheme, _, rest = url.partition("://")
    end = min(at for mark in "/?#" if (at := f"{rest}{mark}".find(mark)) >= 0)
    host, rest = rest[:end], rest[end:]
    ways: tuple[Callable[[], str], ...] = (
        lambda: f"{scheme.upper()}://{host}{rest}",
        lambda: f"{scheme}:\\\\{host}{rest}",
        lambda: f"{scheme}:/\\{host}{rest}",
        lambda: f"{scheme}:////{host}{rest}",
        lambda: f"{scheme}://{host.upper()}{rest}" if "%" not in host else url,
        lambda: f"{scheme}://{host}{'' if ':' in host else ':443'}{rest}",
        lambda: f"{scheme}://{host}/.{rest}",
        lambda: f"{scheme}://{host}/x/%2E%2e{rest}",
        lambda: f"{scheme}://{host}\\{rest[1:]}",
        lambda: f" \n{url}\t ",
        lambda: f"{scheme}://{host}{rest[:1]}\t\r\n{rest[1:]}",
        lambda: f"ht\ntps://{host[:2]}\t{host[2:]}{rest}",
        lambda: url if "{" in url else str(parse(url)),
    )
    return chance.choice(ways)()


@dataclass(frozen=True)
class Mutant:
    """A landing that is wrong in one part, and the clauses that this breaks."""

    how: str
    url: str
    clauses: tuple[str, ...]


def mutants(case: Case) -> Iterator[Mutant]:
    """Return every mutation of one part of the landing that a browser does not undo."""
    right = parse(case.landing)
    for family in FAMILIES:
        yield from (mutant for mutant in family(case) if parse(mutant.url) != right)


def _of_the_origin(case: Case) -> Iterator[Mutant]:
    written = case.written
    name = written.host.partition(":")[0]
    hosts = {
        "another host": "other.example",
        "a look-alike": f"{name}.evil.example",
        "the name as a suffix": f"evil{name}",
        "a sub-domain": f"m.{name}",
        "a trailing dot": f"{name}.",
        "another port": f"{name}:4443",
        "a user name": f"merchant.example@{written.host}",
    }
    for how, host in hosts.items():
        # Names that end in .example are the merchant's; with a trailing dot the host is foreign.
        clauses = ("lands", "same-origin") if how == "a trailing dot" else ("same-origin",)
        yield Mutant(how, substitute(str(replace(written, host=host))), clauses)
    plain = case.landing.replace("https:", "http:", 1)
    yield Mutant("without TLS", plain, ("secure", "same-origin"))


def _of_the_path(case: Case) -> Iterator[Mutant]:
    written = case.written
    paths = {
        "upper case": written.path.upper(),
        "another beginning": f"/fr{written.path}",
        "a lost segment": "/r1",
        "a double slash": written.path.replace("/end", "//end"),
        "an encoded letter": written.path.replace("end", "%65nd"),
    }
    for how, path in paths.items():
        yield Mutant(how, substitute(str(replace(written, path=path))), ("same-path",))
    longer = replace(written, segments=(*written.segments, ""))
    yield Mutant("a trailing slash", substitute(str(longer)), ("same-path",))


def _of_the_query(case: Case) -> Iterator[Mutant]:
    pieces = case.written.pieces or ()
    extra = ("no-extra-params",)
    if case.written.pieces is None:
        yield _queried(case, "a lone question mark", ("",), ("keeps-query",))
    yield _queried(case, "an extra parameter", (*pieces, "zz=1"), extra)
    yield _queried(case, "an extra one in front", ("zz=1", *pieces), extra)
    if pieces:
        yield _queried(case, "a trailing ampersand", (*pieces, ""), ("keeps-query",))


def _of_single_pieces(case: Case) -> Iterator[Mutant]:
    pieces = case.written.pieces or ()
    for at, piece in enumerate(pieces):
        rest = (*pieces[:at], *pieces[at + 1 :])
        if "ERROR_CODE%7D" not in piece:  # its double would pass for a placeholder
            yield _queried(case, f"piece {at} doubled", (*pieces, piece), ("keeps-query",))
        if _has_placeholder(piece):
            continue
        if rest:
            yield _queried(case, f"piece {at} lost", rest, ("keeps-query",))
        changes = {
            "longer": f"{piece}x" if "=" in piece else f"{piece}=",
            "blanked": f"{piece.partition('=')[0]}=",
            "encoded twice": piece.replace("%", "%25"),
            "plus for blank": piece.replace("%20", "+"),
            "blank for plus": piece.replace("+", "%20"),
            "other case": piece.replace("%2F", "%2f").replace("%C3", "%c3"),
            "decoded": piece.replace("%2F", "/").replace("%3D", "="),
        }
        for how, changed in changes.items():
            name = piece.partition("=")[0]
            if changed.partition("=")[0] == name and _query_of(changed) != _query_of(piece):
                spoilt = (*pieces[:at], changed, *pieces[at + 1 :])
                yield _queried(case, f"piece {at} {how}", spoilt, ("keeps-query",))


def _of_the_order(case: Case) -> Iterator[Mutant]:
    pieces = case.written.pieces or ()
    for at in range(1, len(pieces)):
        if _query_of(pieces[at]) != _query_of(pieces[at - 1]):
            swapped = (*pieces[: at - 1], pieces[at], pieces[at - 1], *pieces[at + 1 :])
            yield _queried(case, f"pieces {at - 1} and {at} swapped", swapped, ("keeps-query",))


def _queried(case: Case, how: str, pieces: tuple[str, ...], clauses: tuple[str, ...]) -> Mutant:
    return Mutant(how, substitute(str(replace(case.written, pieces=pieces))), clauses)


def _query_of(piece: str) -> str:
    return parse(f"https://x.example/?{substitute(piece)}").query


def _of_the_fragment(case: Case) -> Iterator[Mutant]:
    written = case.written
    kept = ("keeps-fragment",)
    if written.fragment is None:
        yield Mutant("a new fragment", f"{case.landing}#_=_", kept)
    elif not _has_placeholder(written.fragment):
        yield Mutant("no fragment", substitute(str(replace(written, fragment=None))), kept)
        yield Mutant("a longer fragment", f"{case.landing}x", kept)
        last = (written.pieces or ("",))[-1]
        if "=" in last and not _has_placeholder(last):
            front, _, fragment = case.landing.partition("#")
            encoded = f"{front}%23{fragment.replace('#', '%23').replace('&', '%26')}"
            yield Mutant("the hash encoded", encoded, ("keeps-query", "keeps-fragment"))


def _of_placeholders(case: Case) -> Iterator[Mutant]:
    """Put the same wrong value into every place of a placeholder."""
    text = str(case.written)
    ids = {
        "another session's": OTHER_SESSION,
        "upper case": SESSION.upper(),
        "without dashes": SESSION.replace("-", ""),
        "in braces": f"{{{SESSION}}}",
        "cut short": SESSION[:-1],
        "the error code": CODE,
        "blank": "",
    }
    for name, clause, wrong in (
        (SESSION_ID, "session-id", ids),
        (ERROR_CODE, "error-code", {"another": "expired_card", "humanised": "Card%20declined"}),
    ):
        if name not in text:
            continue
        for how, value in wrong.items():
            yield Mutant(f"{name} {how}", substitute(text, {**VALUES, name: value}), (clause,))
        for how, value in {"as written": name, "encoded": quote(name)}.items():
            url = substitute(text, {**VALUES, name: value})
            yield Mutant(f"{name} {how}", url, ("no-literal-placeholder",))


def _has_placeholder(text: str) -> bool:
    return SESSION_ID in text or ERROR_CODE in text


FAMILIES = (
    *(_of_the_origin, _of_the_path, _of_the_query, _of_single_pieces, _of_the_order),
    *(_of_the_fragment, _of_placeholders),
)
