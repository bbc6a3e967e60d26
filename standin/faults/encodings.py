"""Faults that change the encoding of the query, or the fragment."""

from dataclasses import replace

from standin.faults import conditions
from standin.faults.fault import Hooks, read_family
from standin.faults.url_mutations import (
    decoded,
    each_parameter,
    fragment,
    percent_escapes,
    query,
    split_url,
    whole_url,
    without_fragment,
)


def _fragment_first(url: str) -> str:
    parts = split_url(url)
    if parts.query is None or parts.fragment is None:
        return url
    return f"{parts.origin}{parts.path}#{parts.fragment}?{parts.query}"


def _fragment_as_parameter(url: str) -> str:
    parts = split_url(url)
    if parts.query is None or parts.fragment is None:
        return url
    return str(replace(parts, query=f"{parts.query}%23{parts.fragment}", fragment=None))


def _latin(text: str) -> str:
    """Percent-encoded UTF-8 read as Latin-1 and written as UTF-8 again."""
    return percent_escapes(
        lambda byte: (
            f"%{byte:02X}"
            if byte < 0x80
            else "".join(f"%{each:02X}" for each in chr(byte).encode())
        )
    )(text)


def _stripped(text: str) -> str:
    return percent_escapes(lambda byte: f"%{byte:02X}" if byte < 0x80 else "")(text)


FAULTS = read_family(
    __file__,
    {
        "blank-as-plus": Hooks(encode=query(lambda text: text.replace("%20", "+"))),
        "plus-as-blank": Hooks(encode=query(lambda text: text.replace("+", "%20"))),
        "plus-encoded": Hooks(encode=query(lambda text: text.replace("+", "%2B"))),
        "decoded-once-too-often": Hooks(encode=query(decoded)),
        "encoded-twice": Hooks(encode=query(percent_escapes(lambda byte: f"%25{byte:02X}"))),
        "escapes-in-small-letters": Hooks(
            encode=query(percent_escapes(lambda byte: f"%{byte:02x}"))
        ),
        "letters-read-as-latin-1": Hooks(encode=query(_latin)),
        "raw-letters-lost": Hooks(
            when=conditions.not_ascii,
            encode=whole_url(lambda url: url.encode("ascii", "ignore").decode()),
        ),
        "accents-dropped": Hooks(encode=query(_stripped)),
        "values-trimmed": Hooks(encode=each_parameter(lambda piece: piece.removesuffix("%25"))),
        "nested-url-decoded": Hooks(
            encode=each_parameter(lambda piece: decoded(piece) if "%3A%2F%2F" in piece else piece)
        ),
        "fragment-lost": Hooks(encode=without_fragment),
        "fragment-replaced": Hooks(encode=fragment(lambda _text: "/complete")),
        "fragment-added": Hooks(encode=whole_url(lambda url: url if "#" in url else f"{url}#_=_")),
        "fragment-before-query": Hooks(encode=whole_url(_fragment_first)),
        "hash-sign-encoded": Hooks(encode=whole_url(_fragment_as_parameter)),
    },
)
