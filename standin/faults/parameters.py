"""Faults that lose, repeat or reorder the merchant's parameters, or truncate the URL."""

from standin.faults.fault import Hooks, read_family
from standin.faults.url_mutations import (
    each_parameter,
    parameters,
    query,
    replaced,
    whole_url,
    without_first_parameter,
    without_query,
)


def _joined(listed: list[str]) -> list[str]:
    values: dict[str, list[str]] = {}
    bare = [piece for piece in listed if "=" not in piece]
    for piece in listed:
        name, equals, value = piece.partition("=")
        if equals:
            values.setdefault(name, []).append(value)
    return [f"{name}={','.join(each)}" for name, each in values.items()] + bare


_HOOKS = {
    "query-dropped": Hooks(encode=without_query),
    "first-parameter-only": Hooks(encode=parameters(lambda listed: listed[:1])),
    "first-parameter-lost": Hooks(encode=without_first_parameter),
    "middle-parameter-lost": Hooks(
        encode=parameters(lambda listed: listed[:1] + listed[2:] if len(listed) > 2 else listed)
    ),
    "repeated-parameters-merged": Hooks(
        encode=parameters(
            lambda listed: list({piece.partition("=")[0]: piece for piece in listed}.values())
        )
    ),
    "repeated-parameters-joined": Hooks(encode=parameters(_joined)),
    "parameter-doubled": Hooks(encode=parameters(lambda listed: [listed[0], *listed])),
    "query-doubled": Hooks(encode=query(lambda text: f"{text}&{text}")),
    "parameters-sorted": Hooks(encode=parameters(sorted)),
    "parameters-reversed": Hooks(encode=parameters(lambda listed: listed[::-1])),
    "blank-values-dropped": Hooks(
        encode=parameters(lambda listed: [p for p in listed if p.partition("=")[2]])
    ),
    "equals-sign-added": Hooks(
        encode=each_parameter(lambda piece: piece if "=" in piece or not piece else f"{piece}=")
    ),
    "equals-sign-dropped": Hooks(encode=each_parameter(replaced("=$", ""))),
    "value-cut-at-equals": Hooks(encode=each_parameter(replaced("(=[^=]*)=.*", r"\1"))),
    "brackets-dropped": Hooks(encode=each_parameter(replaced(r"\[\]", ""))),
    "names-lower-cased": Hooks(
        encode=each_parameter(
            lambda piece: piece.partition("=")[0].lower() + "".join(piece.partition("=")[1:])
        )
    ),
    "ampersand-as-entity": Hooks(encode=query(replaced("&", "&amp;"))),
    "url-cut-at-255": Hooks(encode=whole_url(lambda url: url[:255])),
    "url-cut-at-2000": Hooks(encode=whole_url(lambda url: url[:2000])),
}

FAULTS = read_family(__file__, _HOOKS)
