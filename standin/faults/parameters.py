"""Faults that lose, repeat or reorder the merchant's parameters, or truncate the URL."""

from standin.faults.fault import read_family
from standin.faults.url_mutations import (
    each_parameter,
    parameters,
    query,
    whole_url,
    without_first_parameter,
    without_query,
)


def _last_of_each(listed: list[str]) -> list[str]:
    return list({piece.partition("=")[0]: piece for piece in listed}.values())


def _joined(listed: list[str]) -> list[str]:
    values: dict[str, list[str]] = {}
    bare = [piece for piece in listed if "=" not in piece]
    for piece in listed:
        name, equals, value = piece.partition("=")
        if equals:
            values.setdefault(name, []).append(value)
    return [f"{name}={','.join(each)}" for name, each in values.items()] + bare


FAULTS = read_family(
    __file__,
    {
        "query-dropped": {"encode": without_query},
        "first-parameter-only": {"encode": parameters(lambda listed: listed[:1])},
        "first-parameter-lost": {"encode": without_first_parameter},
        "middle-parameter-lost": {
            "encode": parameters(
                lambda listed: listed[:1] + listed[2:] if len(listed) > 2 else listed
            )
        },
        "repeated-parameters-merged": {"encode": parameters(_last_of_each)},
        "repeated-parameters-joined": {"encode": parameters(_joined)},
        "parameter-doubled": {"encode": parameters(lambda listed: [listed[0], *listed])},
        "query-doubled": {"encode": query(lambda text: f"{text}&{text}")},
        "parameters-sorted": {"encode": parameters(sorted)},
        "parameters-reversed": {"encode": parameters(lambda listed: listed[::-1])},
        "blank-values-dropped": {
            "encode": parameters(lambda listed: [p for p in listed if p.partition("=")[2]])
        },
        "equals-sign-added": {
            "encode": each_parameter(
                lambda piece: piece if "=" in piece or not piece else f"{piece}="
            )
        },
        "equals-sign-dropped": {"encode": each_parameter(lambda piece: piece.removesuffix("="))},
        "value-cut-at-equals": {
            "encode": each_parameter(lambda piece: "=".join(piece.split("=")[:2]))
        },
        "brackets-dropped": {"encode": each_parameter(lambda piece: piece.replace("[]", ""))},
        "names-lower-cased": {
            "encode": each_parameter(
                lambda piece: piece.partition("=")[0].lower() + "".join(piece.partition("=")[1:])
            )
        },
        "ampersand-as-entity": {"encode": query(lambda text: text.replace("&", "&amp;"))},
        "url-cut-at-255": {"encode": whole_url(lambda url: url[:255])},
        "url-cut-at-2000": {"encode": whole_url(lambda url: url[:2000])},
    },
)
