"""Faults that change the encoding of the query, or the fragment."""

from urllib.parse import quote

from standin.faults import conditions
from standin.faults.fault import Hooks, read_family
from standin.faults.url_mutations import (
    decoded,
    each_parameter,
    fragment,
    percent_escapes,
    query,
    replaced,
    whole_url,
    without_fragment,
)


def _escape(byte: int) -> str:
    return f"%{byte:02X}"


_HOOKS = {
    "blank-as-plus": Hooks(encode=query(replaced("%20", "+"))),
    "plus-as-blank": Hooks(encode=query(replaced(r"\+", "%20"))),
    "plus-encoded": Hooks(encode=query(replaced(r"\+", "%2B"))),
    "decoded-once-too-often": Hooks(encode=query(decoded)),
    "encoded-twice": Hooks(encode=query(percent_escapes(lambda byte: f"%25{byte:02X}"))),
    "escapes-in-small-letters": Hooks(encode=query(percent_escapes(lambda byte: f"%{byte:02x}"))),
    "letters-read-as-latin-1": Hooks(
        encode=query(
            percent_escapes(lambda byte: _escape(byte) if byte < 0x80 else quote(chr(byte)))
        )
    ),
    "raw-letters-lost": Hooks(
        when=conditions.not_ascii,
        encode=whole_url(lambda url: url.encode("ascii", "ignore").decode()),
    ),
    "accents-dropped": Hooks(
        encode=query(percent_escapes(lambda byte: _escape(byte) if byte < 0x80 else ""))
    ),
    "values-trimmed": Hooks(encode=each_parameter(lambda piece: piece.removesuffix("%25"))),
    "nested-url-decoded": Hooks(
        encode=each_parameter(lambda piece: decoded(piece) if "%3A%2F%2F" in piece else piece)
    ),
    "fragment-lost": Hooks(encode=without_fragment),
    "fragment-replaced": Hooks(encode=fragment(lambda _text: "/complete")),
    "fragment-added": Hooks(encode=whole_url(lambda url: url if "#" in url else f"{url}#_=_")),
    "fragment-before-query": Hooks(
        encode=whole_url(replaced(r"^([^?#]*)(\?[^#]*)(#.*)", r"\1\3\2"))
    ),
    "hash-sign-encoded": Hooks(encode=whole_url(replaced(r"^([^?#]*\?[^#]*)#", r"\1%23"))),
}

FAULTS = read_family(__file__, _HOOKS)
