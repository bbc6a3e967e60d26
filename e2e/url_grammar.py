"""Grammar of redirect URLs: random combinations of the shapes in ``url_shapes.toml``.

One random source drives it: a seeded one in the browser, a shrinking one in tests of the contract.
"""

from dataclasses import dataclass
from random import Random

SESSION_ID = "{CHECKOUT_SESSION_ID}"
ERROR_CODE = "{ERROR_CODE}"

#: Hosts that only this browser resolves, to the landing site.
HOSTS = (
    "merchant.example",
    "www.merchant.example",
    "Merchant.EXAMPLE",
    "merchant.example:443",
    "merchant.example:8443",
    "xn--mnchen-3ya.example",
    "münchen.example",
    "merchant。example",
    "merch%61nt.example",
)

_WORDS = ("a", "Order", "step-2", "v1.2", "0", "x_y", "~me", "Thank-You")

#: What a path, query or fragment may hold, as merchants' systems write it.
_ENCODED = ("%20", "%2F", "%2f", "%25", "%2520", "%C3%A9", "%e9", "%26", "%3D", "%3F", "%23", "%00")
_RAW = ("é", "日", "🎉", " b", ";c", ",", "(1)", "'", "!", "*", "@", "$", ":", "[0]", '"', "^", "|")
_PATH = (*_ENCODED, *_RAW, "+", "=", "&")
_QUERY = (*_ENCODED, *_RAW, "+", "%2B", "=", "?", "/", "{", "}", "`", "%7BERROR_CODE%7D")
_FRAGMENT = (*_ENCODED, *_RAW, "+", "=", "&", "?", "/", "#")


@dataclass(frozen=True, slots=True)
class Written:
    """A redirect URL as a merchant wrote it, in the parts it was made of.

    Attributes:
        host: with the port, if one was written.
        path: begins with a slash and has no placeholder.
        segments: what follows the path.
        pieces: of the query; None without a question mark.
        fragment: None without a hash.
    """

    host: str
    path: str
    segments: tuple[str, ...]
    pieces: tuple[str, ...] | None
    fragment: str | None

    def __str__(self) -> str:
        path = self.path + "".join(f"/{segment}" for segment in self.segments)
        query = "" if self.pieces is None else "?" + "&".join(self.pieces)
        fragment = "" if self.fragment is None else f"#{self.fragment}"
        return f"https://{self.host}{path}{query}{fragment}"


def write(chance: Random, path: str, *, placeholders: tuple[str, ...]) -> Written:
    """Write a URL.

    Args:
        chance: decides; the same seed writes the same URL.
        path: its beginning, which is unique to the session.
        placeholders: those whose value is known.
    """
    fragment = _text(chance, _FRAGMENT, placeholders) if chance.random() < 0.5 else None
    return Written(
        host=chance.choice(HOSTS),
        path=path,
        segments=tuple(_segment(chance, placeholders) for _ in range(chance.randrange(4))),
        pieces=_pieces(chance, placeholders) if chance.random() < 0.8 else None,
        fragment=fragment,
    )


def _segment(chance: Random, placeholders: tuple[str, ...]) -> str:
    """A segment; dot segments never remove the unique beginning of the path."""
    if chance.random() < 0.1:
        return chance.choice(("", ".", "%2E", "a/..", "b/%2e%2e"))
    return _text(chance, _PATH, placeholders)


def _pieces(chance: Random, placeholders: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(_piece(chance, placeholders) for _ in range(chance.randrange(1, 6)))


def _piece(chance: Random, placeholders: tuple[str, ...]) -> str:
    name = chance.choice((*_WORDS, "tag", "tag", "items%5B%5D", "items[]", "日", ""))
    form = chance.randrange(6)
    if form == 0:
        return name
    if form == 1:
        return f"{name}="
    return f"{name}={_text(chance, _QUERY, placeholders)}"


def _text(chance: Random, oddities: tuple[str, ...], placeholders: tuple[str, ...]) -> str:
    """A few words, oddities and placeholders; an oddity never begins or ends the text."""
    middle = [
        chance.choice(chance.choice((_WORDS, oddities, oddities, placeholders or oddities)))
        for _ in range(chance.randrange(4))
    ]
    return chance.choice(_WORDS) + "".join(middle) + chance.choice((*_WORDS, *placeholders))
